package dev.slipway.kit.google;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jboss.logging.Logger;

/**
 * What builds and revisions printed, over plain HTTP from the local cloud alone: on Google Cloud a
 * log's URL is a page for people.
 */
public final class LocalLogs implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(LocalLogs.class);
    private static final Duration WITHIN = Duration.ofSeconds(10);
    private static final int MOST_LINES = 20;
    private static final int CHUNK_BYTES = 64 * 1024;
    private static final int MOST_CHUNKS = 256;

    private final URI endpoint;
    private final HttpClient client = HttpClient.newBuilder().connectTimeout(WITHIN).build();

    /** Logs of the local cloud at this address. */
    public LocalLogs(URI endpoint) {
        this.endpoint = endpoint;
    }

    /**
     * The last 20 lines there; none where the address is not the local cloud's, or cannot be read.
     */
    public List<String> lastLines(String logUrl) {
        try {
            URI uri = new URI(logUrl);
            return isOn(endpoint, uri) ? fetch(uri) : List.of();
        } catch (Exception e) {
            if (e instanceof InterruptedException) {
                Thread.currentThread().interrupt();
            }
            LOG.debugf("log=%s cannot be read: %s", logUrl, e.getMessage());
            return List.of();
        }
    }

    private static boolean isOn(URI local, URI log) {
        return Objects.equals(local.getScheme(), log.getScheme())
                && local.getPort() == log.getPort()
                && isLoopback(log.getHost());
    }

    private static boolean isLoopback(String host) {
        return "127.0.0.1".equals(host) || "localhost".equals(host);
    }

    private List<String> fetch(URI uri) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(uri).timeout(WITHIN).GET().build();
        HttpResponse<InputStream> response =
                client.send(request, HttpResponse.BodyHandlers.ofInputStream());
        try (InputStream body = response.body()) {
            return response.statusCode() == 200 ? lastLines(body) : List.of();
        }
    }

    private static List<String> lastLines(InputStream body) throws IOException {
        List<String> lines = lastText(body).lines().toList();
        return lines.subList(Math.max(0, lines.size() - MOST_LINES), lines.size());
    }

    /** The last one or two chunks of what is read. */
    private static String lastText(InputStream body) throws IOException {
        byte[] before = new byte[0];
        byte[] last = body.readNBytes(CHUNK_BYTES);
        for (int chunks = 1; last.length == CHUNK_BYTES && chunks < MOST_CHUNKS; chunks++) {
            before = last;
            last = body.readNBytes(CHUNK_BYTES);
        }
        byte[] text = Arrays.copyOf(before, before.length + last.length);
        System.arraycopy(last, 0, text, before.length, last.length);
        return new String(text, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        client.close();
    }
}
