package dev.slipway.cli;

import dev.slipway.cli.answers.AnswerText;
import dev.slipway.cli.answers.Ending;
import dev.slipway.cli.answers.Telling;
import dev.slipway.cli.answers.TellingMany;
import dev.slipway.cli.answers.TellingOne;
import dev.slipway.cli.answers.TellingPrograms;
import dev.slipway.cli.drop.Planned;
import dev.slipway.cli.drop.RegionName;
import dev.slipway.cli.flags.GcloudFlags;
import dev.slipway.cli.installation.Cloud;
import dev.slipway.cli.terminal.Problem;
import dev.slipway.cli.terminal.Terminal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Drops folders and archives and follows them until they have an outcome. */
@Command(
        name = "drop",
        abbreviateSynopsis = true,
        mixinStandardHelpOptions = true,
        description = {
            "Packs folders, takes archives as they are, puts them into the drop bucket and follows"
                    + " them until each has an outcome. Starts slipway where it is not up.",
            "Exit code: 0 all live or unchanged (with --no-wait: dropped), 1 any other outcome or"
                    + " not dropped at all, 2 wrong usage, 3 not followed to the end."
        },
        footer = {
            "",
            "Examples:",
            "  ./slipway drop infra/samples/hello-node",
            "  ./slipway drop hello.zip --service greeter --region us-central1",
            "  ./slipway drop a.zip b.zip web/ --no-wait",
            "  ./slipway drop web/ --function helloHttp --memory 256Mi --set-env-vars A=1,B=2",
            "  ./slipway drop web/ --allow-unauthenticated --json",
            "  ./slipway drop web/ --project my-project --bucket my-drops"
        })
final class Drop implements Callable<Integer> {
    private static final String MANIFEST = "slipway.yaml";

    private final Workbench bench;

    @Mixin private final Where where = new Where();
    @Mixin private final AsJson json = new AsJson();

    @Spec private @Nullable CommandSpec spec;

    @Parameters(
            arity = "1..*",
            paramLabel = "SOURCE",
            description = "Folders, and archives: zip, tar.gz, tgz or tar.")
    private List<Path> places = List.of();

    @Option(
            names = "--service",
            paramLabel = "NAME",
            description = "The service's name; the folder's or archive's own.")
    private @Nullable String service;

    @Option(
            names = "--region",
            paramLabel = "REGION",
            description = "Where it goes; the installation's first region.")
    private @Nullable String region;

    @Option(
            names = "--wait",
            negatable = true,
            defaultValue = "true",
            fallbackValue = "true",
            description = "Follow each drop until it has an outcome, which is the default; or not.")
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

    private Drop(Workbench bench) {
        this.bench = bench;
    }

    static CommandLine command(Workbench bench) {
        CommandLine command = new CommandLine(new Drop(bench));
        GcloudFlags.addTo(command.getCommandSpec());
        return command;
    }

    @Override
    public Integer call() {
        Terminal terminal = json.terminal(bench);
        List<Planned> planned = Planned.all(places, service);
        Drops.Wish wish = wish(planned);
        planned.forEach(one -> one.named().remark().ifPresent(terminal::line));
        Cloud cloud = where.started(bench, terminal);
        checkRegion(cloud);
        Drops drops =
                new Drops(
                        bench,
                        cloud,
                        Around.of(bench, cloud, terminal),
                        wish,
                        telling(planned, terminal));
        try (Interrupted _ = Interrupted.tells(terminal, goesOn(planned))) {
            return Ending.exitCode(drops.run(planned));
        }
    }

    /** Everything that can be wrong with the options is said before anything is started. */
    private Drops.Wish wish(List<Planned> planned) {
        CommandSpec command = spec;
        if (command == null) {
            throw new IllegalStateException("not parsed");
        }
        GcloudFlags flags = GcloudFlags.typed(command.commandLine().getParseResult());
        Drops.Wish wish =
                new Drops.Wish(region, where.project(), flags, wait && !async ? patience : null);
        for (Planned one : planned) {
            UnaryOperator<byte[]> manifest = wish.manifest(one.name());
            if (manifest != null) {
                var _ = manifest.apply(own(one, flags));
            }
        }
        return wish;
    }

    private static byte[] own(Planned planned, GcloudFlags flags) {
        Path source = planned.source().path();
        if (!planned.source().folder()) {
            throw Problem.usage(
                    flags.first()
                            + " would have to be written into "
                            + source.getFileName()
                            + ", but an archive is dropped as it is",
                    "Unpack it and drop the folder, or write it into the archive's slipway.yaml.");
        }
        Path file = source.resolve(MANIFEST);
        try {
            return Files.isRegularFile(file) ? Files.readAllBytes(file) : new byte[0];
        } catch (IOException e) {
            throw Problem.failed(
                    "cannot read " + file + ": " + e.getMessage(), "Make it readable.", e);
        }
    }

    private void checkRegion(Cloud cloud) {
        if (region == null) {
            return;
        }
        RegionName.check(region);
        if (!cloud.regions().isEmpty() && !cloud.regions().contains(region)) {
            throw Problem.usage(
                    region + " is none of this installation's regions",
                    "Choose one of " + String.join(", ", cloud.regions()) + ".");
        }
    }

    private Telling telling(List<Planned> planned, Terminal terminal) {
        if (json.asked()) {
            return new TellingPrograms(document -> AsJson.print(bench, document));
        }
        return planned.size() == 1 ? new TellingOne(terminal) : new TellingMany(terminal, planned);
    }

    private static String goesOn(List<Planned> planned) {
        return planned.size() == 1
                ? AnswerText.goesOn("interrupted", planned.getFirst().name())
                : "interrupted; what is in the bucket goes on: ./slipway status tells where it is";
    }
}
