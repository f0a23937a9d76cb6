package dev.slipway.cli.services;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.google.auth.Credentials;
import dev.slipway.cli.installation.Cloud;
import dev.slipway.cli.installation.GoogleClients;
import dev.slipway.cli.installation.Http;
import dev.slipway.cli.terminal.Problem;
import dev.slipway.contracts.Json;
import dev.slipway.contracts.Shown;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A Google API as REST, for the few reads that need no client library: at Google, or at the local
 * cloud, where each API has a prefix of its own.
 */
public final class Api {
    private static final Duration WITHIN = Duration.ofSeconds(30);
    private static final int OK = 200;
    private static final int NOT_FOUND = 404;
    private static final int CONFLICT = 409;
    private static final int LARGEST_BYTES = 32 << 20;

    private final Cloud cloud;
    private final String base;
    private final Optional<Credentials> credentials;

    private Api(Cloud cloud, String base, Optional<Credentials> credentials) {
        this.cloud = cloud;
        this.base = base;
        this.credentials = credentials;
    }

    /** Cloud Run's admin API, version 2. */
    public static Api run(Cloud cloud) {
        return of(cloud, "run", "/v2/");
    }

    /** Cloud Build's API. */
    public static Api build(Cloud cloud) {
        return of(cloud, "cloudbuild", "/v1/");
    }

    /** Cloud Logging's API; the local cloud has none. */
    public static Api logging(Cloud cloud) {
        return of(cloud, "logging", "/v2/");
    }

    /** Pub/Sub's API. */
    public static Api pubsub(Cloud cloud) {
        return of(cloud, "pubsub", "/v1/");
    }

    /** Cloud Storage's JSON API. */
    public static Api storage(Cloud cloud) {
        return of(cloud, "storage", "/v1/");
    }

    private static Api of(Cloud cloud, String name, String version) {
        GoogleClients clients = cloud.clients();
        if (clients.endpoint() != null) {
            return new Api(cloud, clients.endpoint() + "/" + name + version, Optional.empty());
        }
        String path = name.equals("storage") ? "/storage" + version : version;
        return new Api(
                cloud,
                "https://" + name + ".googleapis.com" + path,
                Optional.of(clients.credentials()));
    }

    /**
     * The resource of this name; nothing where there is none.
     *
     * @throws Problem if it was not answered
     */
    public Optional<JsonNode> get(String name) {
        HttpResponse<InputStream> answer = send(name, request(name).GET());
        return answer.statusCode() == NOT_FOUND
                ? Optional.empty()
                : Optional.of(read(name, answer));
    }

    /** What is answered to this document. */
    public JsonNode post(String name, Object document) {
        return read(
                name,
                send(
                        name,
                        request(name)
                                .header("Content-Type", "application/json")
                                .POST(BodyPublishers.ofByteArray(Json.write(document)))));
    }

    /** Whether the resource was made; false where there is one already. */
    public boolean create(String name, Object document) {
        HttpResponse<InputStream> answer =
                send(
                        name,
                        request(name)
                                .header("Content-Type", "application/json")
                                .PUT(BodyPublishers.ofByteArray(Json.write(document))));
        if (answer.statusCode() == CONFLICT) {
            return false;
        }
        var _ = read(name, answer);
        return true;
    }

    private HttpRequest.Builder request(String name) {
        URI uri = URI.create(base + name);
        HttpRequest.Builder request = HttpRequest.newBuilder(uri).timeout(WITHIN);
        credentials.ifPresent(mine -> Tokens.access(mine, uri).forEach(request::header));
        return request;
    }

    private HttpResponse<InputStream> send(String name, HttpRequest.Builder request) {
        try {
            return Http.client().send(request.build(), BodyHandlers.ofInputStream());
        } catch (IOException e) {
            throw failed(name, String.valueOf(e.getMessage()), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failed(name, "interrupted", e);
        }
    }

    private JsonNode read(String name, HttpResponse<InputStream> answer) {
        try (InputStream body = answer.body()) {
            byte[] bytes = body.readNBytes(LARGEST_BYTES);
            JsonNode document =
                    bytes.length == 0
                            ? MissingNode.getInstance()
                            : Json.read(bytes, JsonNode.class);
            if (answer.statusCode() != OK) {
                String why = document.path("error").path("message").asText();
                throw failed(name, answer.statusCode() + " " + Shown.of(why), null);
            }
            return document;
        } catch (IOException e) {
            throw failed(name, answer.statusCode() + " and no JSON", e);
        }
    }

    private Problem failed(String name, String why, @Nullable Throwable e) {
        String what = "cannot use " + Shown.of(name) + " of " + cloud.shown() + ": " + why;
        String next =
                switch (cloud) {
                    case Cloud.Local _ -> "Look at ./slipway status, then try again.";
                    case Cloud.Google _ -> "Check that the API is enabled and that you may use it.";
                };
        return e == null ? Problem.failed(what, next) : Problem.failed(what, next, e);
    }
}
