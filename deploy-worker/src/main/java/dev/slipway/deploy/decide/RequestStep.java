package dev.slipway.deploy.decide;

import dev.slipway.contracts.DeploymentId;
import dev.slipway.contracts.Verdict;
import dev.slipway.contracts.manifest.Access;
import dev.slipway.ledger.DeploymentRecord;
import dev.slipway.ledger.RequestRecord.End;
import dev.slipway.ledger.Waiting;
import java.util.Optional;

/** The one thing to do next about a request. */
public sealed interface RequestStep {
    /** Nothing: another worker carries it on. */
    record Leave(String why) implements RequestStep {}

    /** Look again in a moment: Cloud Run or Eventarc is at it. */
    record Await(Waiting.Cause cause, String why) implements RequestStep {}

    /** Record what a rollback goes to, before anything is written. */
    record Choose(String revision) implements RequestStep {}

    /** Write the annotations and nothing else. */
    record Mark(Marks marks) implements RequestStep {}

    /** Give all traffic to a revision that is there. */
    record Route(Marks marks, String revision, Optional<Access> access) implements RequestStep {}

    /** Delete the service as it was read. */
    record Delete(String why) implements RequestStep {}

    /** Record that nothing up to the request's order is to stand. */
    record RaiseAbsent() implements RequestStep {}

    /** Make, adjust or take away a trigger. */
    record Trigger(DeployStep step) implements RequestStep {}

    /** Record whose source is deployed once more, before anything is begun. */
    record ChooseParent(DeploymentId parent) implements RequestStep {}

    /** Begin the deployment that the request becomes, and say so. */
    record BeginDeployment(DeploymentRecord parent) implements RequestStep {}

    /** End the deployment that was not begun to be deployed. */
    record EndDeployment(Verdict verdict) implements RequestStep {}

    /** Record the negative verdict on a deployment, and carry it out. */
    record CloseDeployment(Verdict verdict) implements RequestStep {}

    /** Carry the deployment on that is being taken back. */
    record CarryOnDeployment() implements RequestStep {}

    /** It is over. */
    record Finish(End end) implements RequestStep {}
}
