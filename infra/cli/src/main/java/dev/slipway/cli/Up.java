package dev.slipway.cli;

import dev.slipway.cli.installation.Endpoints;
import dev.slipway.cli.installation.Exports;
import dev.slipway.cli.installation.Installation;
import dev.slipway.cli.installation.UpSettings;
import dev.slipway.cli.terminal.Problem;
import dev.slipway.cli.terminal.Terminal;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Starts the installation. */
@Command(
        name = "up",
        mixinStandardHelpOptions = true,
        description = {
            "Starts the local cloud and the three workers; they go on when this command ends.",
            "Run again, it starts only what is gone.",
            "Exit code: 0 all of it can work, 1 not, 2 wrong usage."
        },
        footer = {
            "",
            "Examples:",
            "  ./slipway up",
            "  ./slipway up --scale build-worker=2,deploy-worker=3",
            "  ./slipway up --json",
            "  eval \"$(./slipway up --env)\" && gcloud storage cp hello.zip \"$SLIPWAY_DROP\""
        })
final class Up implements Runnable {
    private final Workbench bench;

    @Mixin private final AsJson json = new AsJson();

    @Option(names = "--env", description = "Print only the environment for curl and gcloud.")
    private boolean env;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            description = "Take the first free port from here on (${DEFAULT-VALUE}).",
            defaultValue = "8470")
    private int port;

    @Option(
            names = "--scale",
            paramLabel = "STAGE=N",
            split = ",",
            converter = {StageName.Typed.class, WorkerCount.class},
            description =
                    "So many workers of a stage (one of each): build-worker=2,deploy-worker=3.")
    private Map<StageName, Integer> scale = Map.of();

    @Option(
            names = "--region",
            paramLabel = "REGION",
            split = ",",
            description = "The regions that exist, the default first (europe-west1,us-central1).")
    private List<String> regions = List.of();

    Up(Workbench bench) {
        this.bench = bench;
    }

    /**
     * What is printed as JSON.
     *
     * @param environment that points curl, Google's clients and gcloud here
     */
    record Document(
            String endpoint,
            String project,
            String dropBucket,
            List<String> regions,
            Map<String, String> environment) {}

    @Override
    public void run() {
        if (env && json.asked()) {
            throw Problem.usage("--env prints for a shell, and --json does not", "Keep one.");
        }
        UpSettings settings = UpSettings.asked(port, regions, StageName.byId(scale));
        Terminal terminal = env ? bench.aside() : json.terminal(bench);
        Installation installation = bench.installation(terminal);
        Endpoints endpoints = installation.up(settings);
        List<String> exports = Exports.of(endpoints, installation.home());
        if (env) {
            exports.forEach(bench.terminal()::line);
            return;
        }
        if (json.asked()) {
            AsJson.print(
                    bench,
                    new Document(
                            endpoints.endpoint(),
                            endpoints.project(),
                            endpoints.dropBucket(),
                            endpoints.regions(),
                            Exports.variables(endpoints, installation.home())));
            return;
        }
        tell(endpoints, exports, terminal);
    }

    private static void tell(Endpoints endpoints, List<String> exports, Terminal terminal) {
        terminal.line("");
        terminal.line("endpoint     " + endpoints.endpoint());
        terminal.line("drop bucket  gs://" + endpoints.dropBucket());
        terminal.line("regions      " + String.join(", ", endpoints.regions()));
        terminal.line("");
        terminal.line("For curl and gcloud, or eval \"$(./slipway up --env)\":");
        exports.forEach(export -> terminal.line("  " + export));
    }
}
