package dev.slipway.local;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** An HTTP server that keeps what it was sent, and answers as the test decides. */
public final class Inbox implements AutoCloseable {
    /** A request; header names are in lower case. */
    public record Received(
            String method, String target, Map<String, String> headers, String body, long nanos) {
        /** The header of this name; empty where it is absent. */
        public String header(String name) {
            return headers.getOrDefault(name, "");
        }
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Received> all = new CopyOnWriteArrayList<>();
    private final AtomicInteger open = new AtomicInteger();
    private final AtomicInteger mostOpen = new AtomicInteger();
    private volatile Function<Received, Integer> answer = _ -> 204;

    /** One on this port; 0 takes a free one. */
    public Inbox(int port) throws IOException {
        server =
                HttpServer.create(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 200);
        server.setExecutor(threads);
        server.createContext("/", this::take);
        server.start();
    }

    /** Answers with this status from now on. */
    public void answers(Function<Received, Integer> status) {
        answer = status;
    }

    private void take(HttpExchange exchange) throws IOException {
        mostOpen.accumulateAndGet(open.incrementAndGet(), Math::max);
        try (exchange) {
            Map<String, String> headers = new TreeMap<>();
            exchange.getRequestHeaders()
                    .forEach((name, values) -> headers.put(lower(name), values.getFirst()));
            Received received =
                    new Received(
                            exchange.getRequestMethod(),
                            exchange.getRequestURI().toString(),
                            headers,
                            new String(exchange.getRequestBody().readAllBytes(), UTF_8),
                            System.nanoTime());
            all.add(received);
            int status = answer.apply(received);
            open.decrementAndGet();
            exchange.sendResponseHeaders(status, -1);
        }
    }

    private static String lower(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    /** Everything so far, in the order of its arrival. */
    public List<Received> all() {
        return all;
    }

    /** How many requests there were at once, at the most. */
    public int mostAtOnce() {
        return mostOpen.get();
    }

    /** The server's port. */
    public int port() {
        return server.getAddress().getPort();
    }

    /** Its address, without a slash at its end. */
    public String url() {
        return "http://localhost:" + port();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.close();
    }
}
