package dev.slipway.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.pubsub.v1.TopicAdminClient;
import com.google.protobuf.ByteString;
import com.google.pubsub.v1.PubsubMessage;
import com.google.pubsub.v1.TopicName;
import dev.slipway.contracts.Answer;
import dev.slipway.contracts.Outcome;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A trigger loses nothing: every message reaches the function, also those that fail at first. */
@Order(9)
@OnSharedInstallation
class ThousandMessagesTest {
    private static final int MESSAGES = 1000;
    private static final int BATCH = 100;
    private static final String TOPIC = "thousand";
    private static final Pattern RECEIVED = Pattern.compile("(?m)^received (\\d+)$");

    /** Fails the first time that it sees every fiftieth. */
    private static final Sample FUNCTION =
            Sample.saying("")
                    .with(
                            "slipway.yaml",
                            """
                            apiVersion: slipway.dev/v1
                            function: receive
                            triggers:
                              - pubsub: { topic: thousand, minimumBackoff: 1s }
                            """)
                    .with(
                            "index.js",
                            """
                            const failed = new Set();
                            exports.receive = event => {
                              const message = event.data.message;
                              const number = Number(Buffer.from(message.data, 'base64'));
                              if (number % 50 === 0 && !failed.has(number)) {
                                failed.add(number);
                                throw new Error('not yet ' + number);
                              }
                              console.log('received ' + message.messageId);
                            };
                            """);

    @Test
    void aThousandOfAThousandArrive(Installation installation, @TempDir Path work)
            throws Exception {
        Cloud cloud = new Cloud(installation);
        try (TopicAdminClient topics = cloud.topics()) {
            topics.createTopic(TopicName.format(Cloud.PROJECT, TOPIC));
            Answer answer =
                    cloud.awaitOutcome(
                            cloud.upload(FUNCTION.zip(work.resolve("a.zip")), "receiver.zip"));
            assertThat(answer.outcome()).as(answer.toString()).isEqualTo(Outcome.LIVE);

            Set<String> published = publish(topics);

            Awaitility.await("all messages are received")
                    .atMost(Duration.ofMinutes(2))
                    .untilAsserted(() -> assertThat(received(cloud)).containsAll(published));
            assertThat(published).hasSize(MESSAGES);
            assertThat(cloud.log("receiver")).contains("not yet 950");
        }
    }

    private static Set<String> publish(TopicAdminClient topics) {
        Set<String> ids = new HashSet<>();
        for (int from = 0; from < MESSAGES; from += BATCH) {
            List<PubsubMessage> messages =
                    IntStream.range(from, from + BATCH)
                            .mapToObj(
                                    number ->
                                            PubsubMessage.newBuilder()
                                                    .setData(
                                                            ByteString.copyFromUtf8(
                                                                    Integer.toString(number)))
                                                    .build())
                            .toList();
            ids.addAll(
                    topics.publish(TopicName.format(Cloud.PROJECT, TOPIC), messages)
                            .getMessageIdsList());
        }
        return ids;
    }

    private static Set<String> received(Cloud cloud) throws Exception {
        Set<String> ids = new HashSet<>();
        Matcher received = RECEIVED.matcher(cloud.log("receiver"));
        while (received.find()) {
            ids.add(received.group(1));
        }
        return ids;
    }
}
