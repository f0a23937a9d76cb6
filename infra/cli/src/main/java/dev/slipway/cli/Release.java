package dev.slipway.cli;

import dev.slipway.contracts.Request;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Ends a hold. */
@Command(
        name = "release",
        mixinStandardHelpOptions = true,
        description = {
            "Ends a hold: the newest drop that waits for it goes on at once.",
            "Exit code: 0 it is held no more, 1 it was refused or a newer request took its place,"
                    + " 2 wrong usage, 3 not followed to the end."
        },
        footer = {
            "",
            "Examples:",
            "  ./slipway release hello",
            "  ./slipway release hello --region us-central1 --json"
        })
final class Release implements Callable<Integer> {
    private final Workbench bench;

    @Mixin private final OneService service = new OneService();
    @Mixin private final Asking asking = new Asking();

    Release(Workbench bench) {
        this.bench = bench;
    }

    @Override
    public Integer call() {
        return asking.ask(
                bench,
                (cloud, ledger) ->
                        Asking.Wanted.ofDeployWorker(service.in(cloud, ledger), Request.release()));
    }
}
