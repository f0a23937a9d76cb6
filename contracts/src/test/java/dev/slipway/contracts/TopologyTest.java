package dev.slipway.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.contracts.Topology.Grant;
import dev.slipway.contracts.Topology.Identity;
import dev.slipway.contracts.Topology.Subscription;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TopologyTest {
    private static final Topology TOPOLOGY = Topology.of("my-project", "blue");
    private static final String DEAD = "-dead";

    static List<Subscription> subscriptions() {
        return TOPOLOGY.subscriptions();
    }

    static Stream<Grant> grants() {
        return TOPOLOGY.identities().stream().flatMap(identity -> identity.grants().stream());
    }

    static Stream<Identity> workers() {
        return TOPOLOGY.identities().stream().filter(Identity::worker);
    }

    private static Stream<String> names() {
        return Stream.of(
                        TOPOLOGY.topics().stream().map(Topology.Topic::name),
                        TOPOLOGY.subscriptions().stream().map(Subscription::name),
                        TOPOLOGY.subscriptions().stream().map(Subscription::deadLetterName),
                        TOPOLOGY.buckets().stream().map(Topology.Bucket::name),
                        TOPOLOGY.identities().stream().map(Identity::name))
                .flatMap(each -> each);
    }

    @Test
    void everyNameIsFilledAndOnlyGooglesTopicIsNotOurs() {
        assertThat(names())
                .doesNotHaveDuplicates()
                .noneMatch(name -> name.contains("{") || name.contains("}"));
        assertThat(names().filter(name -> !name.contains("blue"))).containsExactly("cloud-builds");
    }

    @Test
    void theNamesAreThoseOfTheDesign() {
        assertThat(TOPOLOGY.topic("source-stored").name()).isEqualTo("blue-source-stored");
        assertThat(TOPOLOGY.subscription("build-finished").name())
                .isEqualTo("blue-build-worker-build-finished");
        assertThat(TOPOLOGY.subscription("image-pushed").deadLetterName())
                .isEqualTo("blue-deploy-worker-image-pushed-dead");
        assertThat(TOPOLOGY.bucket("drop").name()).isEqualTo("my-project-blue-drop");
        assertThat(TOPOLOGY.identity("builder").email("my-project"))
                .isEqualTo("blue-builder@my-project.iam.gserviceaccount.com");
    }

    @ParameterizedTest
    @MethodSource("subscriptions")
    void everySubscriptionHasATopicAConsumerAndADeadLetter(Subscription subscription) {
        assertThatCode(() -> TOPOLOGY.topic(subscription.topic())).doesNotThrowAnyException();
        assertThat(TOPOLOGY.identity(subscription.consumer()).worker()).isTrue();
        assertThat(subscription.deadLetterName()).isEqualTo(subscription.name() + DEAD);
    }

    @ParameterizedTest
    @MethodSource("subscriptions")
    void whoConsumesMayConsumeAndPutAside(Subscription subscription) {
        assertThat(TOPOLOGY.identity(subscription.consumer()).grants())
                .contains(
                        new Grant(
                                "subscription:" + subscription.id(),
                                List.of("pubsub.subscriptions.consume"),
                                null),
                        new Grant(
                                "topic:" + subscription.id() + DEAD,
                                List.of("pubsub.topics.publish"),
                                null));
    }

    @ParameterizedTest
    @MethodSource("grants")
    void everyGrantIsOnSomethingThatExists(Grant grant) {
        String[] kindAndId = grant.on().split(":", 2);
        assertThat(grant.permissions()).isNotEmpty();
        assertThatCode(() -> find(kindAndId[0], kindAndId.length < 2 ? "" : kindAndId[1]))
                .doesNotThrowAnyException();
    }

    /** Staging buckets are made where a deployment first needs one, so the topology has none. */
    private static Object find(String kind, String id) {
        return switch (kind) {
            case "project" -> id;
            case "bucket" -> id.equals("staging") ? id : TOPOLOGY.bucket(id);
            case "topic" ->
                    id.endsWith(DEAD)
                            ? TOPOLOGY.subscription(id.substring(0, id.length() - DEAD.length()))
                            : TOPOLOGY.topic(id);
            case "subscription" -> TOPOLOGY.subscription(id);
            case "identity" -> TOPOLOGY.identity(id);
            default -> throw new IllegalArgumentException("no kind of resource: " + kind);
        };
    }

    @ParameterizedTest
    @MethodSource("workers")
    void everyWorkerEndsDeploymentsAndAnswers(Identity worker) {
        assertThat(worker.grants())
                .anyMatch(grant -> grant.on().equals("topic:deployment-finished"))
                .anyMatch(grant -> grant.on().equals("bucket:ledger"))
                .anyMatch(grant -> "status/".equals(grant.prefix()));
    }

    @Test
    void noWorkerMayCreateTheChainsOwnResources() {
        assertThat(workers().flatMap(worker -> worker.grants().stream()))
                .flatExtracting(Grant::permissions)
                .doesNotContain(
                        "pubsub.topics.create",
                        "pubsub.subscriptions.create",
                        "iam.serviceAccounts.create");
    }

    @Test
    void whatNobodyConsumesIsKept() {
        assertThat(TOPOLOGY.topics().stream().filter(Topology.Topic::kept))
                .containsExactly(
                        new Topology.Topic("undelivered-events", "blue-events-dead", true));
    }

    @Test
    void theDeployWorkerMakesTriggersThatCallAsTheirOwnIdentity() {
        assertThat(TOPOLOGY.identity("deploy").grants())
                .contains(
                        new Grant("identity:trigger", List.of("iam.serviceAccounts.actAs"), null));
        assertThat(TOPOLOGY.identity("trigger").grants())
                .containsExactly(new Grant("project", List.of("run.routes.invoke"), null));
    }

    @Test
    void everyNotificationGoesToATopic() {
        assertThat(TOPOLOGY.buckets())
                .flatExtracting(Topology.Bucket::notifications)
                .isNotEmpty()
                .allSatisfy(
                        notification ->
                                assertThatCode(() -> TOPOLOGY.topic(notification.topic()))
                                        .doesNotThrowAnyException());
    }

    @Test
    void answersAreNoDrops() {
        assertThat(TOPOLOGY.subscription("source-uploaded").filter())
                .contains("NOT hasPrefix(attributes.objectId, \"status/\")");
    }

    @Test
    void keepsMessagesForAWeekAndNeverExpires() {
        Topology.SubscriptionPolicy policy = TOPOLOGY.subscriptionPolicy();

        assertThat(policy.messageRetentionSeconds()).isGreaterThanOrEqualTo(7 * 24 * 3600);
        assertThat(policy.expires()).isFalse();
        assertThat(policy.minimumBackoffSeconds()).isEqualTo(10);
        assertThat(policy.maximumBackoffSeconds()).isEqualTo(600);
        assertThat(policy.maxDeliveryAttempts()).isEqualTo(100);
    }

    @Test
    void anUnknownIdIsNamed() {
        assertThatThrownBy(() -> TOPOLOGY.topic("sources"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("topology.json has no topic with id sources");
    }
}
