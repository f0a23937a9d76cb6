package dev.slipway.cli.installation;

import dev.slipway.contracts.Topology.Identity;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Starts the workers, configured by their environment alone. */
final class WorkerStart {
    private static final List<String> FLAGS =
            List.of(
                    "-Xmx256m",
                    "-XX:+UseSerialGC",
                    "-XX:TieredStopAtLevel=1",
                    "--enable-native-access=ALL-UNNAMED",
                    "--sun-misc-unsafe-memory-access=allow",
                    "-jar");

    private final Checkout checkout;
    private final Launcher launcher;
    private final Patience patience;
    private final Tokens tokens;

    WorkerStart(Checkout checkout, Launcher launcher, Patience patience, Tokens tokens) {
        this.checkout = checkout;
        this.launcher = launcher;
        this.patience = patience;
        this.tokens = tokens;
    }

    /**
     * Starts every worker that is not among {@code alive}, all at once, and waits for each.
     *
     * @param noteDown gets the endpoints after each start, so that nothing is ever left running
     *     unknown
     */
    Endpoints start(Endpoints endpoints, List<Started> alive, Consumer<Endpoints> noteDown) {
        List<Identity> identities = endpoints.topology().identities();
        identities.forEach(identity -> tokens.of(identity.id()));
        tokens.of(Tokens.OWNER);
        List<Started> running = new ArrayList<>(alive);
        for (Identity identity : identities) {
            String name = identity.id() + "-worker";
            if (identity.worker() && alive.stream().noneMatch(w -> w.name().equals(name))) {
                running.add(start(endpoints, identity.id(), name));
                noteDown.accept(endpoints.with(running));
            }
        }
        running.forEach(patience::awaitReady);
        List<String> order =
                identities.stream().map(identity -> identity.id() + "-worker").toList();
        running.sort(Comparator.comparingInt(worker -> order.indexOf(worker.name())));
        return endpoints.with(running);
    }

    private Started start(Endpoints endpoints, String identity, String name) {
        int port = Ports.any();
        List<String> arguments = new ArrayList<>(FLAGS);
        arguments.add(checkout.worker(name).toString());
        return launcher.start(
                name,
                arguments,
                environment(endpoints, tokens.of(identity), port),
                "http://127.0.0.1:" + port + "/q/health/ready");
    }

    private static Map<String, String> environment(Endpoints endpoints, Path token, int port) {
        return Map.of(
                "SLIPWAY_PROJECT", endpoints.project(),
                "SLIPWAY_PROJECT_NUMBER", Long.toString(endpoints.projectNumber()),
                "SLIPWAY_INSTALLATION", endpoints.installation(),
                "SLIPWAY_REGIONS", String.join(",", endpoints.regions()),
                "SLIPWAY_ENDPOINT", endpoints.endpoint(),
                "SLIPWAY_TOKEN_FILE", token.toString(),
                "SLIPWAY_POLICY_PUBLIC_ACCESS", "true",
                "QUARKUS_HTTP_HOST", "127.0.0.1",
                "QUARKUS_HTTP_PORT", Integer.toString(port));
    }
}
