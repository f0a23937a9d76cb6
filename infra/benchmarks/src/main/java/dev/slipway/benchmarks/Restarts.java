package dev.slipway.benchmarks;

import dev.slipway.benchmarks.Workers.Worker;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;

/** Starts again, through the command people type, what is gone. */
final class Restarts {
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(50);

    private final Workers workers;
    private final Path command;

    /**
     * @param command that starts workers again
     */
    Restarts(Workers workers, Path command) {
        this.workers = workers;
        this.command = command;
    }

    /** Goes on until it is over; others end workers meanwhile. */
    void keepUp(BooleanSupplier over) throws IOException, InterruptedException {
        while (!over.getAsBoolean()) {
            List<Worker> before = workers.all();
            if (!before.stream().allMatch(Worker::runs)) {
                startWhatIsGone(before);
            }
            Thread.sleep(BETWEEN_LOOKS);
        }
    }

    /**
     * The command goes on to wait until all of them can work, which one that is frozen, or that
     * ends again, would make long: so it ends once it has started and noted down what was gone.
     */
    private void startWhatIsGone(List<Worker> before) throws IOException, InterruptedException {
        Process up = up();
        while (up.isAlive() && !startedAll(before)) {
            Thread.sleep(BETWEEN_LOOKS);
        }
        up.destroy();
        up.waitFor();
    }

    /** While it starts several, it names those that it has started and that ran before. */
    private boolean startedAll(List<Worker> before) throws IOException {
        List<Worker> now = workers.all();
        return !now.equals(before)
                && now.stream()
                        .map(Worker::name)
                        .toList()
                        .equals(before.stream().map(Worker::name).toList());
    }

    /** Starts all that were ended, and returns when all of them can work. */
    void toTheEnd() throws IOException, InterruptedException {
        int code = up().waitFor();
        if (code != 0) {
            throw new IOException(command + " up ended with " + code);
        }
    }

    private Process up() throws IOException {
        ProcessBuilder up = new ProcessBuilder(command.toString(), "up");
        up.environment().put("SLIPWAY_BUILD", "never");
        return up.redirectOutput(new File("/dev/null"))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }
}
