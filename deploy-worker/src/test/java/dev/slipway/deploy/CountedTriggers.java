package dev.slipway.deploy;

import dev.slipway.contracts.ServiceKey;
import dev.slipway.deploy.decide.TargetSeen;
import dev.slipway.deploy.decide.TriggerPlan;
import dev.slipway.deploy.decide.TriggerSeen;
import dev.slipway.deploy.gateway.Triggers;
import java.util.List;

/** Triggers whose calls are counted. */
record CountedTriggers(Triggers triggers, Calls calls) implements Triggers {
    private void called(Runnable call) {
        calls.called(
                () -> {
                    call.run();
                    return true;
                });
    }

    @Override
    public List<TriggerSeen> of(ServiceKey service) {
        return calls.called(() -> triggers.of(service));
    }

    @Override
    public List<TriggerSeen> all() {
        return calls.called(triggers::all);
    }

    @Override
    public TargetSeen target(TriggerPlan plan) {
        return calls.called(() -> triggers.target(plan));
    }

    @Override
    public void create(TriggerPlan plan) {
        called(() -> triggers.create(plan));
    }

    @Override
    public void adjust(TriggerPlan plan, TriggerSeen trigger) {
        called(() -> triggers.adjust(plan, trigger));
    }

    @Override
    public void delete(TriggerSeen trigger) {
        called(() -> triggers.delete(trigger));
    }
}
