package dev.slipway.cli;

import dev.slipway.cli.answers.AnswerText;
import dev.slipway.cli.answers.Listing;
import dev.slipway.cli.answers.Table;
import dev.slipway.cli.installation.Cloud;
import dev.slipway.cli.installation.Endpoints;
import dev.slipway.cli.installation.Health;
import dev.slipway.cli.installation.Installation;
import dev.slipway.cli.installation.ProcessTable;
import dev.slipway.cli.services.Deployed;
import dev.slipway.cli.terminal.Problem;
import dev.slipway.cli.terminal.Terminal;
import dev.slipway.contracts.Answer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Tells what runs and what was deployed. */
@Command(
        name = "status",
        mixinStandardHelpOptions = true,
        description = {
            "Tells what runs, and the newest deployment of each service.",
            "Exit code: 0 all of it runs, 1 not, 2 wrong usage."
        },
        footer = {
            "",
            "Examples:",
            "  ./slipway status",
            "  ./slipway status hello-node",
            "  ./slipway status --json",
            "  ./slipway status --project my-project"
        })
final class Status implements Callable<Integer> {
    private static final int WELL = 0;
    private static final int NOT_UP = 1;

    private final Workbench bench;

    @Mixin private final Where where = new Where();
    @Mixin private final AsJson json = new AsJson();

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "SERVICE",
            description = "Tell everything about this service's newest deployment.")
    private @Nullable String service;

    Status(Workbench bench) {
        this.bench = bench;
    }

    /**
     * What is printed as JSON.
     *
     * @param up whether all processes run; absent in Google Cloud
     * @param deployments the newest answer of each service, as in the bucket
     * @param deployed what Cloud Run shows now, by region and service
     * @param unread older answers that were not read
     */
    record Document(
            @Nullable Boolean up,
            String project,
            String dropBucket,
            @Nullable String endpoint,
            List<ProcessTable.Row> processes,
            List<Answer> deployments,
            Map<String, Deployed.Document> deployed,
            int unread) {}

    @Override
    public Integer call() {
        Terminal terminal = json.terminal(bench);
        Optional<Cloud> google = where.google(bench);
        if (google.isPresent()) {
            Listing listing = listing(google.get());
            if (json.asked()) {
                AsJson.print(bench, document(google.get(), null, null, List.of(), listing));
            } else {
                tell(google.get(), listing, terminal);
            }
            return WELL;
        }
        return ofThisMachine(bench.installation(terminal), terminal);
    }

    private int ofThisMachine(Installation installation, Terminal terminal) {
        Optional<Endpoints> known =
                installation.home().endpoints().filter(it -> !it.processes().isEmpty());
        if (known.isEmpty()) {
            terminal.line("slipway is not up; start it with ./slipway up");
            if (json.asked()) {
                AsJson.print(bench, new NotUp(false));
            }
            return NOT_UP;
        }
        Endpoints endpoints = known.get();
        boolean up = installation.running().isPresent();
        boolean readable =
                Optional.ofNullable(endpoints.localCloud()).filter(installation::runs).isPresent();
        ProcessTable processes = new ProcessTable(installation, new Health(), bench.clock());
        Cloud cloud = new Cloud.Local(endpoints);
        if (json.asked()) {
            Listing listing = readable ? listing(cloud) : new Listing(List.of(), 0);
            AsJson.print(
                    bench,
                    document(cloud, up, endpoints.endpoint(), processes.rows(endpoints), listing));
        } else {
            tell(processes, endpoints, up, terminal);
            tell(cloud, readable, terminal);
        }
        return up ? WELL : NOT_UP;
    }

    /** What is printed as JSON where nothing was started. */
    record NotUp(boolean up) {}

    private void tell(ProcessTable processes, Endpoints endpoints, boolean up, Terminal terminal) {
        if (service != null) {
            return;
        }
        terminal.line(
                up
                        ? "slipway is up at " + endpoints.endpoint()
                        : "slipway is only partly up; start the rest with ./slipway up");
        terminal.line("");
        processes.of(endpoints).forEach(terminal::line);
        terminal.line("");
    }

    private void tell(Cloud cloud, boolean readable, Terminal terminal) {
        if (readable) {
            tell(cloud, listing(cloud), terminal);
        } else {
            terminal.line(
                    "local-cloud is gone, and with it what was deployed; ./slipway up brings both"
                            + " back");
        }
    }

    private Listing listing(Cloud cloud) {
        Listing all = Listing.of(cloud);
        return service == null ? all : new Listing(of(service, all), 0);
    }

    private void tell(Cloud cloud, Listing listing, Terminal terminal) {
        Deployed deployed = Deployed.around(cloud, listing.newest());
        if (service != null) {
            for (Answer answer : listing.newest()) {
                AnswerText.details(answer).forEach(terminal::line);
                deployed.note(answer).ifPresent(note -> terminal.line("note: " + note));
            }
            return;
        }
        Table.of(listing.newest(), deployed, bench.clock().instant()).forEach(terminal::line);
        if (listing.unread() > 0) {
            terminal.line(listing.unread() + " older answers were not read");
        }
    }

    private static Document document(
            Cloud cloud,
            @Nullable Boolean up,
            @Nullable String endpoint,
            List<ProcessTable.Row> processes,
            Listing listing) {
        return new Document(
                up,
                cloud.project(),
                cloud.dropBucket(),
                endpoint,
                processes,
                listing.newest(),
                Deployed.around(cloud, listing.newest()).documents(listing.newest()),
                listing.unread());
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
