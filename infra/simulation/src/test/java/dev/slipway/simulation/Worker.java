package dev.slipway.simulation;

import dev.slipway.contracts.ImagePushed;
import dev.slipway.contracts.SourceStored;
import dev.slipway.kit.GatewayException;
import dev.slipway.kit.Handled;
import dev.slipway.kit.Message;
import dev.slipway.kit.Sweep;
import dev.slipway.kit.SweptStage;
import dev.slipway.ledger.Ledger;
import dev.slipway.simulation.Effect.Door;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/** A worker's process: its real handlers, fed by the bus and by its own sweep. */
final class Worker {
    private final String kind;
    private final WorkerProcess process;
    private final Scheduler scheduler;
    private final Doors doors;
    private final Timeline timeline;
    private final Map<String, Consumer<Object>> handlers = new HashMap<>();

    Worker(String kind, WorkerProcess process, Doors.Ground ground, Doors doors) {
        this.kind = kind;
        this.process = process;
        this.scheduler = ground.scheduler();
        this.timeline = ground.timeline();
        this.doors = doors;
    }

    WorkerProcess process() {
        return process;
    }

    void feed(String subscription, Consumer<Object> handler) {
        handlers.put(subscription, handler);
    }

    boolean consumes(String subscription) {
        return handlers.containsKey(subscription);
    }

    /** Whether it was handled to its end. */
    boolean handle(Letter letter) {
        timeline.note(() -> process.name() + " ⇐ " + letter);
        try {
            handlers.getOrDefault(letter.subscription, Worker::nobody).accept(letter.content);
            return true;
        } catch (Violation e) {
            throw e;
        } catch (RuntimeException e) {
            timeline.note(() -> process.name() + " does not handle it now: " + e.getMessage());
            return false;
        }
    }

    private static void nobody(Object content) {
        throw new IllegalArgumentException("nobody is fed with " + content);
    }

    /** Whether the bus hears it. */
    boolean acknowledges(Letter letter) {
        try {
            return doors.call(
                    new Effect(kind, Door.ACK, "acknowledge", letter.subscription), () -> true);
        } catch (GatewayException _) {
            return false;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** Sweeps for as long as the process lives. */
    void sweep(Ledger ledger, SweptStage stage, SimulatedConfig config, Chance chance, Pace pace) {
        Sweep sweep =
                new Sweep(
                        ledger,
                        kind,
                        stage.stages(),
                        config.unchangedFor(),
                        process.name(),
                        task -> scheduler.spawn(process, task),
                        stage,
                        () -> false);
        scheduler.spawn(
                process,
                () -> {
                    scheduler.sleep(chance.between(1, 30_000));
                    while (true) {
                        round(sweep);
                        scheduler.sleep(pace.untilNextSweep());
                    }
                });
    }

    private void round(Sweep sweep) {
        try {
            sweep.round();
        } catch (Violation e) {
            throw e;
        } catch (RuntimeException e) {
            timeline.note(() -> process.name() + " did not sweep: " + e.getMessage());
        }
    }

    /** How often sweeps come. */
    @FunctionalInterface
    interface Pace {
        long untilNextSweep();
    }

    /** A handler of a message whose content stands behind its id. */
    static Message numbered(long number) {
        return new Message(Long.toString(number), Map.of(), new byte[0]);
    }

    /** Whether a handler's answer is what it has to be. */
    static void done(Handled handled) {
        if (!(handled instanceof Handled.Done)) {
            throw new Violation("dead letter", "a handler could not read a message: " + handled);
        }
    }

    static SourceStored stored(Object content) {
        return (SourceStored) content;
    }

    static ImagePushed pushed(Object content) {
        return (ImagePushed) content;
    }
}
