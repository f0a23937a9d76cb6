package dev.slipway.cli;

import dev.slipway.contracts.Request;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Deploys again what a deployment deployed. */
@Command(
        name = "redrive",
        mixinStandardHelpOptions = true,
        description = {
            "Sends the source of an earlier deployment through the chain again, as a new"
                    + " deployment, and follows it as drop does: after a failure of the platform,"
                    + " say. Nothing has to be dropped again.",
            "Exit code: 0 live or unchanged, 1 any other outcome or refused, 2 wrong usage, 3 not"
                    + " followed to the end."
        },
        footer = {
            "",
            "Examples:",
            "  ./slipway list",
            "  ./slipway redrive dabcdefghijklmnopqrs",
            "  ./slipway redrive dabcdefghijklmnopqrs --no-wait --json"
        })
final class Redrive implements Callable<Integer> {
    private final Workbench bench;

    @Mixin private final OneDeployment deployment = new OneDeployment();
    @Mixin private final Asking asking = new Asking();

    Redrive(Workbench bench) {
        this.bench = bench;
    }

    @Override
    public Integer call() {
        return asking.ask(
                bench,
                (cloud, ledger) -> {
                    OneDeployment.Known known = deployment.in(cloud, ledger, "redrive");
                    return Asking.Wanted.ofDeployWorker(
                            known.service(), Request.redrive(known.id()));
                });
    }
}
