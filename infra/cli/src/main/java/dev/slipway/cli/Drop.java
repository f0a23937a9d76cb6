package dev.slipway.cli;

import com.google.cloud.storage.Storage;
import dev.slipway.cli.answers.AnswerText;
import dev.slipway.cli.answers.BucketAnswer;
import dev.slipway.cli.answers.Follow;
import dev.slipway.cli.drop.NamedService;
import dev.slipway.cli.drop.PackedFolder;
import dev.slipway.cli.drop.Source;
import dev.slipway.cli.drop.Upload;
import dev.slipway.cli.installation.Endpoints;
import dev.slipway.cli.installation.GoogleClients;
import dev.slipway.cli.installation.Health;
import dev.slipway.cli.installation.Installation;
import dev.slipway.cli.installation.UpSettings;
import dev.slipway.cli.terminal.Problem;
import dev.slipway.cli.terminal.Terminal;
import dev.slipway.contracts.Answer;
import dev.slipway.contracts.Shown;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Drops a folder or an archive and follows it until it has an outcome. */
@Command(
        name = "drop",
        mixinStandardHelpOptions = true,
        description = {
            "Packs a folder, or takes an archive as it is, puts it into the drop bucket and follows"
                    + " it until it has an outcome. Starts slipway where it is not up.",
            "Exit code: 0 live or unchanged, 1 any other outcome or not dropped at all, 2 wrong"
                    + " usage, 3 not followed to its end."
        },
        footer = {
            "",
            "Examples:",
            "  ./slipway drop infra/samples/hello-node",
            "  ./slipway drop hello.zip --service greeter --region us-central1"
        })
final class Drop implements Callable<Integer> {
    private static final int WELL = 0;
    private static final int OTHER_OUTCOME = 1;
    private static final int NOT_FOLLOWED = 3;

    private final Workbench bench;

    @Parameters(index = "0", paramLabel = "SOURCE", description = "A folder, zip, tar.gz or tar.")
    private Path place = Path.of("");

    @Option(
            names = "--service",
            paramLabel = "NAME",
            description = "The service's name; the folder's or archive's own.")
    private @Nullable String service;

    @Option(
            names = "--region",
            paramLabel = "REGION",
            description = "Where it goes; the first region of up.")
    private @Nullable String region;

    @Option(
            names = "--timeout",
            paramLabel = "DURATION",
            converter = DurationText.class,
            defaultValue = "30m",
            description = "Stop following when nothing was heard for so long (${DEFAULT-VALUE}).")
    private Duration timeout = Duration.ofMinutes(30);

    Drop(Workbench bench) {
        this.bench = bench;
    }

    @Override
    public Integer call() {
        Terminal terminal = bench.terminal();
        Source source = Source.at(place);
        NamedService named =
                service == null
                        ? NamedService.nearest(source.baseName())
                        : NamedService.asked(service);
        if (named.changedFrom() != null) {
            terminal.line(
                    Shown.of(named.changedFrom())
                            + " is no service name; the service is "
                            + named.service());
        }
        Endpoints endpoints = running(terminal);
        String object = prefix(endpoints) + named.service() + source.suffix();
        Storage storage = new GoogleClients(endpoints).storage();
        Upload upload = upload(source, endpoints.dropBucket(), object, storage, terminal);
        return follow(upload, endpoints, storage, terminal, named);
    }

    private Endpoints running(Terminal terminal) {
        Installation installation = bench.installation(terminal);
        Optional<Endpoints> running = installation.running();
        if (running.isPresent()) {
            return running.get();
        }
        terminal.line("slipway is not up; starting it");
        return installation.up(UpSettings.defaults());
    }

    private String prefix(Endpoints endpoints) {
        if (region == null) {
            return "";
        }
        if (!endpoints.regions().contains(region)) {
            throw Problem.usage(
                    Shown.of(region) + " is none of this installation's regions",
                    "Choose one of " + String.join(", ", endpoints.regions()) + ".");
        }
        return region + "/";
    }

    private static Upload upload(
            Source source, String bucket, String object, Storage storage, Terminal terminal) {
        Upload upload;
        if (source.folder()) {
            try (PackedFolder packed = PackedFolder.of(source.path())) {
                terminal.line("packed " + source.path() + " (" + packed.files() + " files)");
                upload = Upload.of(packed.archive(), bucket, object, storage);
            }
        } else {
            upload = Upload.of(source.path(), bucket, object, storage);
        }
        terminal.line("uploaded " + upload.uri());
        return upload;
    }

    private int follow(
            Upload upload,
            Endpoints endpoints,
            Storage storage,
            Terminal terminal,
            NamedService named) {
        Thread interrupted =
                Thread.ofPlatform().unstarted(() -> leave(terminal, named.service().value()));
        Runtime.getRuntime().addShutdownHook(interrupted);
        try {
            Follow.End end =
                    new Follow(
                                    upload,
                                    new BucketAnswer(storage, upload.bucket(), upload.object()),
                                    () -> silent(endpoints),
                                    terminal,
                                    bench.clock(),
                                    bench.pause())
                            .untilDone(timeout);
            return tell(end, terminal, named.service().value());
        } finally {
            forget(interrupted);
        }
    }

    private static void forget(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException _) {
            // it runs already, and ends the process
        }
    }

    private int tell(Follow.End end, Terminal terminal, String name) {
        return switch (end) {
            case Follow.End.Finished(Answer answer) -> {
                terminal.line("");
                AnswerText.ending(answer).forEach(terminal::line);
                yield answer.outcome() != null && answer.outcome().succeeded()
                        ? WELL
                        : OTHER_OUTCOME;
            }
            case Follow.End.Overwritten(Answer newer) -> {
                terminal.line(
                        "a newer drop of " + Shown.of(newer.object()) + " took this one's place");
                yield OTHER_OUTCOME;
            }
            case Follow.End.StillGoing() -> {
                terminal.line(goingOn("nothing was heard for " + timeout.toSeconds() + " s", name));
                yield NOT_FOLLOWED;
            }
        };
    }

    /** Ctrl-C: the process is ending already, with a code that is not ours. */
    private static void leave(Terminal terminal, String name) {
        terminal.line(goingOn("interrupted", name));
        Runtime.getRuntime().halt(NOT_FOLLOWED);
    }

    private static String goingOn(String why, String name) {
        return why + "; the deployment goes on: ./slipway status " + name + " tells where it is";
    }

    private static String silent(Endpoints endpoints) {
        return "waiting for upload-worker to take the archive; "
                + endpoints
                        .worker("upload-worker")
                        .map(worker -> new Health().of(worker))
                        .map(
                                health ->
                                        health.ready()
                                                ? "it is ready"
                                                : "it is not ready: "
                                                        + String.join("; ", health.missing()))
                        .orElse("it was never started: ./slipway up starts it");
    }
}
