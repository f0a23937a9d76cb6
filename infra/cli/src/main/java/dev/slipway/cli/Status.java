package dev.slipway.cli;

import com.google.cloud.storage.Storage;
import dev.slipway.cli.answers.AnswerText;
import dev.slipway.cli.answers.Listing;
import dev.slipway.cli.answers.Table;
import dev.slipway.cli.installation.Endpoints;
import dev.slipway.cli.installation.GoogleClients;
import dev.slipway.cli.installation.Health;
import dev.slipway.cli.installation.Installation;
import dev.slipway.cli.installation.ProcessTable;
import dev.slipway.cli.terminal.Problem;
import dev.slipway.cli.terminal.Terminal;
import dev.slipway.contracts.Answer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Tells what runs and what was deployed. */
@Command(
        name = "status",
        mixinStandardHelpOptions = true,
        description = {
            "Tells what runs, and the newest deployment of each service.",
            "Exit code: 0 all of it runs, 1 not, 2 wrong usage."
        },
        footer = {"", "Examples:", "  ./slipway status", "  ./slipway status hello-node"})
final class Status implements Callable<Integer> {
    private static final int WELL = 0;
    private static final int NOT_UP = 1;

    private final Workbench bench;

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "SERVICE",
            description = "Tell everything about this service's newest deployment.")
    private @Nullable String service;

    Status(Workbench bench) {
        this.bench = bench;
    }

    @Override
    public Integer call() {
        Terminal terminal = bench.terminal();
        Installation installation = bench.installation(terminal);
        Optional<Endpoints> known =
                installation.home().endpoints().filter(it -> !it.processes().isEmpty());
        if (known.isEmpty()) {
            terminal.line("slipway is not up; start it with ./slipway up");
            return NOT_UP;
        }
        Endpoints endpoints = known.get();
        boolean up = installation.running().isPresent();
        boolean readable =
                Optional.ofNullable(endpoints.localCloud()).filter(installation::runs).isPresent();
        if (service == null) {
            processes(terminal, installation, endpoints, up);
        }
        if (readable) {
            deployments(terminal, endpoints);
        } else {
            terminal.line(
                    "local-cloud is gone, and with it what was deployed; ./slipway up brings both"
                            + " back");
        }
        return up ? WELL : NOT_UP;
    }

    private void processes(
            Terminal terminal, Installation installation, Endpoints endpoints, boolean up) {
        terminal.line(
                up
                        ? "slipway is up at " + endpoints.endpoint()
                        : "slipway is only partly up; start the rest with ./slipway up");
        terminal.line("");
        new ProcessTable(installation, new Health(), bench.clock())
                .of(endpoints)
                .forEach(terminal::line);
        terminal.line("");
    }

    private void deployments(Terminal terminal, Endpoints endpoints) {
        Storage storage = new GoogleClients(endpoints).storage();
        Listing listing = Listing.of(storage, endpoints.dropBucket());
        if (service != null) {
            of(service, listing)
                    .forEach(answer -> AnswerText.details(answer).forEach(terminal::line));
            return;
        }
        Table.of(listing.newest(), bench.clock().instant()).forEach(terminal::line);
        if (listing.unread() > 0) {
            terminal.line(listing.unread() + " older answers were not read");
        }
    }

    private static List<Answer> of(String service, Listing listing) {
        List<Answer> found =
                listing.newest().stream().filter(it -> service.equals(it.service())).toList();
        if (found.isEmpty()) {
            throw Problem.failed(
                    "nothing was dropped for " + service + " yet",
                    "See ./slipway status for what there is.");
        }
        return found;
    }
}
