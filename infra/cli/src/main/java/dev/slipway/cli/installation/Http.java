package dev.slipway.cli.installation;

import java.net.http.HttpClient;
import java.time.Duration;

/** How this command speaks HTTP where Google has no client for it. */
public final class Http {
    private static final Duration CONNECTED_WITHIN = Duration.ofSeconds(10);
    private static final Duration CLOSED_WITHIN = Duration.ofMillis(200);

    private static final HttpClient CLIENT = closedAtTheEnd(client(CONNECTED_WITHIN));

    private Http() {}

    /** The one for all that answers soon or not at all. */
    public static HttpClient client() {
        return CLIENT;
    }

    /** One that waits for a connection as long as this. */
    public static HttpClient patient(Duration connectedWithin) {
        return closedAtTheEnd(client(connectedWithin));
    }

    private static HttpClient client(Duration connectedWithin) {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(connectedWithin)
                .build();
    }

    /** A JVM that ends waits 300 ms for threads in native code, where a client's own mostly is. */
    private static HttpClient closedAtTheEnd(HttpClient client) {
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(() -> close(client)));
        return client;
    }

    private static void close(HttpClient client) {
        client.shutdownNow();
        try {
            boolean _ = client.awaitTermination(CLOSED_WITHIN);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
