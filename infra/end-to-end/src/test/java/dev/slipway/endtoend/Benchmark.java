package dev.slipway.endtoend;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The scripts of {@code infra/benchmarks} in their short form, which decides nothing by time. */
final class Benchmark {
    private static final Duration LONGEST = Duration.ofMinutes(20);

    private Benchmark() {}

    /**
     * How a script ran. Maven has built it all, and must not be started again beside itself.
     *
     * @param build {@code done} where it may make the archives that let workers start faster,
     *     otherwise {@code never}
     */
    static Run runs(String script, String build) throws Exception {
        Path path = Installation.checkout().resolve("infra/benchmarks").resolve(script);
        Map<String, String> environment =
                Map.of("SLIPWAY_BUILD", build, "JAVA_HOME", System.getProperty("java.home"));
        return Run.of(
                Installation.checkout(), environment, LONGEST, List.of(path.toString(), "--short"));
    }

    /** Prints the figures of one that must have ended well. */
    static void passes(Run run) {
        System.out.println(run.exits(0).out());
    }
}
