package dev.slipway.deploy.decide;

import dev.slipway.contracts.Verdict;
import dev.slipway.contracts.manifest.Access;
import dev.slipway.ledger.Waiting;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The one thing to do next about a deployment's rollout. */
public sealed interface DeployStep {
    /** Nothing: it is somebody else's turn. */
    record Leave(String why) implements DeployStep {}

    /** Wait for a time. */
    record Wait(Waiting waiting) implements DeployStep {}

    /** Look again in a moment: Cloud Run is at it. */
    record Await(Waiting.Cause cause, String why) implements DeployStep {}

    /** Record that Cloud Run is written from now on. */
    record Begin() implements DeployStep {}

    /** Create the service with this deployment's revision. */
    record Create(Marks marks) implements DeployStep {}

    /** Give the service this deployment's revision, and it the traffic. */
    record Deploy(Marks marks) implements DeployStep {}

    /**
     * Give all traffic to a revision that is there.
     *
     * @param access who may call from now on; empty leaves that as it is
     */
    record Route(Marks marks, String revision, Optional<Access> access) implements DeployStep {}

    /** Something to do to one trigger. */
    sealed interface OfTrigger extends DeployStep {}

    /** Make a trigger. */
    record CreateTrigger(TriggerPlan plan) implements OfTrigger {}

    /** Let a trigger's subscription deliver as it is wanted. */
    record AdjustTrigger(TriggerPlan plan, TriggerSeen seen) implements OfTrigger {}

    /** Take a trigger away. */
    record DeleteTrigger(TriggerSeen seen) implements OfTrigger {}

    /** Delete the service as it was read. */
    record Delete(String why) implements DeployStep {}

    /** Record that nothing up to this deployment's order is to stand. */
    record RaiseAbsent() implements DeployStep {}

    /** Record another attempt. */
    record DeployAgain(String why) implements DeployStep {}

    /**
     * Record a negative verdict, to be carried out next.
     *
     * @param failed the revision whose output belongs to it, if one's does
     */
    record Close(Verdict verdict, @Nullable RevisionSeen failed) implements DeployStep {}

    /** It is over. */
    record End(Verdict verdict, @Nullable String url) implements DeployStep {}
}
