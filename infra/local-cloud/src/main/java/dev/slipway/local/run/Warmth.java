package dev.slipway.local.run;

import com.google.cloud.run.v2.Revision;
import com.google.cloud.run.v2.Service;
import com.google.cloud.run.v2.TrafficTargetStatus;
import dev.slipway.local.Settings;
import dev.slipway.local.run.Starter.Start;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Lets instances go that nobody uses, and keeps one of each revision that has traffic and asks for
 * a minimum of instances.
 */
final class Warmth implements AutoCloseable {
    private static final Duration SHORTEST_LOOK = Duration.ofMillis(100);
    private static final Duration LONGEST_LOOK = Duration.ofSeconds(5);

    private final Duration idleTimeout;
    private final Stored stored;
    private final Instances instances;
    private final ExecutorService tasks;
    private final ScheduledExecutorService clock =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("warmth").factory());

    Warmth(Settings settings, Stored stored, Instances instances, ExecutorService tasks) {
        this.idleTimeout = settings.idleTimeout();
        this.stored = stored;
        this.instances = instances;
        this.tasks = tasks;
    }

    void start() {
        long quarter = idleTimeout.toMillis() / 4;
        long every = Math.max(SHORTEST_LOOK.toMillis(), Math.min(quarter, LONGEST_LOOK.toMillis()));
        var _ = clock.scheduleWithFixedDelay(this::look, every, every, TimeUnit.MILLISECONDS);
    }

    private void look() {
        Map<String, Revision> warm = warm();
        instances.stopIdle(idleTimeout, warm::containsKey);
        warm.values().stream()
                .filter(revision -> !instances.running(revision.getUid()))
                .forEach(revision -> tasks.execute(() -> heat(revision)));
    }

    private void heat(Revision revision) {
        if (instances.enter(revision) instanceof Start.Serving(var instance)) {
            instance.leave();
        }
    }

    /** The revisions, by uid, that are to have an instance whether used or not. */
    private Map<String, Revision> warm() {
        Map<String, Revision> warm = new HashMap<>();
        for (Service service : stored.services("projects/")) {
            for (TrafficTargetStatus status : service.getTrafficStatusesList()) {
                stored.revision(Names.service(service).revision(Front.target(service, status)))
                        .filter(revision -> wantsOne(service, revision, status))
                        .ifPresent(revision -> warm.put(revision.getUid(), revision));
            }
        }
        return warm;
    }

    private static boolean wantsOne(
            Service service, Revision revision, TrafficTargetStatus status) {
        return status.getPercent() > 0
                && !service.hasDeleteTime()
                && (service.getScaling().getMinInstanceCount() > 0
                        || revision.getScaling().getMinInstanceCount() > 0);
    }

    @Override
    public void close() {
        clock.shutdown();
    }
}
