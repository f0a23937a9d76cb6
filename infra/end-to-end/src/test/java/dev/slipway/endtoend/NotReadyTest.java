package dev.slipway.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.pubsub.v1.TopicAdminClient;
import com.google.pubsub.v1.TopicName;
import dev.slipway.endtoend.WorkerProcess.Readiness;
import java.time.Duration;
import java.util.Map;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A worker that lacks something says what, and becomes ready by itself once it is there. */
@Order(4)
@OnSharedInstallation
class NotReadyTest {
    private static final int READY = 200;
    private static final int NOT_READY = 503;

    private static Readiness await(WorkerProcess worker, Predicate<Readiness> wanted) {
        return Awaitility.await("the worker's readiness")
                .atMost(Duration.ofSeconds(40))
                .until(worker::readiness, wanted);
    }

    private static boolean names(Readiness readiness, String what) {
        return readiness.missing().stream().anyMatch(text -> text.contains(what));
    }

    @Test
    void aTopicThatIsGoneIsNamedUntilItIsBack(Installation installation) throws Exception {
        Cloud cloud = new Cloud(installation);
        String name = Cloud.TOPOLOGY.topic("deployment-finished").name();
        String topic = TopicName.format(Cloud.PROJECT, name);
        try (TopicAdminClient topics = cloud.topics()) {
            topics.deleteTopic(topic);
            try (WorkerProcess worker =
                    new WorkerProcess(installation, "upload-worker", Map.of())) {
                Readiness lacking = await(worker, it -> names(it, name));
                topics.createTopic(topic);
                Readiness ready = await(worker, it -> it.status() == READY);

                assertThat(lacking.status()).isEqualTo(NOT_READY);
                assertThat(ready.missing()).isEmpty();
            } finally {
                if (!names(topics, topic)) {
                    topics.createTopic(topic);
                }
            }
        }
    }

    private static boolean names(TopicAdminClient topics, String topic) {
        for (var found : topics.listTopics("projects/" + Cloud.PROJECT).iterateAll()) {
            if (found.getName().equals(topic)) {
                return true;
            }
        }
        return false;
    }

    @ParameterizedTest
    @CsvSource({
        "upload-worker, local-project-elsewhere-drop, elsewhere-upload-worker-source-uploaded",
        "build-worker, local-project-elsewhere-ledger, elsewhere-build-worker-source-stored",
        "deploy-worker, local-project-elsewhere-ledger, elsewhere-deploy-worker-image-pushed"
    })
    void bucketsAndSubscriptionsThatNobodyMadeAreNamed(
            String name, String bucket, String subscription, Installation installation)
            throws Exception {
        try (WorkerProcess worker =
                new WorkerProcess(
                        installation, name, Map.of("SLIPWAY_INSTALLATION", "elsewhere"))) {
            Readiness lacking = await(worker, it -> names(it, bucket) && names(it, subscription));

            assertThat(lacking.status()).isEqualTo(NOT_READY);
        }
    }

    @Test
    void aPermissionThatIsNotGrantedIsNamed(Installation installation) throws Exception {
        String others = WorkerProcess.token(installation, "deploy").toString();
        try (WorkerProcess worker =
                new WorkerProcess(
                        installation, "upload-worker", Map.of("SLIPWAY_TOKEN_FILE", others))) {
            Readiness lacking =
                    await(
                            worker,
                            it ->
                                    names(
                                            it,
                                            "no permission pubsub.subscriptions.consume on the"
                                                    + " subscription"
                                                    + " slipway-upload-worker-source-uploaded"));

            assertThat(lacking.status()).isEqualTo(NOT_READY);
        }
    }
}
