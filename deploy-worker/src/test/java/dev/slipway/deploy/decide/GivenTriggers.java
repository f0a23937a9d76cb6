package dev.slipway.deploy.decide;

import dev.slipway.contracts.manifest.Trigger;
import dev.slipway.deploy.Given;
import dev.slipway.deploy.decide.RevisionSeen.State;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Event triggers, asked for and seen. */
final class GivenTriggers {
    static final Trigger ORDERS = Given.onTopic("orders");
    static final Trigger PHOTOS = Given.onBucket("photos");

    private GivenTriggers() {}

    /** My revision serves and asks for these. */
    static Situation live(Trigger... events) {
        Situation situation = Situation.written(State.READY);
        situation.events = List.of(events);
        return situation;
    }

    static TriggerSeen ready(TriggerPlan plan) {
        return seen(plan, null, plan.delivery());
    }

    static TriggerSeen seen(
            TriggerPlan plan, @Nullable String failure, @Nullable Delivery delivery) {
        return new TriggerSeen(plan.id(), "europe-west1", plan.service(), failure, delivery);
    }
}
