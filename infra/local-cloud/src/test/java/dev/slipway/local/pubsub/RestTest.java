package dev.slipway.local.pubsub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.slipway.local.LocalCloud;
import dev.slipway.local.Settings;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pub/Sub by plain HTTP and by gcloud. */
class RestTest {
    private static final Path GCLOUD = Path.of("/usr/bin/gcloud");
    private static final JsonMapper JSON = new JsonMapper();
    private static final String ROOT = "/pubsub/v1/projects/local-project";

    @TempDir static Path home;
    private static LocalCloud cloud;
    private static HttpClient http;

    @BeforeAll
    static void start() {
        cloud = LocalCloud.start(Settings.defaults(home));
        http = HttpClient.newHttpClient();
    }

    @AfterAll
    static void stop() {
        http.close();
        cloud.close();
    }

    private static HttpResponse<String> send(String method, String path, String body)
            throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + cloud.port() + ROOT + path))
                        .method(method, BodyPublishers.ofString(body))
                        .header("content-type", "application/json")
                        .build(),
                BodyHandlers.ofString());
    }

    private static JsonNode ok(String method, String path, String body) throws Exception {
        HttpResponse<String> response = send(method, path, body);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return JSON.readTree(response.body());
    }

    private static void make(String id) throws Exception {
        ok("PUT", "/topics/" + id, "{}");
        ok(
                "PUT",
                "/subscriptions/" + id,
                "{\"topic\":\"projects/local-project/topics/" + id + "\"}");
    }

    @Test
    void publishesPullsAndAcknowledges() throws Exception {
        make("by-rest");
        String data = Base64.getEncoder().encodeToString("hello".getBytes(StandardCharsets.UTF_8));
        JsonNode published =
                ok(
                        "POST",
                        "/topics/by-rest:publish",
                        "{\"messages\":[{\"data\":\"%s\",\"attributes\":{\"a\":\"b\"}}]}"
                                .formatted(data));
        JsonNode received =
                ok("POST", "/subscriptions/by-rest:pull", "{\"maxMessages\":10}")
                        .at("/receivedMessages/0");

        assertThat(received.at("/message/data").asText()).isEqualTo(data);
        assertThat(received.at("/message/attributes/a").asText()).isEqualTo("b");
        assertThat(received.at("/message/messageId").asText())
                .isEqualTo(published.at("/messageIds/0").asText());
        String ack = "{\"ackIds\":[\"%s\"]}".formatted(received.at("/ackId").asText());
        ok("POST", "/subscriptions/by-rest:acknowledge", ack);
        assertThat(ok("POST", "/subscriptions/by-rest:pull", "{\"maxMessages\":10}")).isEmpty();
    }

    @Test
    void changesASubscriptionByItsMask() throws Exception {
        make("patched");
        JsonNode changed =
                ok(
                        "PATCH",
                        "/subscriptions/patched",
                        "{\"subscription\":{\"ackDeadlineSeconds\":77},"
                                + "\"updateMask\":\"ackDeadlineSeconds\"}");

        assertThat(changed.at("/ackDeadlineSeconds").asInt()).isEqualTo(77);
        assertThat(ok("GET", "/subscriptions/patched", "").at("/messageRetentionDuration").asText())
                .isEqualTo("604800s");
    }

    @Test
    void tellsPermissions() throws Exception {
        make("permitted");
        assertThat(
                        ok(
                                        "POST",
                                        "/topics/permitted:testIamPermissions",
                                        "{\"permissions\":[\"pubsub.topics.publish\"]}")
                                .at("/permissions/0")
                                .asText())
                .isEqualTo("pubsub.topics.publish");
    }

    @Test
    void saysNoAsGoogleDoes() throws Exception {
        HttpResponse<String> missing = send("GET", "/topics/missing", "");
        assertThat(missing.statusCode()).isEqualTo(404);
        JsonNode error = JSON.readTree(missing.body()).at("/error");
        assertThat(error.at("/status").asText()).isEqualTo("NOT_FOUND");
        assertThat(error.at("/message").asText())
                .isEqualTo("Resource not found (resource=missing).");
        assertThat(send("PUT", "/topics/x", "{}").statusCode()).isEqualTo(400);
        assertThat(send("GET", "/schemas", "").statusCode()).isEqualTo(501);
        assertThat(send("GET", "/topics/some:getIamPolicy", "").statusCode()).isEqualTo(501);
        assertThat(send("POST", "/topics/some:setIamPolicy", "{}").statusCode()).isEqualTo(501);
    }

    @Test
    void gcloudListsDescribesPublishesAndPulls() throws Exception {
        assumeTrue(Files.isExecutable(GCLOUD), "gcloud is not at " + GCLOUD);
        make("by-gcloud");
        assertThat(gcloud("topics", "list", "--format=value(name)"))
                .contains("projects/local-project/topics/by-gcloud");
        assertThat(gcloud("subscriptions", "list", "--format=value(name)"))
                .contains("projects/local-project/subscriptions/by-gcloud");
        assertThat(gcloud("topics", "describe", "by-gcloud", "--format=value(state)"))
                .contains("ACTIVE");
        assertThat(
                        gcloud(
                                "subscriptions",
                                "describe",
                                "by-gcloud",
                                "--format=value(ackDeadlineSeconds)"))
                .contains("10");
        gcloud("topics", "publish", "by-gcloud", "--message=hello", "--attribute=a=b");
        assertThat(
                        gcloud(
                                "subscriptions",
                                "pull",
                                "by-gcloud",
                                "--auto-ack",
                                "--format=value(message.data.decode(base64))"))
                .contains("hello");
    }

    private static String gcloud(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(GCLOUD.toString(), "pubsub"));
        command.addAll(List.of(arguments));
        Path output = Files.createTempFile(home, "gcloud", ".txt");
        ProcessBuilder builder =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile());
        builder.environment()
                .putAll(
                        Map.of(
                                "CLOUDSDK_CONFIG",
                                home.resolve("gcloud").toString(),
                                "CLOUDSDK_CORE_PROJECT",
                                "local-project",
                                "CLOUDSDK_CORE_DISABLE_PROMPTS",
                                "1",
                                "CLOUDSDK_AUTH_DISABLE_CREDENTIALS",
                                "true",
                                "CLOUDSDK_API_ENDPOINT_OVERRIDES_PUBSUB",
                                "http://127.0.0.1:" + cloud.port() + "/pubsub/"));
        Process process = builder.start();
        boolean ended = process.waitFor(60, TimeUnit.SECONDS);
        String said = Files.readString(output);
        if (!ended) {
            process.destroyForcibly();
        }
        assertThat(ended && process.exitValue() == 0).as(said).isTrue();
        return said;
    }
}
