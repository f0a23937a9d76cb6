package dev.slipway.ledger.google;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.api.client.http.HttpHeaders;
import com.google.cloud.NoCredentials;
import com.google.cloud.storage.StorageOptions;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.slipway.ledger.Backoff;
import dev.slipway.ledger.ObjectStore;
import dev.slipway.ledger.StoreUnavailable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Google's own client against a server that says when to come again. */
@SuppressWarnings("NullAway.Init") // set before each test
class RetryAfterTest {
    private static final byte[] WRITTEN =
            """
            {"kind":"storage#object","bucket":"ledger","name":"open/d","generation":"7",
             "updated":"2026-01-01T12:00:00.000Z"}
            """
                    .getBytes(StandardCharsets.UTF_8);

    private final AtomicInteger requests = new AtomicInteger();
    private final AtomicInteger refusals = new AtomicInteger();
    private volatile int status = 503;
    private volatile @Nullable String retryAfter = "7";
    private HttpServer server;
    private ObjectStore store;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
        store =
                new CloudStorageObjectStore(
                        StorageOptions.newBuilder()
                                .setHost("http://127.0.0.1:" + server.getAddress().getPort())
                                .setProjectId("p")
                                .setCredentials(NoCredentials.getInstance())
                                .setStorageRetryStrategy(new UnlessAskedToPause())
                                .build()
                                .getService(),
                        "ledger");
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        requests.incrementAndGet();
        exchange.getRequestBody().readAllBytes();
        boolean refused = refusals.getAndUpdate(left -> Math.max(0, left - 1)) > 0;
        byte[] body = refused ? new byte[0] : WRITTEN;
        if (refused && retryAfter != null) {
            exchange.getResponseHeaders().set("Retry-After", retryAfter);
        }
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(refused ? status : 200, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private List<Duration> pauses(long seed, Consumer<ObjectStore> call) {
        List<Duration> pauses = new CopyOnWriteArrayList<>();
        Backoff backoff = new Backoff(pauses::add, new Random(seed));
        backoff.whileBusy(
                () -> {
                    call.accept(store);
                    return true;
                });
        return pauses;
    }

    static Stream<Arguments> calls() {
        return Stream.of(429, 500, 502, 503, 504)
                .flatMap(
                        status ->
                                Stream.<Consumer<ObjectStore>>of(
                                                it -> it.create("open/d", new byte[] {1}),
                                                it -> it.swap("open/d", 6, new byte[] {1}),
                                                it -> it.delete("open/d", 6),
                                                it -> it.list("open/", 10),
                                                it -> it.get("open/d"))
                                        .map(call -> Arguments.of(status, call)));
    }

    @ParameterizedTest
    @MethodSource("calls")
    void isWaitedForByUsAndNotOverrunByGooglesClient(int answered, Consumer<ObjectStore> call) {
        status = answered;
        refusals.set(2);

        List<Duration> pauses = pauses(1, call);

        assertThat(pauses)
                .hasSize(2)
                .allMatch(pause -> pause.compareTo(Duration.ofSeconds(7)) > 0)
                .allMatch(pause -> pause.compareTo(Duration.ofSeconds(7).plusMillis(160)) <= 0);
    }

    @Test
    void whoWereAskedTogetherDoNotComeTogether() {
        refusals.set(3);
        List<Duration> mine = pauses(1, it -> it.create("open/d", new byte[] {1}));
        refusals.set(3);
        List<Duration> theirs = pauses(2, it -> it.create("open/d", new byte[] {1}));

        assertThat(mine).hasSize(3).doesNotContainAnyElementsOf(theirs);
        assertThat(requests).hasValue(8);
    }

    @Test
    void isNotFollowedForEver() {
        retryAfter = "3600";
        refusals.set(1);

        assertThat(pauses(1, it -> it.create("open/d", new byte[] {1})))
                .singleElement()
                .matches(pause -> pause.compareTo(Duration.ofSeconds(31)) < 0)
                .matches(pause -> pause.compareTo(Duration.ofSeconds(30)) > 0);
    }

    @Test
    void isToldToWhoeverDoesNotWait() {
        refusals.set(1);

        assertThatThrownBy(() -> store.create("open/d", new byte[] {1}))
                .isInstanceOfSatisfying(
                        StoreUnavailable.class,
                        e -> {
                            assertThat(e.busy()).isTrue();
                            assertThat(e.retryAfter()).isEqualTo(Duration.ofSeconds(7));
                        });
        assertThat(requests).hasValue(1);
    }

    @Test
    void whereItIsNotSaidGooglesClientTriesAgainAsUsual() {
        retryAfter = null;
        refusals.set(1);

        assertThat(pauses(1, it -> it.create("open/d", new byte[] {1}))).isEmpty();
        assertThat(requests).hasValue(2);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "503, 120, -, PT2M",
                "429, ' 1 ', -, PT1S",
                "503, 0, -, PT0S",
                "503, '', -, PT0S",
                "503, -5, -, PT0S",
                "503, soon, -, PT0S",
                "503, 99999999999999999999, -, PT0S",
                "503, 9999999999, -, PT24H",
                "503, 'Thu, 01 Jan 2026 12:00:30 GMT', 'Thu, 01 Jan 2026 12:00:00 GMT', PT30S",
                "503, 'Thu, 01 Jan 2026 11:00:00 GMT', 'Thu, 01 Jan 2026 12:00:00 GMT', PT0S",
                "503, 'Thu, 01 Jan 2026 12:00:30 GMT', -, PT0S",
                "503, 'Thu, 01 Jan 2026 12:00:30 GMT', yesterday, PT0S",
                "404, 120, -, PT0S",
                "503, -, -, PT0S"
            })
    void isReadAsSecondsOrAsATimeByTheServersOwnClock(
            int answered, @Nullable String told, @Nullable String date, Duration asked) {
        HttpHeaders headers = new HttpHeaders().setRetryAfter(told).setDate(date);

        assertThat(AskedPause.in(answered, headers)).isEqualTo(asked);
    }
}
