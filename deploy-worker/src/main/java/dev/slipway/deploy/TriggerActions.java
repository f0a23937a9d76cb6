package dev.slipway.deploy;

import dev.slipway.deploy.decide.DeployStep.AdjustTrigger;
import dev.slipway.deploy.decide.DeployStep.CreateTrigger;
import dev.slipway.deploy.decide.DeployStep.DeleteTrigger;
import dev.slipway.deploy.decide.DeployStep.OfTrigger;
import dev.slipway.deploy.decide.TriggerPlan;
import dev.slipway.deploy.decide.TriggerSeen;
import dev.slipway.deploy.gateway.Triggers;
import jakarta.inject.Singleton;

/** Does one step to a trigger, whoever decided it. */
@Singleton
record TriggerActions(Triggers triggers, DeployCounters counters) {
    /** Returns what was done, once it is. */
    String act(OfTrigger step) {
        String done =
                switch (step) {
                    case CreateTrigger(TriggerPlan plan) -> create(plan);
                    case AdjustTrigger(TriggerPlan plan, TriggerSeen seen) -> adjust(plan, seen);
                    case DeleteTrigger(TriggerSeen seen) -> delete(seen);
                };
        counters.triggered();
        return done;
    }

    private String create(TriggerPlan plan) {
        triggers.create(plan);
        return "trigger=" + plan.id() + " created for " + plan.words();
    }

    private String adjust(TriggerPlan plan, TriggerSeen seen) {
        triggers.adjust(plan, seen);
        return "trigger=" + plan.id() + " given its way of delivering";
    }

    private String delete(TriggerSeen seen) {
        triggers.delete(seen);
        return "trigger=" + seen.id() + " deleted";
    }
}
