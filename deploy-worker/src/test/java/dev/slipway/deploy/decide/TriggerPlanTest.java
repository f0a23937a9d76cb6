package dev.slipway.deploy.decide;

import static dev.slipway.deploy.decide.GivenTriggers.ORDERS;
import static dev.slipway.deploy.decide.GivenTriggers.PHOTOS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.manifest.Trigger;
import dev.slipway.deploy.Given;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class TriggerPlanTest {
    private TriggerPlan plan(Trigger trigger) {
        Situation situation = new Situation();
        situation.events = List.of(trigger);
        return situation.wanted().getFirst();
    }

    @Test
    void tellEverything() {
        List<TriggerPlan> plans =
                List.of(
                        plan(ORDERS),
                        plan(Given.onTopic(null)),
                        plan(Given.onTopic("photos")),
                        plan(PHOTOS),
                        plan(orders("/", 6, 1, 10)),
                        plan(orders("/x", 5, 1, 10)),
                        plan(orders("/", 5, 2, 10)),
                        plan(orders("/", 5, 1, 11)));

        assertThat(plans).extracting(TriggerPlan::id).doesNotHaveDuplicates();
        assertThat(plan(orders("/", 5, 1, 10))).isEqualTo(plan(ORDERS));
    }

    private Trigger orders(String path, int attempts, int least, int most) {
        return new Trigger.Pubsub(
                "orders", path, attempts, Duration.ofSeconds(least), Duration.ofSeconds(most));
    }

    @Test
    void areShortEnoughForEventarc() {
        TriggerPlan plan =
                TriggerPlan.of(
                                "an-installation-with-a-long-name",
                                Situation.HELLO,
                                Given.manifest("hello", List.of(ORDERS)))
                        .getFirst();

        assertThat(plan.id()).matches("[a-z]([a-z0-9-]{0,61}[a-z0-9])?");
        assertThat(plan(ORDERS).id()).startsWith("inst-hello-");
    }
}
