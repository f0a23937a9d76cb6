package dev.slipway.cli;

import dev.slipway.cli.installation.Cloud;
import dev.slipway.cli.logs.BuildLog;
import dev.slipway.cli.logs.Found;
import dev.slipway.cli.logs.ServiceLog;
import dev.slipway.cli.logs.Wanted;
import dev.slipway.cli.services.Services;
import dev.slipway.cli.terminal.Problem;
import dev.slipway.contracts.DeploymentId;
import dev.slipway.contracts.ServiceKey;
import dev.slipway.contracts.Shown;
import dev.slipway.ledger.DeploymentRecord;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows what a service or a build has written. */
@Command(
        name = "logs",
        mixinStandardHelpOptions = true,
        description = {
            "Shows what the live revisions of a service have written (or its newest one, where none"
                    + " is live), what one deployment's revision has, or what a build has.",
            "Exit code: 0 shown, 1 not, or the build that was followed did not succeed, 2 wrong"
                    + " usage."
        },
        footer = {
            "",
            "Examples:",
            "  ./slipway logs hello-node",
            "  ./slipway logs hello-node -f",
            "  ./slipway logs hello-node --build",
            "  ./slipway logs dxkjwa3fbyyfofjkipcm --build -f",
            "  ./slipway logs hello-node --project my-project --since 2h --limit 50"
        })
final class Logs implements Callable<Integer> {
    private static final int MOST_LINES = 1000;

    private final Workbench bench;

    @Mixin private final Where where = new Where();
    @Mixin private final AsJson json = new AsJson();

    @Parameters(
            index = "0",
            paramLabel = "SERVICE|DEPLOYMENT",
            description = "A service's name, or a deployment's id as status shows it.")
    private String of = "";

    @Option(names = "--build", description = "The log of the build instead.")
    private boolean build;

    @Option(
            names = {"-f", "--follow"},
            description = "Go on until Ctrl-C; a build's until it ends.")
    private boolean follow;

    @Option(names = "--region", paramLabel = "REGION", description = "Where the service is.")
    private @Nullable String region;

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "1000",
            description = "The last so many lines (${DEFAULT-VALUE}).")
    private int limit = 1000;

    @Option(
            names = "--since",
            paramLabel = "DURATION",
            converter = DurationText.class,
            description = "In Google Cloud: only what is at most so old.")
    private @Nullable Duration since;

    private String lastHeading = "";

    Logs(Workbench bench) {
        this.bench = bench;
    }

    /** What is printed as JSON, for each line. */
    record Line(String of, String line) {}

    @Override
    public Integer call() {
        Cloud cloud = where.reachable(bench, json.terminal(bench));
        check(cloud);
        Found found = new Found(bench.ledger(cloud));
        Services services = new Services(cloud, bench.ledger(cloud));
        Wanted wanted =
                new Wanted(
                        cloud,
                        follow,
                        limit,
                        since == null ? null : bench.clock().instant().minus(since),
                        bench.pause());
        Optional<DeploymentRecord> deployment = DeploymentId.parse(of).flatMap(found::deployment);
        if (build) {
            return showBuild(
                    new BuildLog(wanted, found, this::show),
                    deployment.or(() -> found.newest(services.named(of, region))));
        }
        if (deployment.isPresent()) {
            showRevision(wanted, services, deployment.get());
        } else {
            ServiceKey key = services.named(of, region);
            new ServiceLog(wanted, services, key, this::show).showCurrent();
        }
        return 0;
    }

    private void check(Cloud cloud) {
        if (limit < 1 || limit > MOST_LINES) {
            throw Problem.usage(
                    "--limit " + limit + " is no number of lines; one is from 1 to " + MOST_LINES,
                    "Choose another one.");
        }
        if (since != null && cloud instanceof Cloud.Local) {
            throw Problem.usage(
                    "--since is for Google Cloud: here lines carry no times", "Use --limit N.");
        }
    }

    private int showBuild(BuildLog log, Optional<DeploymentRecord> asked) {
        DeploymentRecord builder =
                asked.flatMap(log::builder)
                        .orElseThrow(
                                () ->
                                        Problem.failed(
                                                Shown.of(of) + " has no build yet",
                                                "Wait for it with -f, or see ./slipway list."));
        if (!asked.map(DeploymentRecord::deployment).equals(Optional.of(builder.deployment()))) {
            bench.err().println("deployment " + builder.deployment() + " built its image");
        }
        String status = log.show(builder);
        if (follow) {
            bench.err().println("the build ended with " + status);
        }
        return !follow || status.equals("SUCCESS") ? 0 : 1;
    }

    private void showRevision(Wanted wanted, Services services, DeploymentRecord record) {
        if (record.service() == null || record.revision() == null) {
            throw Problem.failed(
                    Shown.of(of) + " has no revision" + (record.isDone() ? "" : " yet"),
                    "See its build with --build.");
        }
        new ServiceLog(wanted, services, record.service(), this::show)
                .showRevision(record.revision());
    }

    private void show(String part, Iterable<String> lines) {
        for (String line : lines) {
            if (json.asked()) {
                AsJson.print(bench, new Line(part, line));
                continue;
            }
            if (!part.equals(lastHeading)) {
                bench.err().println("==> " + part + " <==");
                lastHeading = part;
            }
            bench.out().println(line);
        }
        bench.out().flush();
    }
}
