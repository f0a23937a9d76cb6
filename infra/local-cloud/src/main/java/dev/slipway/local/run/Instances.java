package dev.slipway.local.run;

import com.google.cloud.run.v2.Revision;
import dev.slipway.local.run.Starter.Start;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The instance of each revision, at most one: started by the first request that finds none, kept
 * while it is used, and started anew after it crashed.
 */
final class Instances {
    private final Starter starter;
    private final Live live;
    private final boolean instant;
    private final Map<String, Place> places = new ConcurrentHashMap<>();

    /** Where a revision's instance is, or will be. */
    private static final class Place {
        final ReentrantLock lock = new ReentrantLock();
        @Nullable Instance instance;
        volatile boolean gone;
    }

    /**
     * @param instant whether every revision is ready at once, without an instance
     */
    Instances(Starter starter, Live live, boolean instant) {
        this.starter = starter;
        this.live = live;
        this.instant = instant;
    }

    /**
     * Starts the revision for the first time and tells how that went; empty where it could not be
     * found out, because the local cloud stops or the revision went away.
     */
    Optional<Verdict> prove(Revision revision) {
        if (instant) {
            return Optional.of(new Verdict.Ready());
        }
        return switch (enter(revision)) {
            case Start.Serving(var instance) -> {
                instance.leave();
                yield Optional.of(new Verdict.Ready());
            }
            case Start.Failed(var failed) -> Optional.of(failed);
            case null -> Optional.empty();
        };
    }

    /**
     * A running instance with one more request, which {@link Instance#leave} ends; null where the
     * local cloud stops or the revision is gone.
     */
    @Nullable Start enter(Revision revision) {
        Place place = places.computeIfAbsent(revision.getUid(), _ -> new Place());
        try {
            place.lock.lockInterruptibly();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return null;
        }
        try {
            Instance running = place.instance;
            Start start =
                    running != null && running.alive()
                            ? new Start.Serving(running)
                            : start(revision, place);
            if (start instanceof Start.Serving(var instance)) {
                instance.enter();
            }
            return start;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return null;
        } finally {
            place.lock.unlock();
        }
    }

    private @Nullable Start start(Revision revision, Place place) throws InterruptedException {
        if (place.gone) {
            return null;
        }
        Start start = starter.start(revision, live);
        if (live.closed()) {
            return null;
        }
        place.instance = start instanceof Start.Serving(var instance) ? instance : null;
        return start;
    }

    /** Stops what is idle for so long, except the revisions, by uid, that are to stay warm. */
    void stopIdle(Duration time, Predicate<String> warm) {
        places.forEach(
                (uid, place) -> {
                    if (!warm.test(uid) && place.lock.tryLock()) {
                        try {
                            stopIdle(place, time);
                        } finally {
                            place.lock.unlock();
                        }
                    }
                });
    }

    private static void stopIdle(Place place, Duration time) {
        Instance instance = place.instance;
        if (instance != null && instance.idleFor(time)) {
            place.instance = null;
            Thread.startVirtualThread(instance::stop);
        }
    }

    /** Whether the revision has a running instance now. */
    boolean running(String uid) {
        Place place = places.get(uid);
        Instance instance = place == null ? null : place.instance;
        return instance != null && instance.alive();
    }

    /** Stops the revision's instance, soon and for good; one that is only starting is killed. */
    void forget(Revision revision) {
        Place place = places.computeIfAbsent(revision.getUid(), _ -> new Place());
        place.gone = true;
        Thread.startVirtualThread(
                () -> {
                    if (!place.lock.tryLock()) {
                        live.kill(revision.getUid());
                        place.lock.lock();
                    }
                    try {
                        stop(place);
                    } finally {
                        place.lock.unlock();
                        places.remove(revision.getUid());
                        starter.tidy(revision.getUid());
                    }
                });
    }

    private static void stop(Place place) {
        Instance instance = place.instance;
        if (instance != null) {
            instance.stop();
        }
    }
}
