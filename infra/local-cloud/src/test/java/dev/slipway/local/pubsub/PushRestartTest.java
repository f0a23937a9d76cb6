package dev.slipway.local.pubsub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.util.Durations;
import com.google.pubsub.v1.PushConfig;
import com.google.pubsub.v1.RetryPolicy;
import com.google.pubsub.v1.Subscription;
import dev.slipway.local.Inbox;
import dev.slipway.local.LocalCloud;
import dev.slipway.local.Settings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PushRestartTest {
    private static final String TOPIC = "projects/local-project/topics/kept";
    private static final String SUBSCRIPTION = "projects/local-project/subscriptions/kept";

    @TempDir Path home;

    @Test
    void whatWasNotAcceptedGoesOnAfterARestart() throws Exception {
        int port;
        try (Inbox failing = new Inbox(0);
                LocalCloud cloud = LocalCloud.start(Settings.defaults(home));
                Clients clients = Clients.of("127.0.0.1:" + cloud.port())) {
            port = failing.port();
            failing.answers(got -> got.body().contains("Z29vZA==") ? 200 : 503);
            clients.topics.createTopic(TOPIC);
            clients.subscriptions.createSubscription(
                    Subscription.newBuilder()
                            .setName(SUBSCRIPTION)
                            .setTopic(TOPIC)
                            .setRetryPolicy(
                                    RetryPolicy.newBuilder()
                                            .setMinimumBackoff(Durations.fromSeconds(600))
                                            .setMaximumBackoff(Durations.fromSeconds(600)))
                            .setPushConfig(PushConfig.newBuilder().setPushEndpoint(failing.url()))
                            .build());
            clients.topics.publish(
                    TOPIC, List.of(WithPubSub.message("good"), WithPubSub.message("bad")));
            await().until(() -> failing.all().size() == 2);
        }

        try (Inbox answering = new Inbox(port);
                LocalCloud _ = LocalCloud.start(Settings.defaults(home))) {
            await().atMost(Duration.ofSeconds(10)).until(() -> !answering.all().isEmpty());
            assertThat(answering.all()).hasSize(1);
            assertThat(answering.all().getFirst().body()).contains("\"data\":\"YmFk\"");
        }
    }
}
