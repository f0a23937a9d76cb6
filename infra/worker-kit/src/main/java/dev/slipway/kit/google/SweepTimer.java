package dev.slipway.kit.google;

import dev.slipway.kit.Blocked;
import dev.slipway.kit.SlipwayConfig;
import dev.slipway.kit.Sweep;
import dev.slipway.kit.SweptStage;
import dev.slipway.ledger.Backoff;
import dev.slipway.ledger.Ledger;
import dev.slipway.ledger.Pause;
import dev.slipway.ledger.UnreadableObject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** Sweeps the worker's stages every so often, unless its stage is paused. */
@Singleton
public class SweepTimer implements StageWork {
    private static final Logger LOG = Logger.getLogger(SweepTimer.class);
    private static final int MOST_LEFT_OUT = 4;

    private final SlipwayConfig config;
    private final Sweep sweep;
    private final Pause pause;
    private final Backoff backoff;
    private final ExecutorService work = Executors.newVirtualThreadPerTaskExecutor();
    private boolean begun;
    private volatile boolean paused = true;
    private volatile boolean stopping;

    SweepTimer(
            SlipwayConfig config,
            Ledger ledger,
            Blocked blocked,
            Pause pause,
            Backoff backoff,
            SweptStage stage) {
        this.config = config;
        this.pause = pause;
        this.backoff = backoff;
        this.sweep =
                new Sweep(
                        ledger,
                        config.identity(),
                        stage.stages(),
                        config.stage().unchangedFor(),
                        config.identity() + "-" + Wiring.token(),
                        bounded(config.stage().concurrency()),
                        stage,
                        () -> paused,
                        blocked);
    }

    @Override
    public synchronized void resume() {
        paused = false;
        if (!begun) {
            begun = true;
            Thread.ofVirtual().name("sweep").start(this::sweepUntilStopped);
        }
    }

    @Override
    public synchronized void pause() {
        paused = true;
    }

    private void sweepUntilStopped() {
        int failures = 0;
        while (!stopping) {
            failures = paused || swept() ? 0 : failures + 1;
            pause.pause(untilNext(failures));
        }
    }

    private Duration untilNext(int failures) {
        Duration every = config.stage().sweepEvery();
        return failures == 0
                ? every
                : backoff.jitter().after(failures, every, every.multipliedBy(MOST_LEFT_OUT));
    }

    /** Whether the round went through. */
    private boolean swept() {
        try {
            sweep.round();
            return true;
        } catch (RejectedExecutionException _) {
            LOG.debug("the sweep ended in the middle, the worker is stopping");
        } catch (UnreadableObject e) {
            LOG.errorf("alert=unreadable the sweep did not run: %s", e.getMessage());
        } catch (RuntimeException e) {
            LOG.warnf("the sweep did not run: %s", e.getMessage());
        }
        return false;
    }

    private Executor bounded(int atOnce) {
        Semaphore places = new Semaphore(atOnce);
        return task ->
                work.execute(
                        () -> {
                            places.acquireUninterruptibly();
                            try {
                                runUnlessStopping(task);
                            } finally {
                                places.release();
                            }
                        });
    }

    private void runUnlessStopping(Runnable task) {
        if (!stopping) {
            task.run();
        }
    }

    /** Takes up nothing more. */
    void stop() {
        stopping = true;
        work.shutdown();
    }

    /**
     * Returns when what was taken up is done, or after this time; another worker continues it. A
     * clock that was set back makes nobody wait for longer than a worker has.
     */
    void awaitStopped(Duration left) {
        Duration grace = config.stage().shutdownGrace();
        Duration within = left.compareTo(grace) > 0 ? grace : left;
        try {
            if (!work.awaitTermination(within.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn("the sweep did not finish what it had in hand");
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
