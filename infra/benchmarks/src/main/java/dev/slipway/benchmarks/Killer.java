package dev.slipway.benchmarks;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Ends workers with {@code kill -9} and starts them again; freezes some for longer than an ack
 * deadline.
 */
final class Killer {
    private static final Duration FROZEN = Duration.ofSeconds(25);
    private static final int KILLS_A_FREEZE = 25;
    private static final int MOST_AT_ONCE = 4;

    private final Path home;
    private final Path command;
    private final RandomGenerator random;

    Killer(Path home, Path command, RandomGenerator random) {
        this.home = home;
        this.command = command;
        this.random = random;
    }

    /** Returns how many were frozen; so many are killed. */
    int run(int kills) throws Exception {
        int killed = 0;
        int frozen = 0;
        while (killed < kills) {
            if (frozen * KILLS_A_FREEZE <= killed) {
                freezeOne();
                frozen++;
            }
            killed += kill(Math.min(kills - killed, 1 + random.nextInt(MOST_AT_ONCE)));
            startAgain();
            Thread.sleep(random.nextInt(500));
        }
        return frozen;
    }

    private int kill(int count) throws IOException, InterruptedException {
        List<Long> left = workers();
        for (int i = 0; i < count; i++) {
            signal("KILL", left.remove(random.nextInt(left.size())));
        }
        return count;
    }

    private void freezeOne() throws IOException, InterruptedException {
        List<Long> workers = workers();
        long pid = workers.get(random.nextInt(workers.size()));
        signal("STOP", pid);
        try {
            Thread.sleep(FROZEN);
        } finally {
            signal("CONT", pid);
        }
    }

    private List<Long> workers() throws IOException {
        List<Long> pids = new ArrayList<>();
        Cloud.at(home)
                .pids()
                .forEach(
                        (name, pid) -> {
                            if (!name.equals("local-cloud")) {
                                pids.add(pid);
                            }
                        });
        return pids;
    }

    static void signal(String signal, long pid) throws IOException, InterruptedException {
        run(new ProcessBuilder("kill", "-" + signal, Long.toString(pid)));
    }

    private void startAgain() throws IOException, InterruptedException {
        startAgain(command);
    }

    /** Starts all that were ended. */
    static void startAgain(Path command) throws IOException, InterruptedException {
        run(new ProcessBuilder(command.toString(), "up"));
    }

    private static void run(ProcessBuilder builder) throws IOException, InterruptedException {
        int code =
                builder.redirectOutput(new File("/dev/null"))
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start()
                        .waitFor();
        if (code != 0) {
            throw new IOException(builder.command() + " ended with " + code);
        }
    }
}
