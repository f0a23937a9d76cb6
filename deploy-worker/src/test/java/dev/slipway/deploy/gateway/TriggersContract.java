package dev.slipway.deploy.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.slipway.contracts.ServiceKey;
import dev.slipway.contracts.ServiceName;
import dev.slipway.contracts.manifest.Trigger;
import dev.slipway.deploy.Given;
import dev.slipway.deploy.decide.TriggerPlan;
import dev.slipway.deploy.decide.TriggerSeen;
import dev.slipway.kit.FailureKind;
import dev.slipway.kit.GatewayException;
import java.time.Duration;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What every {@link Triggers} does. */
public abstract class TriggersContract {
    private static final String REGION = "europe-west1";

    /** The triggers in question. */
    protected abstract Triggers triggers();

    /** Lets there be a topic. */
    protected abstract void topic(String name);

    /** Lets there be a bucket. */
    protected abstract void bucket(String name, String location);

    /** Lets there be a service that events can be sent to. */
    protected void serve(ServiceKey service) {}

    /** Whose triggers these are. */
    protected String installation() {
        return "inst";
    }

    private static ServiceKey service(String name) {
        return new ServiceKey(REGION, new ServiceName(name));
    }

    private TriggerPlan onTopic(String service, @Nullable String topic) {
        return plan(service, Given.onTopic(topic));
    }

    private TriggerPlan plan(String service, Trigger trigger) {
        return TriggerPlan.of("inst", service(service), Given.manifest(service, List.of(trigger)))
                .getFirst();
    }

    private TriggerSeen created(TriggerPlan plan) {
        serve(plan.service());
        triggers().create(plan);
        return withSubscription(plan);
    }

    private TriggerSeen withSubscription(TriggerPlan plan) {
        return await().atMost(Duration.ofSeconds(30))
                .until(
                        () -> triggers().of(plan.service()),
                        found -> !found.isEmpty() && found.getFirst().delivery() != null)
                .getFirst();
    }

    private static void assertFails(FailureKind kind, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        GatewayException.class, e -> assertThat(e.kind()).isEqualTo(kind));
    }

    @Test
    void aTriggerIsThereWithItsSubscription() {
        topic("orders");
        TriggerPlan plan = onTopic("trigger-contract-made", "orders");

        TriggerSeen seen = created(plan);

        assertThat(seen.id()).isEqualTo(plan.id());
        assertThat(seen.location()).isEqualTo(REGION);
        assertThat(seen.service()).isEqualTo(plan.service());
        assertThat(seen.failure()).isNull();
        assertThat(seen.delivery()).isNotEqualTo(plan.delivery());
        assertThat(triggers().all()).extracting(TriggerSeen::id).contains(plan.id());
        assertThat(triggers().of(service("trigger-contract-nobody"))).isEmpty();
    }

    @Test
    void aTriggerDeliversAsItIsAdjusted() {
        TriggerPlan plan = onTopic("trigger-contract-adjusted", null);
        TriggerSeen seen = created(plan);

        triggers().adjust(plan, seen);
        triggers().adjust(plan, seen);

        assertThat(withSubscription(plan).delivery()).isEqualTo(plan.delivery());
    }

    @Test
    void aTriggerIsMadeOnce() {
        TriggerPlan plan = onTopic("trigger-contract-once", null);
        created(plan);

        assertFails(FailureKind.ALREADY_EXISTS, () -> triggers().create(plan));
        assertThat(triggers().of(plan.service())).hasSize(1);
    }

    @Test
    void aDeletedTriggerIsGoneAndNeedsNoSecondDeleting() {
        TriggerSeen seen = created(onTopic("trigger-contract-deleted", null));

        triggers().delete(seen);
        triggers().delete(seen);

        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(triggers().of(seen.service())).isEmpty());
    }

    @Test
    void aTriggerLivesWhereItsBucketIs() {
        bucket("photos-everywhere", "eu");

        TriggerPlan plan = plan("trigger-contract-bucket", Given.onBucket("photos-everywhere"));
        assertThat(created(plan).location()).isEqualTo("eu");
    }

    @Test
    void whatIsNamedIsThereOrNot() {
        topic("present");
        bucket("photos-here", REGION);

        assertThat(triggers().target(onTopic("trigger-contract-target", "present")).there())
                .isTrue();
        assertThat(triggers().target(onTopic("trigger-contract-target", "absent")).there())
                .isFalse();
        assertThat(
                        triggers()
                                .target(
                                        plan(
                                                "trigger-contract-target",
                                                Given.onBucket("photos-here"))))
                .satisfies(
                        seen -> {
                            assertThat(seen.there()).isTrue();
                            assertThat(seen.location()).isEqualTo(REGION);
                        });
        assertThat(
                        triggers()
                                .target(
                                        plan(
                                                "trigger-contract-target",
                                                Given.onBucket("no-photos")))
                                .there())
                .isFalse();
    }

    @Test
    void aTriggerOnWhatIsNotThereIsNotMade() {
        serve(service("trigger-contract-missing"));
        assertFails(
                FailureKind.NOT_FOUND,
                () -> triggers().create(onTopic("trigger-contract-missing", "nowhere")));
        assertFails(
                FailureKind.NOT_FOUND,
                () ->
                        triggers()
                                .create(
                                        plan(
                                                "trigger-contract-missing",
                                                Given.onBucket("nowhere"))));
    }
}
