package dev.slipway.local.pubsub;

import static dev.slipway.local.pubsub.Bench.message;
import static dev.slipway.local.pubsub.Bench.texts;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.pubsub.v1.DeleteTopicRequest;
import com.google.pubsub.v1.ReceivedMessage;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RestartTest {
    @TempDir Path home;

    @Test
    void keepsTheBacklogAndForgetsLeases() {
        String acknowledgedId;
        try (Bench before = new Bench(home)) {
            before.subscribe(
                    "kept",
                    subscription ->
                            subscription
                                    .setFilter("NOT attributes:no")
                                    .setRetainAckedMessages(true)
                                    .setEnableMessageOrdering(true));
            before.subscribe("orphan", subscription -> subscription);
            before.publish("orphan", message("left", ""));
            before.publisher.deleteTopic(
                    DeleteTopicRequest.newBuilder().setTopic(Bench.topic("orphan")).build());
            before.publish("kept", message("done", ""), message("leased", ""), message("1", "k"));
            List<ReceivedMessage> received = before.pull("kept");
            acknowledgedId = received.getFirst().getMessage().getMessageId();
            before.acknowledge("kept", received.getFirst());
        }

        try (Bench after = new Bench(home)) {
            assertThat(texts(after.pull("orphan"))).containsExactly("left");
            after.publish("kept", message("2", "k"), message("new", ""));
            List<ReceivedMessage> received = after.pull("kept");
            assertThat(texts(received)).containsExactly("leased", "1", "2", "new");
            assertThat(received.getLast().getMessage().getMessageId())
                    .isGreaterThan(acknowledgedId);
        }
    }
}
