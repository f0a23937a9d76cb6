package dev.slipway.deploy.gateway;

import dev.slipway.contracts.ServiceKey;
import dev.slipway.deploy.decide.TargetSeen;
import dev.slipway.deploy.decide.TriggerPlan;
import dev.slipway.deploy.decide.TriggerSeen;
import dev.slipway.kit.GatewayException;
import java.util.List;

/**
 * What sends events to services; only what carries this installation's label is seen and touched.
 * Writes wait a moment for what they asked to be done; where it takes longer, reading shows how it
 * goes on.
 *
 * <p>Every method throws {@link GatewayException} if the platform could not be asked or said no;
 * its kind says whether asking again helps.
 */
public interface Triggers {
    /** Those that call this service, with how they deliver. */
    List<TriggerSeen> of(ServiceKey service);

    /** Those of all services, without how they deliver. */
    List<TriggerSeen> all();

    /** How the topic or the bucket stands that a trigger names. */
    TargetSeen target(TriggerPlan plan);

    /**
     * Makes the trigger; {@code ALREADY_EXISTS} where there is one, {@code NOT_FOUND} where what it
     * names is not there.
     */
    void create(TriggerPlan plan);

    /**
     * Lets the subscription of a trigger that has one deliver as planned; harmless where it does.
     */
    void adjust(TriggerPlan plan, TriggerSeen trigger);

    /** Takes a trigger away, and what was made for it; harmless where it is not there. */
    void delete(TriggerSeen trigger);
}
