package dev.slipway.upload.google;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.cloud.NoCredentials;
import com.google.cloud.storage.Storage;
import com.google.cloud.storage.StorageOptions;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executors;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Answers in the shapes of Cloud Storage's JSON API what this worker's gateways ask, so that
 * Google's own client can be run against it: no permissions, no pages, no ranges, one chunk an
 * upload. Whatever else is asked answers 501.
 */
final class StorageStandIn implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String UPLOADS = "/upload/storage/v1/b/";
    private static final String DOWNLOADS = "/download/storage/v1/b/";
    private static final String METADATA = "/storage/v1/b";

    private final HttpServer server;
    private final StoredObjects objects = new StoredObjects();
    private final Map<String, ObjectNode> buckets = new LinkedHashMap<>();
    private final Map<String, ObjectNode> uploads = new LinkedHashMap<>();
    private final Map<String, Answer> finished = new LinkedHashMap<>();
    private final Deque<Integer> failures = new ArrayDeque<>();
    private int bucketsAsked;

    /** An answer that is no object's resource. */
    record Answer(int status, byte[] body, @Nullable String location) {
        static Answer of(JsonNode body) throws IOException {
            return new Answer(200, JSON.writeValueAsBytes(body), null);
        }

        static Answer failure(int status) throws IOException {
            ObjectNode body = JSON.createObjectNode();
            body.putObject("error").put("code", status).put("message", "the stand-in says no");
            return new Answer(status, JSON.writeValueAsBytes(body), null);
        }
    }

    /** A question, its names decoded. */
    record Question(String method, String path, Map<String, String> query, byte[] body) {
        /** The decoded parts of the path below the given start. */
        String[] below(String start) {
            return Arrays.stream(path.substring(start.length()).split("/", -1))
                    .map(StorageStandIn::decoded)
                    .toArray(String[]::new);
        }

        String query(String name) {
            return query.getOrDefault(name, "");
        }
    }

    StorageStandIn() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::answer);
        server.start();
    }

    /** Google's client, pointed here. */
    Storage storage() {
        return StorageOptions.newBuilder()
                .setProjectId("p")
                .setHost("http://127.0.0.1:" + server.getAddress().getPort())
                .setCredentials(NoCredentials.getInstance())
                .build()
                .getService();
    }

    /** The next uploads' answers are these statuses; what was uploaded is stored all the same. */
    synchronized void failUploads(Integer... statuses) {
        failures.addAll(Arrays.asList(statuses));
    }

    /** A bucket that the project's list does not have. */
    synchronized void bucketOfAnotherProject(String name) {
        buckets.put(name, JSON.createObjectNode().put("name", name).put("foreign", true));
    }

    /** A bucket of this project that somebody makes after it was looked for. */
    synchronized void bucketMadeMeanwhile(String name) {
        buckets.put(name, JSON.createObjectNode().put("name", name).put("unlisted", true));
    }

    /** What was asked for when the bucket was made. */
    synchronized JsonNode bucket(String name) {
        return Objects.requireNonNull(buckets.get(name), name);
    }

    /** The bucket and all in it. */
    synchronized void removeBucket(String name) {
        buckets.remove(name);
        objects.removeAll(name);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            Answer answer;
            synchronized (this) {
                answer = answer(question(exchange));
            }
            exchange.getResponseHeaders().add("content-type", "application/json");
            if (answer.location != null) {
                exchange.getResponseHeaders().add("location", answer.location);
            }
            exchange.sendResponseHeaders(
                    answer.status, answer.body.length == 0 ? -1 : answer.body.length);
            exchange.getResponseBody().write(answer.body);
        }
    }

    private Answer answer(Question asked) throws IOException {
        if (asked.path.startsWith(UPLOADS)) {
            return upload(asked, asked.below(UPLOADS)[0]);
        }
        if (asked.path.startsWith(DOWNLOADS)) {
            String[] names = asked.below(DOWNLOADS);
            return objects.content(names[0], names[2], asked.query("generation"));
        }
        if (asked.path.equals(METADATA)) {
            bucketsAsked++;
            return asked.method.equals("POST") ? createBucket(asked) : listBuckets(asked);
        }
        String[] names = asked.below(METADATA + "/");
        return names.length == 3
                ? objects.one(names[0], names[2], asked.query("generation"))
                : Answer.failure(501);
    }

    /** How often buckets were listed or made. */
    synchronized int bucketsAsked() {
        return bucketsAsked;
    }

    private Answer createBucket(Question asked) throws IOException {
        ObjectNode bucket = (ObjectNode) JSON.readTree(asked.body);
        String name = bucket.path("name").asText();
        ObjectNode standing = buckets.putIfAbsent(name, bucket);
        if (standing != null) {
            standing.remove("unlisted");
        }
        return standing == null ? Answer.of(bucket) : Answer.failure(409);
    }

    private Answer listBuckets(Question asked) throws IOException {
        ObjectNode listed = JSON.createObjectNode();
        buckets.values().stream()
                .filter(bucket -> !bucket.has("foreign") && !bucket.has("unlisted"))
                .filter(bucket -> bucket.path("name").asText().startsWith(asked.query("prefix")))
                .forEach(listed.withArray("items")::add);
        return Answer.of(listed);
    }

    private Answer upload(Question asked, String bucket) throws IOException {
        if (!buckets.containsKey(bucket)) {
            return Answer.failure(404);
        }
        if (asked.method.equals("PUT")) {
            return finish(asked, bucket);
        }
        return switch (asked.query("uploadType")) {
            case "resumable" -> begin(asked);
            case "multipart" -> {
                Multipart parts = Multipart.of(asked.body);
                yield objects.store(
                        bucket,
                        (ObjectNode) JSON.readTree(parts.first()),
                        asked.query("ifGenerationMatch"),
                        parts.second());
            }
            default -> Answer.failure(501);
        };
    }

    /** A session whose upload is complete answers what became of it, however often it is asked. */
    private Answer finish(Question asked, String bucket) throws IOException {
        String id = asked.query("upload_id");
        Answer known = finished.get(id);
        if (known != null) {
            return known;
        }
        ObjectNode begun = Objects.requireNonNull(uploads.get(id));
        Answer stored = objects.store(bucket, begun, asked.query("ifGenerationMatch"), asked.body);
        finished.put(id, stored);
        return failures.isEmpty() ? stored : Answer.failure(failures.remove());
    }

    private Answer begin(Question asked) throws IOException {
        String id = "u" + uploads.size();
        uploads.put(id, (ObjectNode) JSON.readTree(asked.body));
        return new Answer(
                200,
                new byte[0],
                "http://127.0.0.1:"
                        + server.getAddress().getPort()
                        + asked.path
                        + "?upload_id="
                        + id
                        + "&ifGenerationMatch="
                        + asked.query("ifGenerationMatch"));
    }

    private static Question question(HttpExchange exchange) throws IOException {
        Map<String, String> query = new LinkedHashMap<>();
        String raw = exchange.getRequestURI().getRawQuery();
        for (String pair : raw == null ? new String[0] : raw.split("&")) {
            String[] nameAndValue = pair.split("=", 2);
            query.put(nameAndValue[0], decoded(nameAndValue.length > 1 ? nameAndValue[1] : ""));
        }
        boolean gzipped = "gzip".equals(exchange.getRequestHeaders().getFirst("content-encoding"));
        try (InputStream body = exchange.getRequestBody();
                InputStream plain = gzipped ? new GZIPInputStream(body) : body) {
            return new Question(
                    exchange.getRequestMethod(),
                    exchange.getRequestURI().getRawPath(),
                    query,
                    plain.readAllBytes());
        }
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
