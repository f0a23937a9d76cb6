package dev.slipway.ledger.google;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.NoCredentials;
import com.google.cloud.storage.StorageOptions;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.slipway.ledger.google.OneRequestRead.Answer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Against a server that answers what a test says; the local cloud's tests have the rest. */
class OneRequestReadTest {
    private static final Instant WRITTEN = Instant.parse("2026-01-01T12:00:00.789Z");
    private static final long GENERATION = WRITTEN.toEpochMilli() * 1000 + 42;
    private static final Map<String, String> WHOLE =
            Map.of(
                    "x-goog-generation",
                    Long.toString(GENERATION),
                    "x-goog-stored-content-length",
                    "1",
                    "Last-Modified",
                    "Thu, 01 Jan 2026 12:00:00 GMT");

    private HttpServer server;
    private int status = 200;
    private Map<String, String> headers = WHOLE;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/storage/v1/b/ledger/o/", this::answer);
        server.start();
    }

    private void answer(HttpExchange exchange) throws IOException {
        headers.forEach(exchange.getResponseHeaders()::set);
        exchange.sendResponseHeaders(status, 1);
        exchange.getResponseBody().write('1');
        exchange.close();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private Answer read() {
        StorageOptions options =
                StorageOptions.newBuilder()
                        .setHost("http://127.0.0.1:" + server.getAddress().getPort())
                        .setProjectId("p")
                        .setCredentials(NoCredentials.getInstance())
                        .build();
        return new OneRequestRead(options, "ledger").read("open/d");
    }

    @Test
    void readsBodyGenerationAndTimeAtOnce() {
        assertThat(read())
                .isInstanceOfSatisfying(
                        Answer.Found.class,
                        found -> {
                            assertThat(found.stored().body()).isEqualTo(new byte[] {'1'});
                            assertThat(found.stored().generation()).isEqualTo(GENERATION);
                            assertThat(found.stored().updated()).isEqualTo(WRITTEN);
                        });
    }

    @Test
    void believesAGenerationOnlyWhereItAgreesWithTheTime() {
        Instant modified = Instant.parse("2026-01-01T12:00:00Z");

        assertThat(OneRequestRead.updated(7, modified)).isEqualTo(modified);
        assertThat(OneRequestRead.updated(GENERATION + 5_000_000, modified)).isEqualTo(modified);
        assertThat(OneRequestRead.updated(GENERATION, modified)).isEqualTo(WRITTEN);
    }

    @Test
    void knowsThatNothingIsThere() {
        status = 404;

        assertThat(read()).isEqualTo(new Answer.Absent());
    }

    @Test
    void leavesWhatIsUnclearToGooglesClient() {
        status = 503;
        assertThat(read()).isEqualTo(new Answer.Unclear());

        status = 200;
        headers = Map.of();
        assertThat(read()).isEqualTo(new Answer.Unclear());
    }

    @Test
    void aStoreThatWantsToBeLeftAloneIsNotAskedAtOnceByGooglesClient() {
        status = 429;
        headers = Map.of();
        assertThat(read()).isEqualTo(new Answer.Busy(429, Duration.ZERO));

        status = 503;
        headers = Map.of("Retry-After", "7");
        assertThat(read()).isEqualTo(new Answer.Busy(503, Duration.ofSeconds(7)));
    }

    @Test
    void doesNotTakeATornObjectForAWholeOne() {
        headers = new HashMap<>(WHOLE);
        headers.put("x-goog-stored-content-length", "2");

        assertThat(read()).isEqualTo(new Answer.Unclear());
    }

    @Test
    void leavesABrokenConnectionToGooglesClient() {
        server.stop(0);

        assertThat(read()).isEqualTo(new Answer.Unclear());
    }
}
