package dev.slipway.cli;

import dev.slipway.cli.installation.Endpoints;
import dev.slipway.cli.installation.Installation;
import dev.slipway.cli.installation.Started;
import dev.slipway.cli.terminal.Terminal;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Gives one stage more or fewer workers. */
@Command(
        name = "scale",
        mixinStandardHelpOptions = true,
        description = {
            "Gives one stage of this machine so many workers; the others do not notice. Too many are"
                    + " stopped, the newest first, once they have finished what they have in hand."
                    + " With 0 the stage is stopped and its messages wait. down forgets it.",
            "In Google Cloud, scale the worker's own Cloud Run service or instance group instead.",
            "Exit code: 0 that many run, 1 not, 2 wrong usage."
        },
        footer = {
            "",
            "Examples:",
            "  ./slipway scale build 2",
            "  ./slipway scale deploy-worker 0",
            "  ./slipway up --scale build-worker=2,deploy-worker=3"
        })
final class Scale implements Runnable {
    private final Workbench bench;

    @Mixin private final AsJson json = new AsJson();

    @Parameters(
            index = "0",
            paramLabel = "STAGE",
            converter = StageName.Typed.class,
            description = "upload, build or deploy.")
    private StageName stage = new StageName("");

    @Parameters(
            index = "1",
            paramLabel = "N",
            converter = WorkerCount.class,
            description = "How many workers, from 0 to 16.")
    private int count;

    Scale(Workbench bench) {
        this.bench = bench;
    }

    /**
     * What is printed as JSON.
     *
     * @param workers those that run now
     */
    record Document(String stage, List<Started> workers) {}

    @Override
    public void run() {
        Terminal terminal = json.terminal(bench);
        Installation installation = bench.installation(terminal);
        Endpoints now = installation.scale(Map.of(stage.id(), count));
        List<Started> workers = now.workersOf(stage.id());
        if (json.asked()) {
            AsJson.print(bench, new Document(stage.id(), workers));
            return;
        }
        terminal.line(
                stage.worker()
                        + (count == 0
                                ? " is stopped; what it is sent waits until it is scaled up"
                                : " has " + count + (count == 1 ? " instance" : " instances")));
    }
}
