package dev.slipway.cli.services;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.slipway.cli.installation.Cloud;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** An HTTP server that answers paths as a test says, and notes what it was asked. */
public final class GivenCloud implements AutoCloseable {
    private final HttpServer server;
    private final Map<String, String> answers = new ConcurrentHashMap<>();
    private final List<String> asked = new ArrayList<>();
    private final Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

    /** A running one that knows nothing. */
    public GivenCloud() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    /** Its address. */
    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** A cloud all of whose APIs are here. */
    public Cloud cloud() {
        return Cloud.Google.of(
                "my-project",
                "slipway",
                null,
                Map.of("STORAGE_EMULATOR_HOST", url(), "SLIPWAY_ENDPOINT", url()));
    }

    /** Answers this path so. */
    public void at(String path, String body) {
        answers.put(path, body);
    }

    /** The requests, as method, path and body. */
    public List<String> asked() {
        return asked;
    }

    /** The headers of the last request. */
    public Map<String, String> headers() {
        return headers;
    }

    private void answer(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        asked.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " " + body);
        headers.clear();
        exchange.getRequestHeaders()
                .forEach((name, values) -> headers.put(name, String.join(",", values)));
        String known = answers.get(exchange.getRequestURI().getPath());
        byte[] text =
                (known == null ? "{\"error\": {\"message\": \"not here\"}}" : known)
                        .getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(known == null ? 404 : 200, text.length);
        exchange.getResponseBody().write(text);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
