package dev.slipway.cli.services;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.cli.installation.Cloud;
import dev.slipway.cli.terminal.Problem;
import dev.slipway.contracts.Json;
import dev.slipway.contracts.Shown;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Events as Eventarc delivers them (Eventarc: CloudEvents, HTTP protocol binding).
 *
 * @param cloud where the topics and objects are
 * @param now when they happen
 * @param id of the message or event
 */
public record Events(Cloud cloud, Instant now, String id) {
    private static final Pattern OBJECT = Pattern.compile("gs://([^/]+)/(.+)");

    /** A message on a topic; the subscription is one that such a trigger would have. */
    public Event pubsub(String topic, byte[] data) {
        Map<String, Object> message = new LinkedHashMap<>();
        message.put("data", Base64.getEncoder().encodeToString(data));
        message.put("attributes", Map.of());
        message.put("messageId", id);
        message.put("message_id", id);
        message.put("publishTime", now);
        message.put("publish_time", now);
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("message", message);
        body.put("subscription", projects() + "/subscriptions/eventarc-" + topic + "-sub");
        Map<String, String> attributes =
                attributes(
                        "google.cloud.pubsub.topic.v1.messagePublished",
                        "//pubsub.googleapis.com/" + projects() + "/topics/" + topic);
        return new Event(attributes, "application/json", Json.write(body));
    }

    private String projects() {
        return "projects/" + cloud.project();
    }

    /**
     * A finished object.
     *
     * @param given {@code gs://BUCKET/OBJECT} for one that is there, or JSON with fields of an
     *     object that need not be there
     */
    public Event storage(String given) {
        Matcher named = OBJECT.matcher(given);
        JsonNode object = named.matches() ? stored(named.group(1), named.group(2)) : made(given);
        String bucket = object.path("bucket").asText();
        Map<String, String> attributes =
                attributes(
                        "google.cloud.storage.object.v1.finalized",
                        "//storage.googleapis.com/projects/_/buckets/" + bucket);
        attributes.put("subject", "objects/" + object.path("name").asText());
        attributes.put("bucket", bucket);
        return new Event(attributes, "application/json", Json.write(object));
    }

    private JsonNode stored(String bucket, String name) {
        String path = "b/" + encoded(bucket) + "/o/" + encoded(name);
        Optional<JsonNode> found = Api.storage(cloud).get(path);
        return found.orElseThrow(
                () ->
                        Problem.failed(
                                "there is no object gs://" + bucket + "/" + Shown.of(name),
                                "Name one that is there, or give its fields as JSON."));
    }

    private JsonNode made(String given) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("kind", "storage#object");
        fields.put("bucket", "example-bucket");
        fields.put("name", "example.txt");
        fields.put("generation", Long.toString(now.toEpochMilli() * 1000));
        fields.put("metageneration", "1");
        fields.put("contentType", "text/plain");
        fields.put("timeCreated", now);
        fields.put("updated", now);
        fields.put("timeStorageClassUpdated", now);
        fields.put("storageClass", "STANDARD");
        fields.put("size", "0");
        try {
            ObjectNode made = Json.read(Json.write(fields), ObjectNode.class);
            if (!given.isEmpty()) {
                made.setAll(Json.read(given.getBytes(StandardCharsets.UTF_8), ObjectNode.class));
            }
            made.put(
                    "id",
                    made.path("bucket").asText()
                            + "/"
                            + made.path("name").asText()
                            + "/"
                            + made.path("generation").asText());
            return made;
        } catch (IOException e) {
            throw Problem.usage(
                    "--data " + Shown.of(given) + " is no object's fields",
                    "Give gs://BUCKET/OBJECT, or JSON: {\"bucket\": \"b\", \"name\": \"a.txt\"}.");
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private Map<String, String> attributes(String type, String source) {
        Map<String, String> attributes = new LinkedHashMap<>();
        attributes.put("specversion", "1.0");
        attributes.put("id", id);
        attributes.put("type", type);
        attributes.put("source", source);
        attributes.put("time", now.toString());
        return attributes;
    }
}
