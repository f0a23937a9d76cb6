package dev.slipway.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.cloud.pubsub.v1.TopicAdminClient;
import com.google.cloud.storage.BlobInfo;
import com.google.cloud.storage.BucketInfo;
import com.google.protobuf.ByteString;
import com.google.pubsub.v1.PubsubMessage;
import com.google.pubsub.v1.TopicName;
import dev.slipway.contracts.Answer;
import dev.slipway.contracts.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Google's public samples in Node.js and Java, dropped as they are, all at once. They are no part
 * of this project: {@code SLIPWAY_PUBLIC_SAMPLES} names their folder, else it is looked for beside
 * the checkout.
 */
@Order(9)
@OnSharedInstallation
@SuppressWarnings("NullAway.Init") // set before all tests
class PublicSamplesTest {
    private static final String TOPIC = "public-samples";
    private static final String BUCKET = "local-project-public-samples";
    private static final Path FOLDER =
            Optional.ofNullable(System.getenv("SLIPWAY_PUBLIC_SAMPLES"))
                    .map(Path::of)
                    .orElse(Installation.checkout().resolveSibling("shared/public-samples"));

    private static Cloud cloud;

    /** How a sample is seen to work. */
    private sealed interface Proof {
        /** A GET answers this. */
        record Answers(String text) implements Proof {}

        /** A POST of JSON answers this. */
        record Returns(String json, String text) implements Proof {}

        /** A message's text stands in the log. */
        record Receives(String printed) implements Proof {}

        /** The name of an object that was uploaded stands in the log. */
        record Notices(String printed) implements Proof {}
    }

    record Given(String folder, String function, String signature, Proof proof) {
        String service() {
            return folder.replace('/', '-').toLowerCase(java.util.Locale.ROOT);
        }

        List<String> command() {
            List<String> words =
                    new ArrayList<>(
                            List.of(
                                    "drop",
                                    FOLDER.resolve(folder).toString(),
                                    "--service=" + service(),
                                    "--function=" + function,
                                    "--signature-type=" + signature,
                                    "--no-wait"));
            words.add(
                    switch (proof) {
                        case Proof.Answers _, Proof.Returns _ -> "--trigger-http";
                        case Proof.Receives _ -> "--trigger-topic=" + TOPIC;
                        case Proof.Notices _ -> "--trigger-bucket=" + BUCKET;
                    });
            return words;
        }

        @Override
        public String toString() {
            return folder;
        }
    }

    static List<Given> samples() {
        Proof receives = new Proof.Receives("Hello, Ada!");
        Proof notices = new Proof.Notices("File: ");
        return List.of(
                new Given(
                        "java/helloworld-hello-http",
                        "functions.HelloHttp",
                        "http",
                        new Proof.Answers("Hello world!")),
                new Given("java/helloworld-hello-gcs", "functions.HelloGcs", "event", notices),
                new Given(
                        "java/helloworld-kotlin-helloworld",
                        "functions.HelloWorld",
                        "http",
                        new Proof.Answers("Hello World!")),
                new Given(
                        "java/http-cors-enabled",
                        "functions.CorsEnabled",
                        "http",
                        new Proof.Answers("CORS headers set successfully!")),
                new Given("java/v2-pubsub", "functions.SubscribeToTopic", "cloudevent", receives),
                new Given("java/v2-hello-gcs", "functions.HelloGcs", "cloudevent", notices),
                new Given(
                        "node/helloworld-helloworldGet",
                        "helloGET",
                        "http",
                        new Proof.Answers("Hello World!")),
                new Given(
                        "node/helloworld-helloworldHttp",
                        "helloHttp",
                        "http",
                        new Proof.Returns("{\"name\":\"Ada\"}", "Hello Ada!")),
                new Given(
                        "node/http-httpMethods",
                        "helloHttp",
                        "http",
                        new Proof.Answers("Hello World!")),
                new Given("node/v2-helloGCS", "helloGCS", "cloudevent", notices),
                new Given("node/v2-helloPubSub", "helloPubSub", "cloudevent", receives),
                new Given(
                        "node/v2-typed-greeting",
                        "greeting",
                        "typed",
                        new Proof.Returns(
                                "{\"first_name\":\"Ada\",\"last_name\":\"Lovelace\"}",
                                "Hello Ada Lovelace!")));
    }

    @BeforeAll
    static void dropAll(Installation installation) throws Exception {
        assumeTrue(
                Files.isDirectory(FOLDER),
                "Google's public samples are not beside the checkout; SLIPWAY_PUBLIC_SAMPLES names"
                        + " their folder");
        cloud = new Cloud(installation);
        try (TopicAdminClient topics = cloud.topics()) {
            topics.createTopic(TopicName.format(Cloud.PROJECT, TOPIC));
        }
        cloud.storage().create(BucketInfo.newBuilder(BUCKET).setLocation(Cloud.REGION).build());
        for (Given sample : samples()) {
            installation.slipway(sample.command().toArray(String[]::new)).exits(0);
        }
    }

    @ParameterizedTest
    @MethodSource("samples")
    void isLiveAndWorks(Given sample) throws Exception {
        Answer answer =
                cloud.await(
                        sample.service() + ".tar.gz",
                        "has an outcome",
                        found -> found.outcome() != null);

        assertThat(answer.outcome()).as(answer.toString()).isEqualTo(Outcome.LIVE);
        String url = String.valueOf(answer.url());
        switch (sample.proof()) {
            case Proof.Answers(var text) -> assertThat(Web.text(url)).isEqualTo(text);
            case Proof.Returns(var json, var text) ->
                    assertThat(Web.post(url, json).body()).contains(text);
            case Proof.Receives(var printed) -> {
                publish();
                cloud.awaitLog(sample.service(), printed);
            }
            case Proof.Notices(var printed) -> {
                String object = "for-" + sample.service() + ".txt";
                cloud.storage().create(BlobInfo.newBuilder(BUCKET, object).build(), new byte[3]);
                cloud.awaitLog(sample.service(), printed + object);
            }
        }
    }

    private static void publish() throws Exception {
        try (TopicAdminClient topics = cloud.topics()) {
            topics.publish(
                    TopicName.format(Cloud.PROJECT, TOPIC),
                    List.of(
                            PubsubMessage.newBuilder()
                                    .setData(ByteString.copyFromUtf8("Ada"))
                                    .build()));
        }
    }
}
