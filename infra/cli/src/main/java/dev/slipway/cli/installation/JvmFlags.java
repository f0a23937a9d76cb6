package dev.slipway.cli.installation;

import java.util.List;
import java.util.stream.Stream;

/**
 * How the JVMs run that an installation starts: as many as there are programs, on a machine that
 * somebody else needs too.
 */
final class JvmFlags {
    /** Netty and protobuf reach into the JDK, which warns of it. */
    private static final List<String> QUIET =
            List.of("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow");

    /**
     * Twice the JVM's own thresholds: three workers start at once, and the second compiler, which
     * would take a third of that time, begins when they are ready.
     */
    private static final List<String> LATE_SECOND_COMPILER =
            List.of(
                    "-XX:Tier4InvocationThreshold=10000",
                    "-XX:Tier4MinInvocationThreshold=1200",
                    "-XX:Tier4CompileThreshold=30000",
                    "-XX:Tier4BackEdgeThreshold=80000");

    private JvmFlags() {}

    static List<String> ofWorker() {
        return flags("256m", LATE_SECOND_COMPILER);
    }

    static List<String> ofLocalCloud() {
        return flags("1g", List.of());
    }

    private static List<String> flags(String heap, List<String> compiler) {
        return Stream.of(List.of("-Xmx" + heap, "-XX:+UseSerialGC"), compiler, QUIET)
                .flatMap(List::stream)
                .toList();
    }
}
