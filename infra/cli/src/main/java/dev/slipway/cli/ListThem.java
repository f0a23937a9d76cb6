package dev.slipway.cli;

import dev.slipway.cli.answers.Listing;
import dev.slipway.cli.answers.OpenDeployment;
import dev.slipway.cli.answers.Table;
import dev.slipway.cli.installation.Cloud;
import dev.slipway.cli.services.Deployed;
import dev.slipway.cli.terminal.Terminal;
import dev.slipway.contracts.Answer;
import dev.slipway.contracts.DeploymentId;
import dev.slipway.ledger.Ledger;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Lists services, or deployments that are under way. */
@Command(
        name = "list",
        mixinStandardHelpOptions = true,
        description = {
            "Lists all services: where each answers, its newest deployment, how that ended and"
                    + " since when, and whether it is held or was taken back since. With --open:"
                    + " the deployments under way, the oldest first.",
            "Exit code: 0 listed, 1 not, 2 wrong usage."
        },
        footer = {
            "",
            "Examples:",
            "  ./slipway list",
            "  ./slipway list --open",
            "  ./slipway list --json --project my-project"
        })
final class ListThem implements Runnable {
    private static final int MOST_READ = 500;

    private final Workbench bench;

    @Mixin private final Where where = new Where();
    @Mixin private final AsJson json = new AsJson();

    @Option(names = "--open", description = "The deployments that are under way instead.")
    private boolean open;

    ListThem(Workbench bench) {
        this.bench = bench;
    }

    /**
     * What is printed as JSON.
     *
     * @param services the newest answer of each, as in the bucket
     * @param deployed what Cloud Run shows now, by region and service
     * @param unread older answers that were not read
     */
    record Services(List<Answer> services, Map<String, Deployed.Document> deployed, int unread) {}

    /**
     * What is printed as JSON with {@code --open}.
     *
     * @param unread further ones that were not read
     */
    record Open(List<OpenDeployment> deployments, int unread) {}

    @Override
    public void run() {
        Terminal terminal = json.terminal(bench);
        Cloud cloud = where.reachable(bench, terminal);
        if (open) {
            open(cloud, terminal);
        } else {
            services(cloud, terminal);
        }
    }

    private void services(Cloud cloud, Terminal terminal) {
        Listing listing = Listing.of(cloud);
        List<Answer> services =
                listing.newest().stream().filter(answer -> answer.service() != null).toList();
        Deployed deployed = Deployed.around(cloud, services);
        if (json.asked()) {
            AsJson.print(
                    bench, new Services(services, deployed.documents(services), listing.unread()));
            return;
        }
        Table.ofServices(services, deployed, bench.clock().instant()).forEach(terminal::line);
        tellUnread(listing.unread(), "older answers were not read", terminal);
    }

    private void open(Cloud cloud, Terminal terminal) {
        Ledger ledger = bench.ledger(cloud);
        List<DeploymentId> all = ledger.openDeployments();
        List<OpenDeployment> read = OpenDeployment.of(ledger, all, MOST_READ);
        int unread = all.size() - read.size();
        if (json.asked()) {
            AsJson.print(bench, new Open(read, unread));
            return;
        }
        Table.ofOpen(read, bench.clock().instant()).forEach(terminal::line);
        tellUnread(unread, "more are under way", terminal);
    }

    private static void tellUnread(int unread, String what, Terminal terminal) {
        if (unread > 0) {
            terminal.line(unread + " " + what);
        }
    }
}
