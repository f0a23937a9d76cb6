package dev.slipway.cli;

import dev.slipway.contracts.Request;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Builds and deploys again what is live. */
@Command(
        name = "redeploy",
        mixinStandardHelpOptions = true,
        description = {
            "Builds the source of what is live anew, with the base image and the dependencies of"
                    + " today, and deploys it as a new revision; follows it as drop does.",
            "Exit code: 0 live, 1 any other outcome or refused, 2 wrong usage, 3 not followed to"
                    + " the end."
        },
        footer = {
            "",
            "Examples:",
            "  ./slipway redeploy hello",
            "  ./slipway redeploy hello --region us-central1 --project my-project"
        })
final class Redeploy implements Callable<Integer> {
    private final Workbench bench;

    @Mixin private final OneService service = new OneService();
    @Mixin private final Asking asking = new Asking();

    Redeploy(Workbench bench) {
        this.bench = bench;
    }

    @Override
    public Integer call() {
        return asking.ask(
                bench,
                (cloud, ledger) ->
                        Asking.Wanted.ofDeployWorker(
                                service.in(cloud, ledger), Request.redeploy()));
    }
}
