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

    /** The JVM's second compiler takes a third of the time of a start, and pays only later. */
    private static final List<String> NO_SECOND_COMPILER = List.of("-XX:TieredStopAtLevel=1");

    /**
     * Ten times the JVM's own thresholds: a start is over before the second compiler begins.
     * Without it SHA-256 is ten times slower, which matters to whoever hashes contents.
     */
    private static final List<String> LATE_SECOND_COMPILER =
            List.of(
                    "-XX:Tier4InvocationThreshold=50000",
                    "-XX:Tier4MinInvocationThreshold=6000",
                    "-XX:Tier4CompileThreshold=150000",
                    "-XX:Tier4BackEdgeThreshold=400000");

    private JvmFlags() {}

    /** A worker; the one that reads archives hashes all that is in them. */
    static List<String> ofWorker(String name) {
        return name.equals("upload-worker")
                ? flags("256m", LATE_SECOND_COMPILER)
                : flags("256m", NO_SECOND_COMPILER);
    }

    /** The local cloud, which hashes objects and layers. */
    static List<String> ofLocalCloud() {
        return flags("1g", LATE_SECOND_COMPILER);
    }

    private static List<String> flags(String heap, List<String> compiler) {
        return Stream.of(List.of("-Xmx" + heap, "-XX:+UseSerialGC"), compiler, QUIET)
                .flatMap(List::stream)
                .toList();
    }
}
