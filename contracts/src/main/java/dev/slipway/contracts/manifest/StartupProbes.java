package dev.slipway.contracts.manifest;

import dev.slipway.contracts.manifest.Probe.Check;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A written probe with Cloud Run's defaults (run.v2: Probe). */
final class StartupProbes {
    private static final List<String> KINDS = List.of("httpGet", "grpc", "tcpSocket");

    private StartupProbes() {}

    /** Nothing where none is written. */
    static @Nullable Probe of(Given given, int containerPort) {
        if (!given.has("startupProbe")) {
            return null;
        }
        Given probe = given.inside("startupProbe");
        int period = probe.number("periodSeconds", 10);
        int timeout = probe.number("timeoutSeconds", 1);
        if (timeout > period) {
            String name = probe.has("timeoutSeconds") ? "timeoutSeconds" : "periodSeconds";
            probe.unfit(
                    name,
                    "makes a try of "
                            + timeout
                            + " s every "
                            + period
                            + " s; a try must be over first");
        }
        return new Probe(
                probe.number("initialDelaySeconds", 0),
                timeout,
                period,
                probe.number("failureThreshold", 3),
                check(given, probe, containerPort));
    }

    private static Check check(Given given, Given probe, int containerPort) {
        List<String> kinds = KINDS.stream().filter(probe::has).toList();
        if (kinds.size() > 1) {
            given.unfit(
                    "startupProbe",
                    "has " + String.join(" and ", kinds) + "; allowed is one of them");
        }
        String kind =
                Stream.concat(kinds.stream(), Stream.of("tcpSocket")).findFirst().orElseThrow();
        Given check = probe.inside(kind);
        int port = check.number("port", containerPort);
        return switch (kind) {
            case "httpGet" -> new Probe.HttpGet(port, check.text("path", "/"));
            case "grpc" -> new Probe.Grpc(port, check.text("service", ""));
            default -> new Probe.TcpSocket(port);
        };
    }
}
