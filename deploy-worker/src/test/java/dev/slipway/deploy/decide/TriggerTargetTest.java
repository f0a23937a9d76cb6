package dev.slipway.deploy.decide;

import static dev.slipway.deploy.decide.GivenTriggers.ORDERS;
import static dev.slipway.deploy.decide.GivenTriggers.PHOTOS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.Reason;
import dev.slipway.contracts.manifest.Trigger;
import dev.slipway.deploy.Given;
import dev.slipway.deploy.decide.DeployStep.Begin;
import dev.slipway.deploy.decide.DeployStep.End;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TriggerTargetTest {
    private final Situation situation = Situation.olderServes();

    TriggerTargetTest() {
        situation.record = Situation.BUILT;
    }

    private void target(Trigger event, boolean there, @Nullable String location) {
        situation.events = List.of(event);
        List<TargetSeen> targets = new ArrayList<>(situation.targets);
        targets.add(new TargetSeen(situation.wanted().getFirst(), there, location));
        situation.targets = targets;
    }

    private void assertRefused(String field, String... texts) {
        assertThat(situation.next())
                .isInstanceOfSatisfying(
                        End.class,
                        end -> {
                            assertThat(end.verdict().reason()).isEqualTo(Reason.TRIGGER_REFUSED);
                            assertThat(end.verdict().field()).isEqualTo(field);
                            assertThat(end.verdict().message()).contains(texts);
                        });
    }

    @Test
    void aMissingTopicIsNamed() {
        target(ORDERS, false, null);

        assertRefused("triggers.pubsub.topic", "gcloud pubsub topics create orders");
    }

    @Test
    void everythingThatIsMissingIsNamed() {
        target(ORDERS, false, null);
        target(PHOTOS, false, null);

        assertRefused(
                "triggers.pubsub.topic",
                "gcloud pubsub topics create orders",
                "gcloud storage buckets create gs://photos --location=europe-west1");
    }

    @Test
    void undeliveredEventsDoNotGoRound() {
        target(Given.onTopic("inst-events-dead"), true, null);

        assertRefused("triggers.pubsub.topic", "its own undelivered events");
    }

    @ParameterizedTest
    @CsvSource({
        "europe-west1, true",
        "eu,           true",
        "us,           false",
        "asia,         false",
        "us-central1,  false",
        "eur4,         false"
    })
    void aBucketIsNearTheService(String location, boolean fits) {
        target(PHOTOS, true, location);

        if (fits) {
            assertThat(situation.next()).isEqualTo(new Begin());
        } else {
            assertRefused("triggers.storage.bucket", location, "europe-west1");
        }
    }

    @Test
    void whatIsThereKeepsNothingBack() {
        target(ORDERS, true, null);

        assertThat(situation.next()).isEqualTo(new Begin());
    }
}
