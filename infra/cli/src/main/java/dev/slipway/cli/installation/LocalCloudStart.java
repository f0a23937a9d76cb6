package dev.slipway.cli.installation;

import dev.slipway.cli.terminal.Problem;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Starts the local cloud on a free port. */
final class LocalCloudStart {
    private static final int TRIES = 5;
    private final Home home;
    private final Checkout checkout;
    private final FastStart fast;
    private final Launcher launcher;
    private final Patience patience;
    private final Map<String, String> environment;

    LocalCloudStart(
            Home home,
            Checkout checkout,
            Launcher launcher,
            Patience patience,
            Map<String, String> environment) {
        this.home = home;
        this.checkout = checkout;
        this.fast = FastStart.in(environment);
        this.launcher = launcher;
        this.patience = patience;
        this.environment = environment;
    }

    /** Whether the local cloud can come back where it was. */
    boolean sameAddressIsFree(Endpoints known) {
        return Ports.free(URI.create(known.endpoint()).getPort());
    }

    /** Starts it where it was, or else on the first free port, and waits until it answers. */
    Endpoints start(Endpoints known, int firstPort) {
        for (int attempt = 1; ; attempt++) {
            int port =
                    attempt == 1 && !known.endpoint().isEmpty() && sameAddressIsFree(known)
                            ? URI.create(known.endpoint()).getPort()
                            : Ports.firstFree(firstPort);
            Endpoints endpoints = started(known, port);
            try {
                patience.awaitReady(cloudOf(endpoints));
                return endpoints;
            } catch (Problem e) {
                boolean portWasTaken = !patience.runs(cloudOf(endpoints)) && !Ports.free(port);
                if (attempt == TRIES || !portWasTaken) {
                    throw e;
                }
            }
        }
    }

    private static Started cloudOf(Endpoints endpoints) {
        Started cloud = endpoints.localCloud();
        if (cloud == null) {
            throw new IllegalStateException("the local cloud was not started");
        }
        return cloud;
    }

    private Endpoints started(Endpoints known, int port) {
        Endpoints endpoints = known.at("http://127.0.0.1:" + port);
        List<String> arguments =
                new ArrayList<>(
                        fast.arguments(
                                checkout.localCloud(),
                                JvmFlags.ofLocalCloud(),
                                checkout.startOfLocalCloud()));
        arguments.addAll(List.of("--home", home.directory().toString()));
        arguments.addAll(List.of("--port", Integer.toString(port)));
        arguments.addAll(List.of("--region", String.join(",", known.regions())));
        Stream.of(environment.getOrDefault("SLIPWAY_LOCAL_CLOUD_ARGS", "").split("\\s+"))
                .filter(argument -> !argument.isEmpty())
                .forEach(arguments::add);
        String directory = home.directory().toAbsolutePath().toString();
        String health =
                endpoints.endpoint()
                        + "/local-cloud/health?home="
                        + URLEncoder.encode(directory, StandardCharsets.UTF_8);
        Endpoints started =
                endpoints.with(launcher.start("local-cloud", arguments, Map.of(), health));
        home.write(started);
        return started;
    }
}
