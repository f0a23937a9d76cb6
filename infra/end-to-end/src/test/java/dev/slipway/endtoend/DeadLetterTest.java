package dev.slipway.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.pubsub.v1.TopicAdminClient;
import com.google.protobuf.ByteString;
import com.google.pubsub.v1.PubsubMessage;
import com.google.pubsub.v1.TopicName;
import dev.slipway.contracts.Topology.Subscription;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A message that nobody can read is put aside with the reason, and holds up nothing. */
@Order(3)
@OnSharedInstallation
class DeadLetterTest {
    private static final String GARBAGE = "this is no message of ours";

    static Stream<String> subscriptions() {
        return Cloud.TOPOLOGY.subscriptions().stream().map(Subscription::id);
    }

    @ParameterizedTest
    @MethodSource("subscriptions")
    void takesWhatCannotBeRead(String id, Installation installation) throws Exception {
        Cloud cloud = new Cloud(installation);
        Subscription subscription = Cloud.TOPOLOGY.subscription(id);
        try (TopicAdminClient topics = cloud.topics();
                Mailbox dead = Mailbox.of(cloud, subscription.deadLetterName())) {
            String sent =
                    topics.publish(
                                    TopicName.format(
                                            Cloud.PROJECT,
                                            Cloud.TOPOLOGY.topic(subscription.topic()).name()),
                                    List.of(
                                            PubsubMessage.newBuilder()
                                                    .setData(ByteString.copyFromUtf8(GARBAGE))
                                                    .putAttributes("eventType", "OBJECT_FINALIZE")
                                                    .putAttributes("objectId", "garbage.zip")
                                                    .build()))
                            .getMessageIds(0);

            PubsubMessage message =
                    dead.await(
                            "message " + sent + " is in " + subscription.deadLetterName(),
                            found ->
                                    found.getAttributesOrDefault("slipway-message-id", "")
                                            .equals(sent));

            assertThat(message.getData().toStringUtf8()).isEqualTo(GARBAGE);
            assertThat(message.getAttributesOrDefault("slipway-reason", "")).isNotBlank();
            assertThat(message.getAttributesOrDefault("slipway-subscription", ""))
                    .isEqualTo(subscription.name());
        }
    }
}
