package dev.slipway.local.eventarc;

import static dev.slipway.local.eventarc.GivenEventarc.PARENT;
import static dev.slipway.local.eventarc.GivenEventarc.ofTopic;
import static dev.slipway.local.eventarc.GivenEventarc.topic;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.google.cloud.eventarc.v1.CreateTriggerRequest;
import com.google.cloud.eventarc.v1.EventarcGrpc;
import com.google.protobuf.ByteString;
import com.google.pubsub.v1.PublishRequest;
import com.google.pubsub.v1.PublisherGrpc;
import com.google.pubsub.v1.PubsubMessage;
import com.google.pubsub.v1.Topic;
import dev.slipway.local.LocalCloud;
import dev.slipway.local.Settings;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A private Cloud Run service that gets its events in the whole local cloud, and gcloud. */
@SuppressWarnings("NullAway.Init") // set before the tests
class WholeCloudTest {
    private static final Path GCLOUD = Path.of("/usr/bin/gcloud");
    private static final JsonMapper JSON = new JsonMapper();
    private static final int MANY = 1000;

    @TempDir static Path home;
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static LocalCloud cloud;
    private static ManagedChannel channel;
    private static String url;

    @BeforeAll
    static void start() throws Exception {
        cloud = LocalCloud.start(Settings.defaults(home));
        channel =
                ManagedChannelBuilder.forAddress("127.0.0.1", cloud.port()).usePlaintext().build();
        url = new PrivateService(cloud.port(), channel).deploy("hello");
        create("orders", "on-order");
    }

    @AfterAll
    static void stop() {
        channel.shutdownNow();
        HTTP.close();
        cloud.close();
    }

    private static void create(String topic, String trigger) {
        PublisherGrpc.newBlockingStub(channel)
                .createTopic(Topic.newBuilder().setName(topic(topic)).build());
        var operation =
                EventarcGrpc.newBlockingStub(channel)
                        .createTrigger(
                                CreateTriggerRequest.newBuilder()
                                        .setParent(PARENT)
                                        .setTriggerId(trigger)
                                        .setTrigger(ofTopic(topic(topic)))
                                        .build());
        assertThat(operation.getDone() && operation.hasResponse()).isTrue();
    }

    private static JsonNode get(String path) throws Exception {
        var answer =
                HTTP.send(
                        HttpRequest.newBuilder(URI.create(url + path)).build(),
                        BodyHandlers.ofString());
        return JSON.readTree(answer.body());
    }

    @Test
    void aPrivateServiceGetsAThousandOfAThousandEvents() throws Exception {
        long begin = System.nanoTime();
        PublisherGrpc.newBlockingStub(channel)
                .publish(
                        PublishRequest.newBuilder()
                                .setTopic(topic("orders"))
                                .addAllMessages(
                                        IntStream.range(0, MANY)
                                                .mapToObj(WholeCloudTest::numbered)
                                                .toList())
                                .build());

        await().atMost(Duration.ofSeconds(30)).until(() -> get("/count").asInt() >= MANY);
        System.out.printf(
                "%d events to a service: %d ms%n", MANY, (System.nanoTime() - begin) / 1_000_000);
        Set<String> numbers = new HashSet<>();
        JsonNode events = get("/");
        events.forEach(event -> numbers.add(event.at("/body/message/attributes/n").asText()));
        assertThat(numbers).hasSize(MANY);
        assertThat(events.get(0).at("/headers/ce-type").asText()).isEqualTo(EventKind.PUBLISHED);
        assertThat(events.get(0).at("/headers/authorization").asText())
                .startsWith("Bearer ey")
                .endsWith(".SIGNATURE_REMOVED_BY_GOOGLE");
    }

    private static PubsubMessage numbered(int n) {
        return PubsubMessage.newBuilder()
                .setData(ByteString.copyFromUtf8("event"))
                .putAttributes("n", Integer.toString(n))
                .build();
    }

    @Test
    void gcloudCreatesListsDescribesUpdatesAndDeletes() throws Exception {
        assumeTrue(Files.isExecutable(GCLOUD), "gcloud is not at " + GCLOUD);
        String here = "--location=europe-west1";
        gcloud(
                "create",
                "by-gcloud",
                here,
                "--destination-run-service=hello",
                "--destination-run-region=europe-west1",
                "--event-filters=type=" + EventKind.PUBLISHED,
                "--service-account=" + GivenEventarc.ACCOUNT);
        assertThat(gcloud("list", here, "--format=value(name)")).contains("by-gcloud", "on-order");
        assertThat(gcloud("list", here)).contains("Cloud Run service: hello");
        assertThat(gcloud("describe", "by-gcloud", here))
                .contains("subscriptions/eventarc-europe-west1-by-gcloud-");
        gcloud("update", "by-gcloud", here, "--destination-run-path=/in");
        assertThat(
                        gcloud(
                                "describe",
                                "by-gcloud",
                                here,
                                "--format=value(destination.cloudRun.path)"))
                .contains("/in");
        gcloud("delete", "by-gcloud", here);
        assertThat(gcloud("list", here, "--format=value(name)")).doesNotContain("by-gcloud");
    }

    private static String gcloud(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(GCLOUD.toString(), "eventarc", "triggers"));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
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
                                "CLOUDSDK_API_ENDPOINT_OVERRIDES_EVENTARC",
                                "http://127.0.0.1:" + cloud.port() + "/eventarc/"));
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor()).as(command + "\n" + output).isZero();
        return output;
    }
}
