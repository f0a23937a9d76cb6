package dev.slipway.cli.installation;

import com.google.cloud.pubsub.v1.SubscriptionAdminClient;
import com.google.cloud.pubsub.v1.TopicAdminClient;
import dev.slipway.cli.terminal.Problem;
import dev.slipway.cli.terminal.Terminal;
import dev.slipway.contracts.Topology;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Brings an installation up: the local cloud, what the topology names in it, the workers. */
final class StartUp {

    private final Home home;
    private final Terminal terminal;
    private final Processes processes;
    private final LocalCloudStart cloud;
    private final WorkerStart workers;

    StartUp(
            Home home,
            Terminal terminal,
            Processes processes,
            LocalCloudStart cloud,
            WorkerStart workers) {
        this.home = home;
        this.terminal = terminal;
        this.processes = processes;
        this.cloud = cloud;
        this.workers = workers;
    }

    Endpoints run(UpSettings settings) {
        Endpoints known = known(settings).scaled(settings.scale());
        List<Started> alive = known.workers().stream().filter(processes::running).toList();
        boolean cloudAlive =
                Optional.ofNullable(known.localCloud()).filter(processes::running).isPresent();
        known.processes().stream()
                .filter(process -> !processes.running(process))
                .forEach(dead -> terminal.line(dead.name() + " is gone; starting it again"));
        if (!cloudAlive && !alive.isEmpty() && !cloud.sameAddressIsFree(known)) {
            throw Problem.failed(
                    known.endpoint() + " is taken by another program, and workers rely on it",
                    "Run ./slipway down, then ./slipway up.");
        }
        Endpoints endpoints =
                cloudAlive ? known : cloud.start(known.with(alive), settings.firstPort());
        Endpoints complete = workers.start(endpoints, alive, home::write);
        home.write(complete);
        create(endpoints); // meanwhile the workers start; they wait for what they need
        terminal.line("topics, subscriptions and buckets are there");
        workers.awaitReady(complete);
        return complete;
    }

    /** What runs keeps the regions that it was started with. */
    private Endpoints known(UpSettings settings) {
        Optional<Endpoints> before = home.endpoints();
        if (before.isEmpty()) {
            return fresh(settings);
        }
        if (before.get().processes().stream().noneMatch(processes::running)) {
            return before.get().in(settings.regions());
        }
        tellWhatStays(before.get(), settings, terminal);
        return before.get();
    }

    /** Says so where an installation that is up has other regions than those asked for. */
    static void tellWhatStays(Endpoints endpoints, UpSettings settings, Terminal terminal) {
        if (!settings.regions().isEmpty() && !settings.regions().equals(endpoints.regions())) {
            terminal.line(
                    "its regions stay "
                            + String.join(", ", endpoints.regions())
                            + "; run ./slipway down first to change them");
        }
    }

    private static Endpoints fresh(UpSettings settings) {
        return Endpoints.fresh(
                settings.regions().isEmpty() ? Endpoints.REGIONS : settings.regions());
    }

    private void create(Endpoints endpoints) {
        GoogleClients google = new GoogleClients(endpoints);
        Topology topology = endpoints.topology();
        try (TopicAdminClient topics = google.topics();
                SubscriptionAdminClient subscriptions = google.subscriptions()) {
            new Bus(endpoints.project(), topology, topics, subscriptions).create();
            new Buckets(endpoints, topology, google.storage()).create();
        } catch (IOException | RuntimeException e) {
            throw Problem.failed(
                    "cannot create what the topology names at "
                            + endpoints.endpoint()
                            + ": "
                            + e.getMessage(),
                    "Read " + home.log("local-cloud") + ", then run ./slipway up again.",
                    e);
        }
    }
}
