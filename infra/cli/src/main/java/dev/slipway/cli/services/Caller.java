package dev.slipway.cli.services;

import dev.slipway.cli.installation.Cloud;
import dev.slipway.cli.installation.GoogleClients;
import dev.slipway.cli.installation.Http;
import dev.slipway.cli.terminal.Problem;
import dev.slipway.contracts.Shown;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/**
 * Calls services as whoever runs the command: in the local cloud as the project's owner, at Google
 * with an identity token.
 */
public record Caller(Cloud cloud, Duration timeout) {
    /**
     * What is sent.
     *
     * @param headers win over those that are sent by themselves
     */
    public record Request(String method, String path, Map<String, String> headers, byte[] body) {
        /** An event, as a trigger posts it. */
        public static Request of(Event event, String path, Map<String, String> headers) {
            Map<String, String> all = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
            all.putAll(event.headers());
            all.putAll(headers);
            return new Request("POST", path, all, event.data());
        }
    }

    /** What is answered, from when its head is there. */
    public HttpResponse<InputStream> call(Service service, Request request) {
        if (service.url().isEmpty()) {
            throw Problem.failed(
                    service.key().service() + " has no address yet",
                    "See ./slipway status " + service.key().service() + ".");
        }
        HttpRequest built = built(service, request);
        try {
            return Http.patient(timeout).send(built, BodyHandlers.ofInputStream());
        } catch (HttpTimeoutException e) {
            throw failed(service, "did not answer within " + timeout.toSeconds() + " s", e);
        } catch (ConnectException e) {
            throw failed(service, "cannot be reached", e);
        } catch (IOException e) {
            throw failed(service, "broke off: " + Shown.of(String.valueOf(e.getMessage())), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failed(service, "was interrupted", e);
        }
    }

    private HttpRequest built(Service service, Request request) {
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        GoogleClients clients = cloud.clients();
        if (clients.endpoint() == null && !request.headers().containsKey("Authorization")) {
            headers.put(
                    "Authorization",
                    "Bearer " + Tokens.identity(clients.credentials(), service.url()));
        }
        headers.putAll(request.headers());
        try {
            HttpRequest.Builder built =
                    HttpRequest.newBuilder(URI.create(service.url() + request.path()))
                            .timeout(timeout)
                            .method(request.method(), BodyPublishers.ofByteArray(request.body()));
            headers.forEach(built::header);
            return built.build();
        } catch (IllegalArgumentException e) {
            throw Problem.usage(
                    "cannot send this: " + Shown.of(String.valueOf(e.getMessage())),
                    "Check the path, --method and --header.");
        }
    }

    private static Problem failed(Service service, String what, Exception cause) {
        return Problem.failed(
                service.key().service() + " at " + service.url() + " " + what,
                "Read what it says: ./slipway logs " + service.key().service(),
                cause);
    }
}
