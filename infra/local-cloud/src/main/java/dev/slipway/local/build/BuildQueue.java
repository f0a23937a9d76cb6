package dev.slipway.local.build;

import com.google.cloud.run.v2.SubmitBuildRequest;
import com.google.cloudbuild.v1.Build;
import com.google.cloudbuild.v1.Build.Status;
import dev.slipway.local.Settings;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Which builds run and which wait, in the order of their submission. A build that worked when this
 * program ended is queued again and starts from the beginning.
 */
final class BuildQueue implements AutoCloseable {
    private final Settings settings;
    private final BuildStore store;
    private final BuildChanges changes;
    private final Function<String, Run> runs;
    private final InstantSource clock;
    private final ScheduledThreadPoolExecutor timers;
    private final Deque<String> waiting = new ArrayDeque<>();
    private final Map<String, Future<?>> expiries = new HashMap<>();
    private final Map<String, Running> running = new HashMap<>();
    private boolean open;

    private record Running(Run run, Thread thread) {}

    /** {@code runs} gives a run for a build's id. */
    BuildQueue(
            Settings settings,
            BuildStore store,
            BuildChanges changes,
            Function<String, Run> runs,
            InstantSource clock) {
        this.settings = settings;
        this.store = store;
        this.changes = changes;
        this.runs = runs;
        this.clock = clock;
        this.timers =
                new ScheduledThreadPoolExecutor(
                        1, Thread.ofPlatform().daemon().name("build-timers").factory());
        timers.setRemoveOnCancelPolicy(true);
        timers.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    /** Queues a new build, or says no where the location's quota is used up. */
    boolean submit(String location, Build build, SubmitBuildRequest request) {
        synchronized (this) {
            if (settings.buildQuota() > 0 && store.unfinished(location) >= settings.buildQuota()) {
                return false;
            }
            store.add(location, build, request);
        }
        changes.tell(build);
        enqueue(
                build,
                Times.millisLeft(build.getCreateTime(), build.getQueueTtl(), clock.instant()));
        startNext();
        return true;
    }

    /** Continues what a restart interrupted, and starts what waits. */
    void resume() {
        store.unfinished().forEach(this::resume);
        store.unannounced().forEach(changes::tell);
        synchronized (this) {
            open = true;
        }
        startNext();
    }

    private void resume(Build build) {
        boolean worked = build.getStatus() == Status.WORKING;
        Build again =
                worked
                        ? changes.change(
                                        build.getId(),
                                        one ->
                                                Optional.of(
                                                        one.toBuilder()
                                                                .setStatus(Status.QUEUED)
                                                                .clearStartTime()
                                                                .build()))
                                .orElse(build)
                        : build;
        enqueue(
                again,
                Times.millisLeft(
                        worked ? Times.of(clock.instant()) : build.getCreateTime(),
                        build.getQueueTtl(),
                        clock.instant()));
    }

    private synchronized void enqueue(Build build, long expiresInMillis) {
        String id = build.getId();
        if (waiting.contains(id) || running.containsKey(id)) {
            return;
        }
        waiting.add(id);
        expiries.put(id, after(expiresInMillis, () -> expire(id)));
    }

    private Future<?> after(long millis, Runnable task) {
        return timers.schedule(
                () -> Thread.startVirtualThread(task), millis, TimeUnit.MILLISECONDS);
    }

    private synchronized void startNext() {
        while (open && running.size() < settings.concurrentBuilds() && !waiting.isEmpty()) {
            String id = waiting.remove();
            Future<?> expiry = expiries.remove(id);
            if (expiry != null) {
                expiry.cancel(false);
            }
            Run run = runs.apply(id);
            Thread thread = Thread.ofVirtual().name("build-" + id).unstarted(() -> work(id, run));
            running.put(id, new Running(run, thread));
            thread.start();
        }
    }

    private void work(String id, Run run) {
        try {
            changes.change(id, this::begin).ifPresent(build -> work(build, run));
        } finally {
            synchronized (this) {
                running.remove(id);
            }
            startNext();
        }
    }

    private Optional<Build> begin(Build build) {
        return build.getStatus() == Status.QUEUED
                ? Optional.of(
                        build.toBuilder()
                                .setStatus(Status.WORKING)
                                .setStartTime(Times.of(clock.instant()))
                                .build())
                : Optional.empty();
    }

    private void work(Build build, Run run) {
        String id = build.getId();
        Future<?> timeout =
                after(
                        Times.millisLeft(build.getStartTime(), build.getTimeout(), clock.instant()),
                        () ->
                                end(
                                        id,
                                        Ending.of(
                                                Status.TIMEOUT,
                                                "The build worked longer than "
                                                        + build.getTimeout().getSeconds()
                                                        + " s.")));
        run.execute(build)
                .ifPresent(ending -> changes.change(id, now -> ending.end(now, clock.instant())));
        timeout.cancel(false);
        store.find(id).ifPresent(run::conclude);
    }

    private void expire(String id) {
        changes.change(
                id,
                build ->
                        build.getStatus() == Status.QUEUED
                                ? Ending.of(Status.EXPIRED, "The build waited too long to start.")
                                        .end(build, clock.instant())
                                : Optional.empty());
        synchronized (this) {
            expiries.remove(id);
            waiting.remove(id);
        }
    }

    /** Cancels a build that has not ended; empty where it has. */
    Optional<Build> cancel(String id) {
        return end(id, Ending.of(Status.CANCELLED, "The build was cancelled."));
    }

    /** The record first, which decides; then what runs, all of which has ended on return. */
    private Optional<Build> end(String id, Ending ending) {
        Optional<Build> ended = changes.change(id, build -> ending.end(build, clock.instant()));
        Running run;
        synchronized (this) {
            run = running.get(id);
            if (waiting.remove(id)) {
                Future<?> expiry = expiries.remove(id);
                if (expiry != null) {
                    expiry.cancel(false);
                }
            }
        }
        if (ended.isPresent() && run != null) {
            run.run().stop();
        }
        return ended;
    }

    /** Stops what runs and leaves its record as it is, for the next start. */
    @Override
    public void close() {
        List<Running> last;
        synchronized (this) {
            open = false;
            last = List.copyOf(running.values());
        }
        timers.shutdownNow();
        last.forEach(run -> run.run().stop());
        for (Running run : last) {
            join(run.thread());
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
