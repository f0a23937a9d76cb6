package dev.slipway.cli.logs;

import dev.slipway.cli.installation.Http;
import dev.slipway.cli.terminal.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A log of the local cloud: plain text, whole at each asking, of which the oldest part may go. */
public final class LocalLog implements Log {
    private static final Duration WITHIN = Duration.ofSeconds(10);
    private static final int OK = 200;
    private static final int LARGEST_BYTES = 16 << 20;
    private static final int RECOGNISED = 500;

    private final String url;
    private final int limit;
    private String seen = "";
    private boolean begun;

    /**
     * The log at this address.
     *
     * @param limit how many lines of what stands there at first
     */
    public LocalLog(String url, int limit) {
        this.url = url;
        this.limit = limit;
    }

    @Override
    public List<String> news() {
        String whole = read();
        String complete = whole.substring(0, whole.lastIndexOf('\n') + 1);
        List<String> lines = after(seen, complete).lines().toList();
        seen = complete;
        boolean first = !begun;
        begun = true;
        return first ? lines.subList(Math.max(0, lines.size() - limit), lines.size()) : lines;
    }

    /** What follows in {@code now} on {@code before}, whose beginning may have gone. */
    static String after(String before, String now) {
        if (now.startsWith(before)) {
            return now.substring(before.length());
        }
        String last = before.substring(Math.max(0, before.length() - RECOGNISED));
        int found = now.lastIndexOf(last);
        return found < 0 ? now : now.substring(found + last.length());
    }

    private String read() {
        try {
            HttpRequest request =
                    HttpRequest.newBuilder(URI.create(url)).timeout(WITHIN).GET().build();
            HttpResponse<InputStream> answer =
                    Http.client().send(request, BodyHandlers.ofInputStream());
            try (InputStream body = answer.body()) {
                String text = new String(body.readNBytes(LARGEST_BYTES), StandardCharsets.UTF_8);
                if (answer.statusCode() == OK) {
                    return text;
                }
                throw failed("it answered " + answer.statusCode(), null);
            }
        } catch (IOException | IllegalArgumentException e) {
            throw failed(String.valueOf(e.getMessage()), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failed("interrupted", e);
        }
    }

    private Problem failed(String why, @Nullable Exception e) {
        String what = "cannot read the log " + url + ": " + why;
        String next = "Look at ./slipway status, then try again.";
        return e == null ? Problem.failed(what, next) : Problem.failed(what, next, e);
    }
}
