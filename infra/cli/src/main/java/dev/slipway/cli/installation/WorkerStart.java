package dev.slipway.cli.installation;

import dev.slipway.contracts.Topology.Identity;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** Starts the workers, configured by their environment alone. */
final class WorkerStart {
    private final Checkout checkout;
    private final FastStart fast;
    private final Launcher launcher;
    private final Patience patience;
    private final Tokens tokens;

    WorkerStart(
            Checkout checkout,
            FastStart fast,
            Launcher launcher,
            Patience patience,
            Tokens tokens) {
        this.checkout = checkout;
        this.fast = fast;
        this.launcher = launcher;
        this.patience = patience;
        this.tokens = tokens;
    }

    /**
     * Starts every worker that is wanted and not among {@code alive}, all at once.
     *
     * @param noteDown gets the endpoints after each start, so that nothing is ever left running
     *     unknown
     */
    Endpoints start(Endpoints endpoints, List<Started> alive, Consumer<Endpoints> noteDown) {
        List<Identity> identities = endpoints.topology().identities();
        identities.forEach(identity -> tokens.of(identity.id()));
        tokens.of(Tokens.OWNER);
        List<Started> running = new ArrayList<>(alive);
        List<String> stages = endpoints.stages();
        for (String stage : stages) {
            for (String name : missing(endpoints.wanted(stage), stage, alive)) {
                running.add(start(endpoints, stage, name));
                noteDown.accept(endpoints.with(running));
            }
        }
        running.sort(
                Comparator.<Started>comparingInt(worker -> stages.indexOf(worker.stage()))
                        .thenComparingInt(Started::number));
        return endpoints.with(running);
    }

    /** Returns when all of them can work. */
    void awaitReady(Endpoints endpoints) {
        endpoints.workers().forEach(patience::awaitReady);
    }

    private static List<String> missing(int wanted, String stage, List<Started> alive) {
        List<String> known = alive.stream().map(Started::name).toList();
        return IntStream.rangeClosed(1, wanted)
                .mapToObj(number -> Started.workerName(stage, number))
                .filter(name -> !known.contains(name))
                .toList();
    }

    private Started start(Endpoints endpoints, String stage, String name) {
        int port = Ports.any();
        String program = Started.workerName(stage, 1);
        return launcher.start(
                name,
                fast.arguments(
                        checkout.worker(program),
                        JvmFlags.ofWorker(),
                        checkout.startOfWorker(program)),
                environment(endpoints, tokens.of(stage), port),
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
