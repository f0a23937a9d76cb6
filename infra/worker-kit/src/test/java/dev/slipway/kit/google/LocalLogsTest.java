package dev.slipway.kit.google;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@SuppressWarnings("NullAway.Init") // set before each test
class LocalLogsTest {
    private HttpServer server;
    private LocalLogs logs;
    private String log = "";

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext(
                "/log",
                exchange -> {
                    byte[] body = log.getBytes(StandardCharsets.UTF_8);
                    exchange.sendResponseHeaders(200, body.length == 0 ? -1 : body.length);
                    exchange.getResponseBody().write(body);
                    exchange.close();
                });
        server.start();
        logs = new LocalLogs(URI.create(at("")));
    }

    @AfterEach
    void stop() {
        logs.close();
        server.stop(0);
    }

    private String at(String path) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + path;
    }

    private static String lines(int count) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(number -> "line " + number)
                .collect(Collectors.joining("\n"));
    }

    @Test
    void readsTheLastTwentyLines() {
        log = lines(25);

        assertThat(logs.lastLines(at("/log"))).hasSize(20).startsWith("line 6").endsWith("line 25");
    }

    @Test
    void readsTheEndOfALongLog() {
        log = lines(50_000);

        assertThat(logs.lastLines(at("/log"))).hasSize(20).endsWith("line 50000");
    }

    @Test
    void whatIsNotOnTheLocalCloudIsNotFetched() {
        log = "line";
        int other = server.getAddress().getPort() == 65535 ? 1 : server.getAddress().getPort() + 1;

        assertThat(logs.lastLines("http://127.0.0.1:" + other + "/log")).isEmpty();
        assertThat(logs.lastLines("https://console.cloud.google.com/cloud-build/builds/b"))
                .isEmpty();
        assertThat(logs.lastLines("not a url")).isEmpty();
    }

    @Test
    void aLogThatIsNotThereIsEmpty() {
        assertThat(logs.lastLines(at("/other"))).isEmpty();
    }
}
