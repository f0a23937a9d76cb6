package dev.slipway.cli;

import dev.slipway.contracts.Request;
import dev.slipway.ledger.Stage;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Takes a deployment back that is under way. */
@Command(
        name = "cancel",
        mixinStandardHelpOptions = true,
        description = {
            "Ends a deployment that is under way: its build is stopped, what serves goes on"
                    + " serving. It is over when the build has really ended. One that is cancelled"
                    + " already stays so; one that is live is taken back by rollback instead.",
            "Exit code: 0 it is cancelled, 1 it was refused, as when it had ended otherwise, 2"
                    + " wrong usage, 3 not followed to the end."
        },
        footer = {
            "",
            "Examples:",
            "  ./slipway list --open",
            "  ./slipway cancel dabcdefghijklmnopqrs",
            "  ./slipway cancel dabcdefghijklmnopqrs --project my-project --json"
        })
final class Cancel implements Callable<Integer> {
    private final Workbench bench;

    @Mixin private final OneDeployment deployment = new OneDeployment();
    @Mixin private final Asking asking = new Asking();

    Cancel(Workbench bench) {
        this.bench = bench;
    }

    @Override
    public Integer call() {
        return asking.ask(
                bench,
                (cloud, ledger) -> {
                    OneDeployment.Known known = deployment.in(cloud, ledger, "cancel");
                    boolean building = known.record().stage().compareTo(Stage.DEPLOYING) < 0;
                    return new Asking.Wanted(
                            known.service(),
                            Request.cancel(known.id()),
                            building ? "build" : "deploy");
                });
    }
}
