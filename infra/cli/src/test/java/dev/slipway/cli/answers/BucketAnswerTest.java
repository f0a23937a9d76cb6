package dev.slipway.cli.answers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.cloud.NoCredentials;
import com.google.cloud.ServiceOptions;
import com.google.cloud.storage.StorageException;
import com.google.cloud.storage.StorageOptions;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.slipway.contracts.Answer;
import dev.slipway.contracts.Answer.State;
import dev.slipway.contracts.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Google's client, against a bucket with one answer in it. */
@SuppressWarnings("NullAway.Init") // set before each test
class BucketAnswerTest {
    private final List<String> paths = new CopyOnWriteArrayList<>();
    private volatile byte[] body = new byte[0];
    private final AtomicLong generation = new AtomicLong();
    private volatile int status = 200;
    private HttpServer http;
    private BucketAnswer answer;

    @BeforeEach
    void serve() throws IOException {
        http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        http.createContext("/", this::answer);
        http.start();
        answer =
                new BucketAnswer(
                        StorageOptions.newBuilder()
                                .setProjectId("p")
                                .setHost("http://127.0.0.1:" + http.getAddress().getPort())
                                .setCredentials(NoCredentials.getInstance())
                                .setRetrySettings(ServiceOptions.getNoRetrySettings())
                                .build()
                                .getService(),
                        "drop",
                        "hello.zip");
    }

    @AfterEach
    void stop() {
        http.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String query = String.valueOf(exchange.getRequestURI().getQuery());
        paths.add(exchange.getRequestURI().getPath());
        boolean media = query.contains("alt=media");
        boolean known = query.contains("ifGenerationNotMatch=" + generation.get());
        int code = status != 200 ? status : generation.get() == 0 ? 404 : known ? 304 : 200;
        byte[] sent = code != 200 ? new byte[0] : media ? body : metadata();
        exchange.getResponseHeaders().set("content-type", "application/json");
        exchange.sendResponseHeaders(code, sent.length == 0 ? -1 : sent.length);
        exchange.getResponseBody().write(sent);
        exchange.close();
    }

    private byte[] metadata() {
        return """
                {"kind":"storage#object","bucket":"drop","name":"status/hello.zip.json",
                 "generation":"%d","size":"%d"}
                """
                .formatted(generation.get(), body.length)
                .getBytes(StandardCharsets.UTF_8);
    }

    private void stands(Answer next) {
        body = Json.write(next);
        generation.incrementAndGet();
    }

    @Test
    void readsTheObjectBesideTheDropAndNothingElse() {
        stands(Given.at(State.VERIFIED));

        assertThat(answer.news()).contains(Given.at(State.VERIFIED));
        assertThat(paths)
                .hasSize(2)
                .allMatch(path -> path.endsWith("/b/drop/o/status/hello.zip.json"));
    }

    @Test
    void isNoNewsUntilThereIsAnAnswer() {
        assertThat(answer.news()).isEmpty();
    }

    @Test
    void readsAnAnswerOnceAndTheNextOneAgain() {
        stands(Given.at(State.VERIFIED));
        assertThat(answer.news()).isPresent();
        int asked = paths.size();

        assertThat(answer.news()).isEmpty();
        assertThat(paths).hasSize(asked + 1);

        stands(Given.live());
        assertThat(answer.news()).contains(Given.live());
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{", "null", "hello"})
    void somebodysOwnFileIsNoNews(String text) {
        body = text.getBytes(StandardCharsets.UTF_8);
        generation.incrementAndGet();

        assertThat(answer.news()).isEmpty();
    }

    @Test
    void aBucketThatIsBusyIsAskedAgain() {
        stands(Given.live());
        status = 503;
        assertThat(answer.news()).isEmpty();

        status = 200;
        assertThat(answer.news()).contains(Given.live());
    }

    @Test
    void aBucketThatForbidsItIsAProblem() {
        status = 403;

        assertThatThrownBy(answer::news).isInstanceOf(StorageException.class);
    }
}
