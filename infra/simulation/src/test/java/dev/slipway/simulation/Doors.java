package dev.slipway.simulation;

import dev.slipway.kit.FailureKind;
import dev.slipway.kit.GatewayException;
import dev.slipway.ledger.ObjectStore;
import dev.slipway.ledger.StoreUnavailable;
import dev.slipway.simulation.Effect.Door;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** What one process calls outside: each call takes time, and fails as the schedule has it. */
final class Doors {
    /** Pub/Sub: an acknowledgement is waited for so long. */
    static final long ACK_DEADLINE = 20_000;

    private final Scheduler scheduler;
    private final Faults faults;
    private final Chance chance;
    private final Timeline timeline;
    private final Tally tally;
    private final WorkerProcess process;
    private final String worker;
    private final Runnable crash;

    /**
     * The doors of one process.
     *
     * @param crash what ends the process, and begins another one later
     */
    Doors(Ground ground, WorkerProcess process, String worker, Runnable crash) {
        this.scheduler = ground.scheduler();
        this.faults = ground.faults();
        this.chance = ground.chance();
        this.timeline = ground.timeline();
        this.tally = ground.tally();
        this.process = process;
        this.worker = worker;
        this.crash = crash;
    }

    /** What all processes of a schedule stand on. */
    record Ground(
            Scheduler scheduler, Faults faults, Chance chance, Timeline timeline, Tally tally) {}

    /** How much was done. */
    static final class Tally {
        long effects;
        long faults;
        long late;
        long risks;
        Runnable firstFault = () -> {};
    }

    /** The gateway behind its door. */
    <T> T behind(Door door, Class<T> gateway, T real) {
        InvocationHandler handler = (proxy, method, args) -> invoke(door, real, method, args);
        return gateway.cast(
                Proxy.newProxyInstance(
                        gateway.getClassLoader(), new Class<?>[] {gateway}, handler));
    }

    private @Nullable Object invoke(Door door, Object real, Method method, Object[] args)
            throws Exception {
        String about = args == null || args.length == 0 ? "" : String.valueOf(args[0]);
        return call(
                new Effect(worker, door, method.getName(), about),
                () -> {
                    try {
                        return method.invoke(real, args);
                    } catch (InvocationTargetException e) {
                        if (e.getCause() instanceof Exception told) {
                            throw told;
                        }
                        throw e;
                    }
                });
    }

    /** Does one call in the way that the schedule has it. */
    <T extends @Nullable Object> T call(Effect effect, Callable<T> real) throws Exception {
        tally.effects++;
        Fate fate = faults.fate(effect);
        count(effect, fate);
        if (fate == Fate.PAUSE) {
            process.freezeUntil(scheduler.now() + ACK_DEADLINE + chance.skewed(1_000, 120_000));
        }
        scheduler.sleep(chance.skewed(1, 60));
        timeline.note(() -> process.name() + " " + effect + (fate == Fate.OK ? "" : " ← " + fate));
        switch (fate) {
            case OK, PAUSE -> {
                return real.call();
            }
            case ERROR_BEFORE -> throw error(effect, fate);
            case ERROR_AFTER -> {
                return doneButNotAnswered(effect, real);
            }
            case LATE -> {
                landLate(effect, real);
                throw error(effect, fate);
            }
            case CRASH_BEFORE -> crash();
            case CRASH_AFTER -> {
                tryTo(real);
                crash();
            }
        }
        throw new IllegalStateException("a dead process goes on");
    }

    private void count(Effect effect, Fate fate) {
        if (fate != Fate.OK && tally.faults == 0) {
            tally.firstFault.run();
        }
        switch (fate) {
            case OK -> {}
            case ERROR_BEFORE, ERROR_AFTER -> tally.faults++;
            case CRASH_BEFORE, CRASH_AFTER, PAUSE, LATE -> {
                tally.faults++;
                tally.risks += effect.worker().equals("build") ? 1 : 0;
            }
        }
    }

    /** A store's client tries again by itself, and then finds its own write: that is a conflict. */
    @SuppressWarnings("unchecked")
    private <T extends @Nullable Object> T doneButNotAnswered(Effect effect, Callable<T> real)
            throws Exception {
        T answer = real.call();
        if (answer instanceof ObjectStore.Written && chance.hits(0.5)) {
            return (T) new ObjectStore.Conflict();
        }
        throw error(effect, Fate.ERROR_AFTER);
    }

    private <T extends @Nullable Object> void landLate(Effect effect, Callable<T> real) {
        if (!effect.writes()) {
            return;
        }
        tally.late++;
        scheduler.after(
                chance.skewed(100, 300_000),
                () -> {
                    timeline.note(() -> "lands late: " + effect);
                    tryTo(real);
                    tally.late--;
                });
    }

    private static <T extends @Nullable Object> void tryTo(Callable<T> real) {
        try {
            var _ = real.call();
        } catch (Violation e) {
            throw e;
        } catch (Exception _) {
            // nobody hears the answer
        }
    }

    private void crash() {
        crash.run();
        scheduler.abandon();
    }

    private static RuntimeException error(Effect effect, Fate fate) {
        return switch (effect.door()) {
            case LEDGER, ANSWERS -> new StoreUnavailable("made up: " + fate, false, null);
            case BUS, ACK, DROPS, STAGING, BUILDS, REPOSITORIES, SERVICES, TRIGGERS, LOGS ->
                    new GatewayException(
                            FailureKind.TRANSIENT, effect.method(), "made up: " + fate, null);
        };
    }
}
