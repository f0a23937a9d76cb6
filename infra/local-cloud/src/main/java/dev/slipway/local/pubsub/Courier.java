package dev.slipway.local.pubsub;

import com.google.pubsub.v1.PushConfig;
import com.google.pubsub.v1.ReceivedMessage;
import com.google.pubsub.v1.Subscription;
import dev.slipway.local.identity.IdTokens;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Carries messages to endpoints, each on a thread of its own. It follows no redirects. */
final class Courier implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Courier.class);
    private static final Set<Integer> ACCEPTED = Set.of(102, 200, 201, 202, 204);

    private final IdTokens tokens;
    private final ExecutorService tasks = Executors.newVirtualThreadPerTaskExecutor();
    private @Nullable HttpClient client;
    private volatile boolean runs;

    Courier(IdTokens tokens) {
        this.tokens = tokens;
    }

    /** Told how an endpoint answered. */
    interface Answer {
        void accepted(boolean accepted);
    }

    void start() {
        runs = true;
    }

    boolean runs() {
        return runs;
    }

    /** Sends a message, and tells later whether it was accepted. */
    void send(Subscription from, ReceivedMessage message, Answer answer) {
        try {
            tasks.execute(() -> answer.accepted(runs && accepted(from, message)));
        } catch (RejectedExecutionException _) {
            // the local cloud stops; the message is delivered after its next start
        }
    }

    private boolean accepted(Subscription from, ReceivedMessage message) {
        try {
            int status = status(request(from, message), from.getAckDeadlineSeconds());
            LOG.debug("{}: message {}: {}", from.getName(), message.getAckId(), status);
            return ACCEPTED.contains(status);
        } catch (ExecutionException | TimeoutException | RuntimeException e) {
            LOG.debug("{}: message {} is not accepted", from.getName(), message.getAckId(), e);
            return false;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private int status(HttpRequest request, int seconds)
            throws ExecutionException, TimeoutException, InterruptedException {
        CompletableFuture<HttpResponse<Void>> response =
                client().sendAsync(request, BodyHandlers.discarding());
        try {
            return response.get(seconds, TimeUnit.SECONDS).statusCode();
        } finally {
            response.cancel(true);
        }
    }

    private HttpRequest request(Subscription from, ReceivedMessage message) {
        PushConfig config = from.getPushConfig();
        Pushed pushed = Pushed.of(from, message);
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(config.getPushEndpoint()))
                        .POST(BodyPublishers.ofByteArray(pushed.body()));
        pushed.headers().forEach(request::setHeader);
        if (config.hasOidcToken()) {
            request.setHeader("authorization", "Bearer " + token(config));
        }
        return request.build();
    }

    private String token(PushConfig config) {
        PushConfig.OidcToken wanted = config.getOidcToken();
        String audience =
                wanted.getAudience().isEmpty() ? config.getPushEndpoint() : wanted.getAudience();
        return tokens.mint(wanted.getServiceAccountEmail(), audience);
    }

    private synchronized HttpClient client() {
        if (client == null) {
            client =
                    HttpClient.newBuilder()
                            .version(HttpClient.Version.HTTP_1_1)
                            .proxy(HttpClient.Builder.NO_PROXY)
                            .followRedirects(HttpClient.Redirect.NEVER)
                            .build();
        }
        return client;
    }

    /** Ends what is on its way, unacknowledged, and waits for what was accepted. */
    @Override
    public void close() {
        runs = false;
        synchronized (this) {
            if (client != null) {
                client.shutdownNow();
            }
        }
        tasks.close();
    }
}
