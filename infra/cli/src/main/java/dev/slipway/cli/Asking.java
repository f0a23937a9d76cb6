package dev.slipway.cli;

import com.google.cloud.storage.Storage;
import com.google.cloud.storage.StorageException;
import dev.slipway.cli.answers.Pace;
import dev.slipway.cli.installation.Cloud;
import dev.slipway.cli.installation.Refused;
import dev.slipway.cli.requests.Asked;
import dev.slipway.cli.requests.FollowRequest;
import dev.slipway.cli.requests.RequestEnd;
import dev.slipway.cli.requests.RequestNews;
import dev.slipway.cli.requests.RequestText;
import dev.slipway.cli.requests.TellingPeople;
import dev.slipway.cli.requests.TellingRequest;
import dev.slipway.cli.requests.TellingRequestToPrograms;
import dev.slipway.cli.terminal.Problem;
import dev.slipway.cli.terminal.Terminal;
import dev.slipway.contracts.Request;
import dev.slipway.contracts.ServiceKey;
import dev.slipway.ledger.Ledger;
import java.time.Duration;
import java.util.UUID;
import java.util.function.BiFunction;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of a command that asks something of a service, and how it asks. */
final class Asking {
    private static final int WELL = 0;

    @Mixin private final Where where = new Where();
    @Mixin private final AsJson json = new AsJson();

    @Option(
            names = "--wait",
            negatable = true,
            defaultValue = "true",
            fallbackValue = "true",
            description = "Follow the request until it is answered, which is the default; or not.")
    private boolean wait;

    @Option(names = "--async", description = "The same as --no-wait.")
    private boolean async;

    @Option(
            names = "--give-up-after",
            paramLabel = "DURATION",
            converter = DurationText.class,
            defaultValue = "30m",
            description = "Stop following when nothing was heard for so long (${DEFAULT-VALUE}).")
    private Duration patience = Duration.ofMinutes(30);

    /**
     * What is asked of whom.
     *
     * @param stage whose worker acts on it
     */
    record Wanted(ServiceKey service, Request request, String stage) {
        static Wanted ofDeployWorker(ServiceKey service, Request request) {
            return new Wanted(service, request, "deploy");
        }
    }

    /** Asks for what is wanted and follows it; gives back the exit code. */
    int ask(Workbench bench, BiFunction<Cloud, Ledger, Wanted> wanted) {
        Terminal terminal = json.terminal(bench);
        Cloud cloud = where.reachable(bench, terminal);
        Ledger ledger = bench.ledger(cloud);
        Wanted found =
                LedgerAccess.to(
                        cloud, "services/ and deployments/", () -> wanted.apply(cloud, ledger));
        Storage storage = cloud.clients().storage();
        String name = UUID.randomUUID().toString();
        Asked asked = Asked.of(found.service(), found.request(), name, cloud, storage);
        TellingRequest telling =
                json.asked()
                        ? new TellingRequestToPrograms(document -> AsJson.print(bench, document))
                        : new TellingPeople(terminal);
        FollowRequest.Listener listener = telling.asked(asked);
        if (async || !wait) {
            telling.left(asked);
            return WELL;
        }
        Pace pace = new Pace(Pace.OFTEN, bench.clock(), bench.pause());
        FollowRequest follow = new FollowRequest(asked, found.stage(), listener, pace);
        RequestEnd end;
        try (Interrupted _ =
                Interrupted.tells(terminal, RequestText.unfinished(asked, "interrupted"))) {
            end = followed(follow, asked, cloud, Around.of(bench, cloud, terminal));
        }
        Duration took = Duration.between(asked.object().createdAt(), bench.clock().instant());
        telling.ended(asked, end, took);
        return end.exitCode();
    }

    private RequestEnd followed(FollowRequest follow, Asked asked, Cloud cloud, Around around) {
        try {
            Storage storage = cloud.clients().storageForLooks();
            return follow.untilDone(
                    RequestNews.of(asked, cloud.dropBucket(), storage), around, patience);
        } catch (StorageException e) {
            Problem refused = Refused.byLedger("its answer cannot be read", cloud, e);
            return new RequestEnd.Lost(refused.message() + " " + refused.nextStep());
        }
    }
}
