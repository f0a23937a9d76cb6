package dev.slipway.deploy.decide;

import dev.slipway.contracts.Reason;
import dev.slipway.contracts.Verdict;
import dev.slipway.deploy.decide.DeployStep.Await;
import dev.slipway.deploy.decide.DeployStep.Delete;
import dev.slipway.deploy.decide.DeployStep.End;
import dev.slipway.deploy.decide.DeployStep.RaiseAbsent;
import dev.slipway.deploy.decide.DeployStep.Route;
import dev.slipway.ledger.Waiting;
import java.util.List;
import java.util.Optional;

/**
 * A negative verdict that stands in the record and is carried out: what is live keeps the traffic;
 * where nothing is, nothing stays. LIVE is told instead where that is the truth for everybody who
 * looks: whether triggers are ready is not, since it changes without the service's etag.
 */
final class Closing {
    private Closing() {}

    static DeployStep next(DeployFacts facts, Verdict verdict) {
        if (facts.service().isEmpty()) {
            return facts.isAbsentAtOrAboveMine()
                    ? ended(facts, verdict, Optional.of(List.of()))
                    : new RaiseAbsent();
        }
        ServiceSeen seen = facts.service().get();
        if (seen.deleting()) {
            return new Await(Waiting.Cause.ROLLOUT, "the service is being deleted");
        }
        if (facts.isForeign(seen)) {
            return new End(verdict, null);
        }
        if (facts.isGhost(seen)) {
            return new Delete("it came from a create that landed late");
        }
        return seen.isLagging() ? DeployDecision.lagging() : settled(facts, seen, verdict);
    }

    private static DeployStep settled(DeployFacts facts, ServiceSeen seen, Verdict verdict) {
        if (facts.isFenceAbove(seen)) {
            return facts.isLive(seen)
                    ? chosen(facts, seen, verdict)
                    : new End(DeployDecision.superseded(), null);
        }
        if (facts.isLive(seen) && facts.wanted().isEmpty()) {
            return Rollout.live(facts, seen);
        }
        Optional<String> fallback = Fallback.of(facts.own(), seen);
        if (fallback.isEmpty() && !(facts.isClosed(seen) && seen.live().isPresent())) {
            return facts.isAbsentAtOrAboveMine()
                    ? new Delete("its only deployment failed")
                    : new RaiseAbsent();
        }
        if (seen.isHeld()) {
            return DeployDecision.held(facts);
        }
        return facts.isClosed(seen)
                ? ended(facts, verdict, fallbackTriggers(facts, seen))
                : close(facts, seen, fallback.orElseThrow());
    }

    /**
     * What serves because somebody newer went back to it was LIVE before it was to end otherwise;
     * it may not write any more, and the sweep brings its triggers.
     */
    private static DeployStep chosen(DeployFacts facts, ServiceSeen seen, Verdict verdict) {
        boolean ready = Convergence.towardsReady(facts.wanted(), facts.triggers()).isEmpty();
        return ready
                ? Rollout.live(facts, seen)
                : new End(
                        Verdict.of(
                                Reason.DEPLOYED,
                                "The new revision serves all requests, since a newer deployment or"
                                        + " request went back to it. Not all of its triggers are"
                                        + " ready, which is tried further. It was to end: "
                                        + verdict.message()),
                        seen.uri());
    }

    private static DeployStep close(DeployFacts facts, ServiceSeen seen, String fallback) {
        return new Route(
                seen.marks()
                        .fenced(facts.mine(), fallback, facts.rules().installation())
                        .closing(facts.mine()),
                fallback,
                Adoption.accessOfFallback(facts, seen));
    }

    /**
     * The triggers of what is fallen back to; none for a revision that Slipway did not make, empty
     * where they are not known.
     */
    private static Optional<List<TriggerPlan>> fallbackTriggers(
            DeployFacts facts, ServiceSeen seen) {
        boolean ours =
                Fallback.of(facts.own(), seen)
                        .flatMap(seen::revision)
                        .map(RevisionSeen::origin)
                        .isPresent();
        return ours ? facts.fallback().map(facts::triggersOf) : Optional.of(List.of());
    }

    /**
     * The verdict, once no trigger of this deployment's stands any more. Those that are wanted were
     * never taken away, since that comes last of all.
     */
    private static DeployStep ended(
            DeployFacts facts, Verdict verdict, Optional<List<TriggerPlan>> wanted) {
        return wanted.filter(_ -> !facts.isOverdue())
                .flatMap(plans -> Convergence.surplus(plans, facts.triggers()))
                .orElseGet(() -> new End(verdict, null));
    }
}
