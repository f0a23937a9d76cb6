package dev.slipway.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The cloud's REST, in plain JSON: a judge that shares no code with the workers. */
final class RawCloud {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String OPEN = "open/";
    private static final Duration LONGEST = Duration.ofSeconds(30);

    private final HttpClient http = HttpClient.newHttpClient();
    private final Cloud cloud;

    RawCloud(Cloud cloud) {
        this.cloud = cloud;
    }

    /** An object as storage describes it after the upload. */
    JsonNode upload(String object, byte[] content) throws Exception {
        return send(
                HttpRequest.newBuilder(
                                at(
                                        "/upload/storage/v1/b/%s/o?uploadType=media&name=%s"
                                                .formatted(cloud.drops(), quoted(object))))
                        .header("Content-Type", "application/gzip")
                        .POST(BodyPublishers.ofByteArray(content)));
    }

    /** The names below a prefix of the ledger. */
    List<String> ledger(String prefix) throws Exception {
        List<String> names = new ArrayList<>();
        String path = "/storage/v1/b/%s/o?prefix=%s".formatted(cloud.ledger(), quoted(prefix));
        for (JsonNode object : pages(path, "items")) {
            names.add(object.path("name").asText());
        }
        return names;
    }

    JsonNode ledgerObject(String name) throws Exception {
        return get("/storage/v1/b/%s/o/%s?alt=media".formatted(cloud.ledger(), quoted(name)));
    }

    /** What the ledger says of a deployment, if it says anything yet. */
    Optional<JsonNode> record(String deployment) throws Exception {
        String name = "deployments/" + deployment;
        return ledger(name).contains(name) ? Optional.of(ledgerObject(name)) : Optional.empty();
    }

    /** The deployments that are under way. */
    List<String> open() throws Exception {
        return ledger(OPEN).stream().map(name -> name.substring(OPEN.length())).toList();
    }

    /** What stands beside a drop, if anything does. */
    Optional<JsonNode> answer(String object) throws Exception {
        String name = "status/" + object + ".json";
        String listed = "/storage/v1/b/%s/o?prefix=%s".formatted(cloud.drops(), quoted(name));
        if (pages(listed, "items").isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                get("/storage/v1/b/%s/o/%s?alt=media".formatted(cloud.drops(), quoted(name))));
    }

    /** Every Cloud Run service of a region. */
    List<JsonNode> services(String region) throws Exception {
        return pages(
                "/run/v2/projects/%s/locations/%s/services?pageSize=100"
                        .formatted(cloud.project(), region),
                "services");
    }

    /** What a service answers to a request for its root. */
    String says(String region, String service) throws Exception {
        String name =
                "projects/%s/locations/%s/services/%s".formatted(cloud.project(), region, service);
        String uri =
                services(region).stream()
                        .filter(it -> it.path("name").asText().equals(name))
                        .map(it -> it.path("uri").asText())
                        .findFirst()
                        .orElseThrow(() -> new IOException("there is no service " + name));
        HttpRequest request = HttpRequest.newBuilder(URI.create(uri)).timeout(LONGEST).build();
        return http.send(request, BodyHandlers.ofString()).body();
    }

    /** Every build of a region. */
    List<JsonNode> builds(String region) throws Exception {
        return pages(
                "/cloudbuild/v1/projects/%s/locations/%s/builds?pageSize=100"
                        .formatted(cloud.project(), region),
                "builds");
    }

    /** Has each write below a prefix of the ledger told to a subscription on a topic of its own. */
    void tellWrites(String prefix, String topic, String subscription) throws Exception {
        String name = "projects/" + cloud.project() + "/topics/" + topic;
        send(
                HttpRequest.newBuilder(at("/pubsub/v1/" + name))
                        .header("Content-Type", "application/json")
                        .PUT(BodyPublishers.ofString("{}")));
        subscribe(subscription, topic);
        var wanted =
                JSON.createObjectNode()
                        .put("topic", "//pubsub.googleapis.com/" + name)
                        .put("payload_format", "NONE")
                        .put("object_name_prefix", prefix);
        wanted.putArray("event_types").add("OBJECT_FINALIZE");
        String path = "/storage/v1/b/%s/notificationConfigs".formatted(cloud.ledger());
        send(
                HttpRequest.newBuilder(at(path))
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(wanted.toString())));
    }

    List<String> deadLetters() throws Exception {
        List<String> names = new ArrayList<>();
        String path =
                "/pubsub/v1/projects/%s/subscriptions?pageSize=100".formatted(cloud.project());
        for (JsonNode subscription : pages(path, "subscriptions")) {
            String name = subscription.path("name").asText();
            if (name.endsWith("-dead")) {
                names.add(name);
            }
        }
        return names;
    }

    void subscribe(String subscription, String topic) throws Exception {
        String project = "projects/" + cloud.project();
        String body =
                JSON.createObjectNode()
                        .put("topic", project + "/topics/" + topic)
                        .put("ackDeadlineSeconds", 60)
                        .toString();
        send(
                HttpRequest.newBuilder(at("/pubsub/v1/" + full(subscription)))
                        .header("Content-Type", "application/json")
                        .PUT(BodyPublishers.ofString(body)));
    }

    String full(String subscription) {
        return "projects/" + cloud.project() + "/subscriptions/" + subscription;
    }

    /** Some messages of a subscription, acknowledged; none where nothing waits. */
    List<JsonNode> take(String subscription) throws Exception {
        List<JsonNode> messages = new ArrayList<>();
        var acks = JSON.createObjectNode();
        var ids = acks.putArray("ackIds");
        String pull = "{\"maxMessages\":1000,\"returnImmediately\":true}";
        for (JsonNode received : post(subscription + ":pull", pull).path("receivedMessages")) {
            messages.add(received.path("message"));
            ids.add(received.path("ackId").asText());
        }
        if (!messages.isEmpty()) {
            post(subscription + ":acknowledge", acks.toString());
        }
        return messages;
    }

    static JsonNode json(byte[] text) throws IOException {
        return JSON.readTree(text);
    }

    private List<JsonNode> pages(String path, String field) throws Exception {
        List<JsonNode> all = new ArrayList<>();
        String token = "";
        do {
            JsonNode page = get(token.isEmpty() ? path : path + "&pageToken=" + quoted(token));
            page.path(field).forEach(all::add);
            token = page.path("nextPageToken").asText();
        } while (!token.isEmpty());
        return all;
    }

    private JsonNode get(String path) throws Exception {
        return send(HttpRequest.newBuilder(at(path)));
    }

    private JsonNode post(String path, String body) throws Exception {
        return send(
                HttpRequest.newBuilder(at("/pubsub/v1/" + path))
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(body)));
    }

    private JsonNode send(HttpRequest.Builder request) throws Exception {
        HttpRequest whole = request.timeout(LONGEST).build();
        HttpResponse<byte[]> response = http.send(whole, BodyHandlers.ofByteArray());
        if (response.statusCode() != 200) {
            throw new IOException(
                    "%s %s answered %d: %s"
                            .formatted(
                                    whole.method(),
                                    whole.uri(),
                                    response.statusCode(),
                                    new String(response.body(), UTF_8)));
        }
        return JSON.readTree(response.body());
    }

    private URI at(String path) {
        return cloud.endpoint().resolve(path);
    }

    private static String quoted(String text) {
        return URLEncoder.encode(text, UTF_8).replace("+", "%20");
    }
}
