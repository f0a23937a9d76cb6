package dev.slipway.cli;

import dev.slipway.contracts.Request;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Lets deployments of a service wait. */
@Command(
        name = "hold",
        mixinStandardHelpOptions = true,
        description = {
            "Keeps what serves as it is: whatever is dropped for the service is verified and"
                    + " built, and then waits, without a deadline, until the service is released."
                    + " A rollback and an undeploy pass a hold.",
            "Exit code: 0 it is held, 1 it was refused or a newer request took its place, 2 wrong"
                    + " usage, 3 not followed to the end."
        },
        footer = {
            "",
            "Examples:",
            "  ./slipway hold hello",
            "  ./slipway hold hello --region us-central1 --project my-project",
            "  ./slipway release hello"
        })
final class Hold implements Callable<Integer> {
    private final Workbench bench;

    @Mixin private final OneService service = new OneService();
    @Mixin private final Asking asking = new Asking();

    Hold(Workbench bench) {
        this.bench = bench;
    }

    @Override
    public Integer call() {
        return asking.ask(
                bench,
                (cloud, ledger) ->
                        Asking.Wanted.ofDeployWorker(service.in(cloud, ledger), Request.hold()));
    }
}
