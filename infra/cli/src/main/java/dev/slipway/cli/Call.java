package dev.slipway.cli;

import dev.slipway.cli.installation.Cloud;
import dev.slipway.cli.services.Caller;
import dev.slipway.cli.services.Event;
import dev.slipway.cli.services.Events;
import dev.slipway.cli.services.Service;
import dev.slipway.cli.services.Services;
import dev.slipway.cli.terminal.Problem;
import dev.slipway.contracts.Shown;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Calls a service, or sends it an event. */
@Command(
        name = "call",
        mixinStandardHelpOptions = true,
        description = {
            "Calls a service over HTTP, or sends it an event as a trigger would. The answer's body"
                    + " goes to standard output, its status to standard error. Private services are"
                    + " called as you: the local cloud's owner, or with an identity token.",
            "Exit code: 0 answered with 2xx or 3xx, 1 anything else, 2 wrong usage."
        },
        footer = {
            "",
            "Examples:",
            "  ./slipway call hello-node",
            "  ./slipway call hello-node '/greet?name=Ada' --header 'Accept: text/plain'",
            "  ./slipway call orders /orders --data '{\"item\": 7}' --header 'Content-Type: application/json'",
            "  ./slipway call thumbnails --event storage --data gs://photos/cat.jpg",
            "  ./slipway call orders --event pubsub --data 'order 7'",
            "  ./slipway call audits --event event.json"
        })
final class Call implements Callable<Integer> {
    private static final int LARGEST_BYTES = 32 << 20;
    private static final int LARGEST_JSON_BYTES = 1 << 20;
    private static final int MULTIPLE_CHOICES_END = 400;
    private static final int OK = 200;

    private final Workbench bench;

    @Mixin private final Where where = new Where();
    @Mixin private final AsJson json = new AsJson();

    @Parameters(index = "0", paramLabel = "SERVICE", description = "Its name.")
    private String service = "";

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "PATH",
            description = "The path, with a query if you like; /.")
    private String path = "/";

    @Option(
            names = {"-X", "--method"},
            paramLabel = "METHOD",
            description = "GET, or POST where there is data.")
    private @Nullable String method;

    @Option(
            names = {"-d", "--data"},
            paramLabel = "DATA",
            description = {
                "The body; @FILE for a file's content, @- for standard input. It is sent as JSON",
                "where it begins like it, else as text, unless a header says otherwise."
            })
    private @Nullable String data;

    @Option(
            names = {"-H", "--header"},
            paramLabel = "NAME: VALUE",
            description = "A header; may be given several times.")
    private List<String> headers = List.of();

    @Option(
            names = "--event",
            paramLabel = "EVENT",
            description = {
                "Send an event in CloudEvents' binary mode: pubsub (--data is the message), storage"
                        + " (--data is gs://BUCKET/OBJECT, or fields of an object as JSON), or a"
                        + " CloudEvent as JSON, inline or as a file's name."
            })
    private @Nullable String event;

    @Option(
            names = "--topic",
            paramLabel = "TOPIC",
            description = "With --event pubsub: where it was published (${DEFAULT-VALUE}).",
            defaultValue = "example-topic")
    private String topic = "example-topic";

    @Option(names = "--region", paramLabel = "REGION", description = "Where the service is.")
    private @Nullable String region;

    @Option(
            names = "--timeout",
            paramLabel = "DURATION",
            converter = DurationText.class,
            defaultValue = "60s",
            description = "Give up when there is no answer after so long (${DEFAULT-VALUE}).")
    private Duration timeout = Duration.ofMinutes(1);

    Call(Workbench bench) {
        this.bench = bench;
    }

    /**
     * What is printed as JSON.
     *
     * @param millis until the answer's head was there
     * @param body as text, at most 1 MiB
     */
    record Document(
            String url, int status, long millis, Map<String, List<String>> headers, String body) {}

    @Override
    public Integer call() {
        Cloud cloud = where.reachable(bench, json.terminal(bench));
        Services services = new Services(cloud, bench.ledger(cloud));
        Service found = services.live(services.named(service, region));
        Caller.Request request = request(cloud);
        Instant begin = bench.clock().instant();
        HttpResponse<InputStream> answer = new Caller(cloud, timeout).call(found, request);
        long millis = Duration.between(begin, bench.clock().instant()).toMillis();
        tell(answer, millis);
        return answer.statusCode() >= OK && answer.statusCode() < MULTIPLE_CHOICES_END ? 0 : 1;
    }

    private Caller.Request request(Cloud cloud) {
        String onService = path.startsWith("/") ? path : "/" + path;
        Map<String, String> given = given();
        if (event != null) {
            return Caller.Request.of(event(event, cloud), onService, given);
        }
        byte[] body = data == null ? new byte[0] : bytes(data);
        String verb = method != null ? method : data == null ? "GET" : "POST";
        if (body.length > 0) { // without a type, frameworks pass the body over
            boolean json = body[0] == '{' || body[0] == '[';
            given.putIfAbsent(
                    "Content-Type", json ? "application/json" : "text/plain; charset=utf-8");
        }
        return new Caller.Request(verb.toUpperCase(Locale.ROOT), onService, given, body);
    }

    private Event event(String wanted, Cloud cloud) {
        Instant now = bench.clock().instant();
        Events events = new Events(cloud, now, Long.toString(now.toEpochMilli() * 1_000_000));
        return switch (wanted) {
            case "pubsub" -> events.pubsub(topic, data == null ? new byte[0] : bytes(data));
            case "storage" ->
                    events.storage(
                            data == null ? "" : new String(bytes(data), StandardCharsets.UTF_8));
            default -> Event.parse(inlineOrFile(wanted));
        };
    }

    private static byte[] inlineOrFile(String wanted) {
        return wanted.stripLeading().startsWith("{")
                ? wanted.getBytes(StandardCharsets.UTF_8)
                : file(wanted);
    }

    private static byte[] bytes(String given) {
        if (!given.startsWith("@")) {
            return given.getBytes(StandardCharsets.UTF_8);
        }
        return given.equals("@-") ? standardInput() : file(given.substring(1));
    }

    private static byte[] standardInput() {
        try {
            return limited(System.in.readNBytes(LARGEST_BYTES + 1), "standard input");
        } catch (IOException e) {
            throw Problem.failed(
                    "standard input cannot be read: " + e.getMessage(), "Try it again.", e);
        }
    }

    private static byte[] file(String name) {
        try (InputStream in = Files.newInputStream(Path.of(name))) {
            return limited(in.readNBytes(LARGEST_BYTES + 1), name);
        } catch (IOException | InvalidPathException e) {
            throw Problem.usage(
                    Shown.of(name) + " is no file that can be read",
                    "Name another one; an event is pubsub, storage, a file or JSON.");
        }
    }

    private static byte[] limited(byte[] read, String from) {
        if (read.length > LARGEST_BYTES) {
            throw Problem.usage(
                    from + " is larger than Cloud Run takes over HTTP/1, " + (32 << 20) + " bytes",
                    "Send less.");
        }
        return read;
    }

    private Map<String, String> given() {
        Map<String, String> given = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (String header : headers) {
            int colon = header.indexOf(':');
            if (colon < 1) {
                throw Problem.usage(
                        "'" + Shown.of(header) + "' is no header",
                        "Write it as --header 'Name: value'.");
            }
            given.merge(
                    header.substring(0, colon).strip(),
                    header.substring(colon + 1).strip(),
                    (one, other) -> one + ", " + other);
        }
        return given;
    }

    private void tell(HttpResponse<InputStream> answer, long millis) {
        try (InputStream body = answer.body()) {
            if (json.asked()) {
                byte[] read = body.readNBytes(LARGEST_JSON_BYTES);
                AsJson.print(
                        bench,
                        new Document(
                                answer.uri().toString(),
                                answer.statusCode(),
                                millis,
                                answer.headers().map(),
                                new String(read, StandardCharsets.UTF_8)));
                return;
            }
            bench.err().println(statusLine(answer) + "  (" + millis + " ms)");
            body.transferTo(bench.out());
            bench.out().flush();
        } catch (IOException e) {
            throw Problem.failed(
                    service + " broke off in the middle of its answer: " + e.getMessage(),
                    "Read what it says: ./slipway logs " + service,
                    e);
        }
    }

    private static String statusLine(HttpResponse<InputStream> answer) {
        String type = answer.headers().firstValue("content-type").map(it -> "  " + it).orElse("");
        return "HTTP " + answer.statusCode() + Shown.of(type);
    }
}
