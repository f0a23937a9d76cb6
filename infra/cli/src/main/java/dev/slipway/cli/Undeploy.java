package dev.slipway.cli;

import dev.slipway.cli.terminal.Problem;
import dev.slipway.contracts.Request;
import dev.slipway.contracts.Shown;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Takes a service away. */
@Command(
        name = "undeploy",
        mixinStandardHelpOptions = true,
        description = {
            "Deletes the service with its revisions and triggers, even while it is held. Drops"
                    + " that are under way for it end SUPERSEDED; what is dropped afterwards is"
                    + " deployed as ever. Images and sources are kept.",
            "Exit code: 0 it is gone, or with --dry-run listed, 1 it was refused or something"
                    + " newer took its place, 2 wrong usage or no --yes, 3 not followed to the end."
        },
        footer = {
            "",
            "Examples:",
            "  ./slipway undeploy hello --dry-run",
            "  ./slipway undeploy hello --yes",
            "  ./slipway undeploy hello --yes --region us-central1 --project my-project"
        })
final class Undeploy implements Callable<Integer> {
    private final Workbench bench;

    @Mixin private final OneService service = new OneService();
    @Mixin private final Asking asking = new Asking();

    @Option(names = "--dry-run", description = "Only list what would go.")
    private boolean dryRun;

    @Option(
            names = {"-y", "--yes"},
            description = "Delete it; without this nothing is.")
    private boolean yes;

    Undeploy(Workbench bench) {
        this.bench = bench;
    }

    @Override
    public Integer call() {
        if (!yes && !dryRun) {
            String command = "./slipway undeploy " + Shown.of(service.name());
            throw Problem.usage(
                    "undeploying " + Shown.of(service.name()) + " deletes it, and nobody said yes",
                    "See what would go with "
                            + command
                            + " --dry-run, and delete it with "
                            + command
                            + " --yes.");
        }
        return asking.ask(
                bench,
                (cloud, ledger) ->
                        Asking.Wanted.ofDeployWorker(
                                service.in(cloud, ledger), Request.undeploy(dryRun)));
    }
}
