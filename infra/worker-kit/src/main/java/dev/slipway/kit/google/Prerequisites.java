package dev.slipway.kit.google;

import dev.slipway.ledger.Backoff;
import dev.slipway.ledger.Pause;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * Whether this worker's buckets, topics, subscriptions and permissions are there. Nothing is pulled
 * before they are.
 */
@Singleton
public class Prerequisites {
    private static final Logger LOG = Logger.getLogger(Prerequisites.class);
    private static final Duration BETWEEN_CHECKS = Duration.ofSeconds(2);

    /** Grows to {@link #BETWEEN_CHECKS}: what is missing at the start is often just being made. */
    private static final Duration FIRST_CEILING = Duration.ofMillis(100);

    private final Check check;
    private final Pause pause;
    private final Backoff backoff;
    private final List<Runnable> waiting = new ArrayList<>();
    private List<String> missing = List.of("not checked yet");
    private boolean met;
    private boolean checking;
    private volatile boolean stopping;

    Prerequisites(Check check, Pause pause, Backoff backoff) {
        this.check = check;
        this.pause = pause;
        this.backoff = backoff;
    }

    /** What is missing, one short text each; empty where the worker can work. */
    public synchronized List<String> missing() {
        return missing;
    }

    /** Runs the action once, as soon as nothing is missing. */
    void whenMet(Runnable action) {
        synchronized (this) {
            if (!met) {
                waiting.add(action);
                return;
            }
        }
        run(action);
    }

    void started(@Observes StartupEvent event) {
        check(false);
    }

    /**
     * Something that was there has gone: checks until nothing is missing. The pause before keeps
     * what fails at once, although nothing is missing, from being tried without end.
     *
     * @param why what makes the worker unready until then
     */
    synchronized void recheck(String why) {
        met = false;
        missing = List.of(why);
        check(true);
    }

    private synchronized void check(boolean later) {
        if (!checking && !stopping) {
            checking = true;
            Thread.ofVirtual().name("prerequisites").start(() -> checkUntilMet(later));
        }
    }

    void stop() {
        stopping = true;
    }

    private void checkUntilMet(boolean later) {
        if (later) {
            pause.pause(backoff.jitter().below(BETWEEN_CHECKS));
        }
        for (int failures = 1; !stopping && !settled(check.lacking()); failures++) {
            pause.pause(backoff.jitter().after(failures, FIRST_CEILING, BETWEEN_CHECKS));
        }
    }

    private boolean settled(List<String> found) {
        List<Runnable> actions = settle(found);
        actions.forEach(this::run);
        return found.isEmpty();
    }

    private synchronized List<Runnable> settle(List<String> found) {
        if (!found.equals(missing)) {
            LOG.infof(
                    "prerequisites missing: %s",
                    found.isEmpty() ? "none" : String.join("; ", found));
        }
        missing = found;
        met = found.isEmpty();
        checking = !met;
        if (!met) {
            return List.of();
        }
        List<Runnable> actions = List.copyOf(waiting);
        waiting.clear();
        return actions;
    }

    /** One that fails is tried again after the next check, and keeps no other back. */
    private void run(Runnable action) {
        try {
            action.run();
        } catch (RuntimeException e) {
            LOG.warnf(e, "the worker could not start all of its work");
            recheck("not all of the work could be started: " + e.getMessage());
            whenMet(action);
        }
    }
}
