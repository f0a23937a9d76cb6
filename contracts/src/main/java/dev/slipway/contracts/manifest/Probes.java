package dev.slipway.contracts.manifest;

import dev.slipway.contracts.manifest.Probe.Check;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Written probes with Cloud Run's defaults (run.v2: Probe). */
final class Probes {
    private static final List<String> KINDS = List.of("httpGet", "grpc", "tcpSocket");
    private static final List<String> ALL =
            List.of("startupProbe", "livenessProbe", "readinessProbe");

    private Probes() {}

    /** Nothing where none is written. */
    static @Nullable Probe startup(Given given, int containerPort) {
        if (!given.has("startupProbe")) {
            return null;
        }
        Given probe = given.inside("startupProbe");
        return new Probe(
                probe.number("initialDelaySeconds", 0),
                timeout(probe),
                period(probe),
                probe.number("failureThreshold", 3),
                check(probe, containerPort));
    }

    /** Says what does not go together inside each probe of a container. */
    static void check(Given container) {
        for (String name : ALL) {
            Given probe = container.inside(name);
            checkTimes(probe);
            List<String> kinds = kinds(probe);
            if (kinds.size() > 1) {
                container.unfit(
                        name, "has " + String.join(" and ", kinds) + "; allowed is one of them");
            }
        }
    }

    /** A try may take the whole period, as in the platform's own probe of 240 s every 240 s. */
    private static void checkTimes(Given probe) {
        if (timeout(probe) > period(probe)) {
            String name = probe.has("timeoutSeconds") ? "timeoutSeconds" : "periodSeconds";
            probe.unfit(
                    name,
                    "makes a try of "
                            + timeout(probe)
                            + " s every "
                            + period(probe)
                            + " s; a try must be over first");
        }
    }

    private static int timeout(Given probe) {
        return probe.number("timeoutSeconds", 1);
    }

    private static int period(Given probe) {
        return probe.number("periodSeconds", 10);
    }

    private static List<String> kinds(Given probe) {
        return KINDS.stream().filter(probe::has).toList();
    }

    private static Check check(Given probe, int containerPort) {
        String kind =
                Stream.concat(kinds(probe).stream(), Stream.of("tcpSocket"))
                        .findFirst()
                        .orElseThrow();
        Given check = probe.inside(kind);
        int port = check.number("port", containerPort);
        return switch (kind) {
            case "httpGet" -> new Probe.HttpGet(port, check.text("path", "/"));
            case "grpc" -> new Probe.Grpc(port, check.text("service", ""));
            default -> new Probe.TcpSocket(port);
        };
    }
}
