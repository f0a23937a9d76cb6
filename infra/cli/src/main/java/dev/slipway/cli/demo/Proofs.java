package dev.slipway.cli.demo;

import dev.slipway.cli.installation.Cloud;
import dev.slipway.cli.logs.LocalLog;
import dev.slipway.cli.logs.Log;
import dev.slipway.cli.services.Caller;
import dev.slipway.cli.services.Service;
import dev.slipway.cli.services.Services;
import dev.slipway.cli.terminal.Elapsed;
import dev.slipway.cli.terminal.Problem;
import dev.slipway.cli.terminal.Terminal;
import dev.slipway.contracts.ServiceKey;
import dev.slipway.contracts.Shown;
import dev.slipway.ledger.Pause;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Sends something to services and looks whether it arrived. */
public record Proofs(
        Cloud cloud, Services services, Terminal terminal, InstantSource clock, Pause pause) {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(200);
    private static final int MOST_LINES = 1000;
    private static final int LINES_SHOWN = 20;
    private static final int LARGEST_BYTES = 1 << 16;
    private static final int OK = 200;

    /** Calls a service over HTTP. */
    public Proof called(ServiceKey key) {
        Instant sent = clock.instant();
        terminal.progress("calling " + key.service());
        Service service = services.live(key);
        HttpResponse<InputStream> answer =
                new Caller(cloud, PATIENCE)
                        .call(service, new Caller.Request("GET", "/", Map.of(), new byte[0]));
        try (InputStream body = answer.body()) {
            String text =
                    new String(body.readNBytes(LARGEST_BYTES), StandardCharsets.UTF_8).strip();
            if (answer.statusCode() != OK) {
                throw Problem.failed(
                        key.service() + " answered " + answer.statusCode() + ": " + Shown.of(text),
                        "Read what it says: ./slipway logs " + key.service());
            }
            return new Proof(
                    key.service().value(), "GET " + service.url(), Shown.of(text), since(sent));
        } catch (IOException e) {
            throw Problem.failed(
                    key.service() + " broke off in the middle of its answer: " + e.getMessage(),
                    "Read what it says: ./slipway logs " + key.service(),
                    e);
        }
    }

    /**
     * Waits until a service's log has a line with what was sent.
     *
     * @param sent what, in words
     * @param mark what no earlier line has
     */
    public Proof logged(ServiceKey key, String sent, String mark, Instant at) {
        Log log = log(key);
        List<String> lines = new ArrayList<>();
        while (true) {
            List<String> news = log.news();
            Optional<String> found = news.stream().filter(line -> line.contains(mark)).findFirst();
            if (found.isPresent()) {
                terminal.clear();
                return new Proof(
                        key.service().value(), sent, Shown.of(found.get().strip()), since(at));
            }
            lines.addAll(news);
            if (since(at).compareTo(PATIENCE) > 0) {
                throw silent(key, sent, lines);
            }
            terminal.progress(
                    "waiting for "
                            + key.service()
                            + " to log "
                            + sent
                            + "  "
                            + Elapsed.of(since(at)));
            pause.pause(BETWEEN_LOOKS);
        }
    }

    private Log log(ServiceKey key) {
        String revision = services.live(key).current().getFirst();
        return new LocalLog(
                services.logOf(key, revision)
                        .orElseThrow(
                                () ->
                                        Problem.failed(
                                                "the revision " + revision + " is gone",
                                                "Look at ./slipway status " + key.service())),
                MOST_LINES);
    }

    private static Problem silent(ServiceKey key, String sent, List<String> lines) {
        List<String> last =
                lines.subList(Math.max(0, lines.size() - LINES_SHOWN), lines.size()).stream()
                        .map(line -> "| " + Shown.of(line))
                        .toList();
        return Problem.failed(
                        key.service()
                                + " has not logged "
                                + sent
                                + " within "
                                + PATIENCE.toSeconds()
                                + " s; its log"
                                + (last.isEmpty() ? " is empty" : " ends with"),
                        "Read ./slipway logs "
                                + key.service()
                                + ", and logs/local-cloud.log of the state's directory.")
                .withDetails(last);
    }

    private Duration since(Instant then) {
        return Duration.between(then, clock.instant());
    }
}
