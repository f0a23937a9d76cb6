package dev.slipway.cli;

import dev.slipway.contracts.Request;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Lets an earlier revision serve again. */
@Command(
        name = "rollback",
        mixinStandardHelpOptions = true,
        description = {
            "Lets the revision that was live before serve again, with its access and its"
                    + " triggers; nothing is built. Drops that are under way for the service end"
                    + " SUPERSEDED, what is dropped afterwards goes live as ever. Works while the"
                    + " service is held.",
            "Exit code: 0 it serves, 1 it was refused or a newer request took its place, 2 wrong"
                    + " usage, 3 not followed to the end."
        },
        footer = {
            "",
            "Examples:",
            "  ./slipway rollback hello",
            "  ./slipway rollback hello --to hello-abcdefghij-1",
            "  ./slipway rollback hello --region us-central1 --json",
            "  ./slipway rollback hello --project my-project"
        })
final class Rollback implements Callable<Integer> {
    private final Workbench bench;

    @Mixin private final OneService service = new OneService();
    @Mixin private final Asking asking = new Asking();

    @Option(
            names = "--to",
            paramLabel = "REVISION",
            description = "The revision that is to serve, instead of the one that did before.")
    private @Nullable String revision;

    Rollback(Workbench bench) {
        this.bench = bench;
    }

    @Override
    public Integer call() {
        return asking.ask(
                bench,
                (cloud, ledger) ->
                        Asking.Wanted.ofDeployWorker(
                                service.in(cloud, ledger), Request.rollback(revision)));
    }
}
