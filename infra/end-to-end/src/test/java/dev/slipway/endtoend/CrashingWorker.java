package dev.slipway.endtoend;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A stage's one worker, that ends at each new {@link CrashPoint} and is started again at once. */
final class CrashingWorker implements AutoCloseable {
    /** What stands still is soon taken up again. */
    private static final Map<String, String> EAGER =
            Map.of("SLIPWAY_STAGE_SWEEP_EVERY", "1s", "SLIPWAY_STAGE_UNCHANGED_FOR", "3s");

    private final Installation installation;
    private final String name;
    private final List<String> flags;
    private final Thread starting;
    private volatile WorkerProcess running;
    private volatile boolean closed;

    CrashingWorker(Installation installation, String name, Path agent, Path folder)
            throws IOException {
        this.installation = installation;
        this.name = name;
        this.flags = List.of("-javaagent:" + agent + "=" + folder);
        this.starting = Thread.ofVirtual().unstarted(this::startAgainAndAgain);
        this.running = start();
        starting.start();
    }

    private WorkerProcess start() throws IOException {
        return new WorkerProcess(installation, name, EAGER, flags);
    }

    private void startAgainAndAgain() {
        try {
            while (running.awaitEnd() == CrashPoint.CRASHED && !closed) {
                running = start();
            }
        } catch (IOException e) {
            throw new IllegalStateException("cannot start " + name + " again", e);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /** Fails where it has ended in another way than at a crash point. */
    void requireRunning() {
        if (!starting.isAlive()) {
            throw new AssertionError(name + " ended by itself");
        }
    }

    @Override
    public void close() {
        closed = true;
        starting.interrupt();
        running.close();
    }
}
