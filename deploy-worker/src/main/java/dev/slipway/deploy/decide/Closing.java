package dev.slipway.deploy.decide;

import dev.slipway.contracts.Verdict;
import dev.slipway.deploy.decide.DeployStep.Await;
import dev.slipway.deploy.decide.DeployStep.Delete;
import dev.slipway.deploy.decide.DeployStep.End;
import dev.slipway.deploy.decide.DeployStep.RaiseAbsent;
import dev.slipway.deploy.decide.DeployStep.Route;
import dev.slipway.ledger.Waiting;
import java.util.Optional;

/**
 * A negative verdict that stands in the record and is carried out: what is live keeps the traffic;
 * where nothing is, nothing stays.
 */
final class Closing {
    private Closing() {}

    static DeployStep next(DeployFacts facts, Verdict verdict) {
        if (facts.service().isEmpty()) {
            return facts.isAbsentAtOrAboveMine() ? new End(verdict, null) : new RaiseAbsent();
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
        if (facts.isLive(seen)) {
            return Rollout.live(seen);
        }
        if (facts.isFenceAbove(seen)) {
            return new End(DeployDecision.superseded(), null);
        }
        Optional<String> live = seen.live().or(() -> facts.servingBesideMine(seen));
        if (live.isEmpty()) {
            return facts.isAbsentAtOrAboveMine()
                    ? new Delete("its only deployment failed")
                    : new RaiseAbsent();
        }
        if (seen.isHeld()) {
            return DeployDecision.held(facts);
        }
        return facts.isClosed(seen)
                ? new End(verdict, null)
                : new Route(
                        seen.marks()
                                .fenced(facts.mine(), live.get(), facts.rules().installation())
                                .closing(facts.mine()),
                        live.get(),
                        facts.liveAccess());
    }
}
