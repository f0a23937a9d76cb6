package dev.slipway.cli.services;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.cli.services.Caller.Request;
import dev.slipway.cli.terminal.Problem;
import dev.slipway.contracts.ServiceKey;
import dev.slipway.contracts.ServiceName;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@SuppressWarnings("NullAway.Init") // set before each test
class CallerTest {
    private static final ServiceKey HELLO =
            new ServiceKey("europe-west1", new ServiceName("hello"));

    private GivenCloud here;
    private Caller caller;

    @BeforeEach
    void start() throws IOException {
        here = new GivenCloud();
        caller = new Caller(here.cloud(), Duration.ofSeconds(10));
    }

    @AfterEach
    void stop() {
        here.close();
    }

    private Service at(String url) {
        return new Service(HELLO, url, List.of("hello-1"), "hello-1", false);
    }

    private static Request get(String path, Map<String, String> headers) {
        return new Request("GET", path, headers, new byte[0]);
    }

    @Test
    void sendsWhatItIsGivenAndNoTokenWhereTheCallerIsTheOwner() throws IOException {
        here.at("/greet", "hi");
        Request request =
                new Request(
                        "PATCH",
                        "/greet?a=1",
                        Map.of("X-Own", "mine"),
                        "body".getBytes(StandardCharsets.UTF_8));

        try (InputStream body = caller.call(at(here.url()), request).body()) {
            assertThat(new String(body.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo("hi");
        }
        assertThat(here.asked()).containsExactly("PATCH /greet?a=1 body");
        assertThat(here.headers())
                .containsEntry("X-Own", "mine")
                .doesNotContainKey("Authorization");
    }

    @Test
    void givesBackWhateverStatusIsAnswered() {
        assertThat(caller.call(at(here.url()), get("/nowhere", Map.of())).statusCode())
                .isEqualTo(404);
    }

    @Test
    void headersOfTheEventGiveWayToThoseThatWereTyped() {
        Event event = new Event(Map.of("type", "t"), "application/json", new byte[0]);

        Request request = Request.of(event, "/", Map.of("content-type", "text/plain"));

        assertThat(request.headers())
                .hasSize(2)
                .containsEntry("ce-type", "t")
                .containsEntry("Content-Type", "text/plain");
    }

    @Test
    void saysWhichServiceDoesNotAnswer() {
        String gone = here.url();
        here.close();

        assertThatThrownBy(() -> caller.call(at(gone), get("/", Map.of())))
                .isInstanceOf(Problem.class)
                .hasMessage("hello at " + gone + " cannot be reached");
    }

    @Test
    void refusesWhatCannotBeSent() {
        assertThatThrownBy(() -> caller.call(at(here.url()), get("/a b", Map.of())))
                .isInstanceOf(Problem.class)
                .hasMessageStartingWith("cannot send this: ");
        assertThatThrownBy(() -> caller.call(at(here.url()), get("/", Map.of("Host", "evil"))))
                .isInstanceOf(Problem.class)
                .hasMessageStartingWith("cannot send this: ");
        assertThatThrownBy(() -> caller.call(at(""), get("/", Map.of())))
                .isInstanceOf(Problem.class)
                .hasMessage("hello has no address yet");
    }
}
