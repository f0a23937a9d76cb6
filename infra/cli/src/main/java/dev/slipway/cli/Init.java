package dev.slipway.cli;

import dev.slipway.cli.init.Language;
import dev.slipway.cli.init.Starter;
import dev.slipway.cli.init.Starter.Trigger;
import dev.slipway.cli.installation.Endpoints;
import dev.slipway.cli.terminal.Problem;
import dev.slipway.cli.terminal.Terminal;
import dev.slipway.contracts.Shown;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes a folder to begin with. */
@Command(
        name = "init",
        mixinStandardHelpOptions = true,
        description = {
            "Writes a folder to begin with: a function, its build file and a slipway.yaml that says"
                    + " what can stand in it. Nothing is overwritten.",
            "Exit code: 0 written, 1 not, 2 wrong usage or something is there already."
        },
        footer = {
            "",
            "Examples:",
            "  ./slipway init hello",
            "  ./slipway init --language java hello-java",
            "  ./slipway init --trigger topic --from orders order-taker",
            "  ./slipway init --trigger bucket --from photos thumbnails"
        })
final class Init implements Runnable {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._~+%-]{2,221}");

    private final Workbench bench;

    @Mixin private final AsJson json = new AsJson();

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "FOLDER",
            defaultValue = "hello",
            description = "Where to write it; its name becomes the service's (${DEFAULT-VALUE}).")
    private Path folder = Path.of("hello");

    @Option(
            names = "--language",
            paramLabel = "LANGUAGE",
            defaultValue = "node",
            description = "node or java (${DEFAULT-VALUE}).")
    private Language language = Language.NODE;

    @Option(
            names = "--trigger",
            paramLabel = "TRIGGER",
            defaultValue = "http",
            description = "What calls it: http, topic or bucket (${DEFAULT-VALUE}).")
    private Trigger trigger = Trigger.HTTP;

    @Option(
            names = "--from",
            paramLabel = "NAME",
            description = "The topic or the bucket whose events call it; SERVICE-events.")
    private @Nullable String from;

    Init(Workbench bench) {
        this.bench = bench;
    }

    /** What is printed as JSON. */
    record Document(String folder, List<String> files, List<String> next) {}

    @Override
    public void run() {
        Terminal terminal = json.terminal(bench);
        Path place = folder.toAbsolutePath().normalize();
        if (place.getFileName() == null) {
            throw Problem.usage("the root of the file system has no name", "Name a folder.");
        }
        String source = from == null ? place.getFileName() + "-events" : from;
        if (trigger == Trigger.HTTP && from != null) {
            throw Problem.usage(
                    "--from names a topic or a bucket, and HTTP requests come from neither",
                    "Add --trigger topic or --trigger bucket.");
        }
        if (trigger != Trigger.HTTP && !NAME.matcher(source).matches()) {
            throw Problem.usage(
                    Shown.of(source) + " is no name of a topic or a bucket",
                    "Name it with --from NAME: letters, digits, - and _, 3 at least.");
        }
        List<String> files = new Starter(language, trigger, source).write(place);
        List<String> next = next(source);
        if (json.asked()) {
            AsJson.print(bench, new Document(place.toString(), files, next));
            return;
        }
        files.forEach(file -> terminal.line("wrote " + folder.resolve(file)));
        terminal.line("");
        terminal.line("Next:");
        next.forEach(line -> terminal.line("  " + line));
    }

    private List<String> next(String source) {
        List<String> next = new ArrayList<>();
        if (trigger != Trigger.HTTP) {
            next.add("eval \"$(./slipway up --env)\"");
        }
        switch (trigger) {
            case HTTP -> {}
            case TOPIC ->
                    next.add(
                            "curl -X PUT -H 'Content-Type: application/json' -d '{}'"
                                    + " \"$SLIPWAY_ENDPOINT/pubsub/v1/projects/"
                                    + Endpoints.PROJECT
                                    + "/topics/"
                                    + source
                                    + "\"");
            case BUCKET ->
                    next.add(
                            "curl -H 'Content-Type: application/json' -d '{\"name\": \""
                                    + source
                                    + "\"}' \"$SLIPWAY_ENDPOINT/storage/v1/b?project="
                                    + Endpoints.PROJECT
                                    + "\"");
        }
        next.add("./slipway drop " + folder);
        return next;
    }
}
