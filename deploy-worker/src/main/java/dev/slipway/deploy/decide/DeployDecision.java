package dev.slipway.deploy.decide;

import dev.slipway.contracts.Reason;
import dev.slipway.contracts.Verdict;
import dev.slipway.contracts.manifest.Access;
import dev.slipway.contracts.manifest.Manifest;
import dev.slipway.deploy.decide.DeployStep.Await;
import dev.slipway.deploy.decide.DeployStep.Begin;
import dev.slipway.deploy.decide.DeployStep.End;
import dev.slipway.deploy.decide.DeployStep.Leave;
import dev.slipway.deploy.decide.DeployStep.Wait;
import dev.slipway.ledger.DeploymentRecord;
import dev.slipway.ledger.Stage;
import dev.slipway.ledger.Waiting;
import java.time.Duration;
import java.util.Optional;

/** What to do next about a deployment's rollout: from facts to one step. */
public final class DeployDecision {
    private static final Duration HELD_PAUSE = Duration.ofSeconds(30);

    private DeployDecision() {}

    /** The next step. */
    public static DeployStep next(DeployFacts facts) {
        return switch (facts.record().stage()) {
            case RECEIVED, VERIFIED, CLAIMED, BUILDING -> new Leave("it has no image yet");
            case BUILT -> built(facts);
            case DEPLOYING ->
                    facts.record().closing() == null
                            ? Rollout.next(facts)
                            : Closing.next(facts, facts.record().closing());
            case DONE -> new Leave("it is over");
        };
    }

    /**
     * Whether the next step depends on the service's triggers. Most deployments have none and never
     * had any; the others need them once they serve, or have to go back.
     */
    public static boolean dependsOnTriggers(
            DeploymentRecord record, Manifest manifest, Optional<ServiceSeen> service) {
        return record.stage() == Stage.DEPLOYING
                && service.filter(ServiceSeen::isLagging).isEmpty()
                && (!manifest.eventTriggers().isEmpty()
                        || service.filter(ServiceSeen::mayHaveTriggers).isPresent())
                && (record.closing() != null
                        || service.filter(seen -> servesSame(record, manifest, seen)).isPresent());
    }

    private static boolean servesSame(
            DeploymentRecord record, Manifest manifest, ServiceSeen seen) {
        return seen.live()
                .flatMap(seen::revision)
                .map(RevisionSeen::origin)
                .filter(Origin.of(record, manifest)::sameAs)
                .isPresent();
    }

    /** Before DEPLOYING the record decides; nothing of it was ever written to Cloud Run. */
    private static DeployStep built(DeployFacts facts) {
        if (facts.entry().outranks(facts.mine())) {
            return new End(superseded(), null);
        }
        if (facts.manifest().access() == Access.PUBLIC && !facts.rules().allowsPublic()) {
            return new End(
                    Verdict.of(
                            Reason.DEPLOY_REFUSED,
                            "The manifest asks for public access, which your operator does not"
                                    + " allow."),
                    null);
        }
        return facts.service()
                .flatMap(seen -> before(facts, seen))
                .or(() -> Targets.refusal(facts).map(verdict -> new End(verdict, null)))
                .orElseGet(Begin::new);
    }

    private static Optional<DeployStep> before(DeployFacts facts, ServiceSeen seen) {
        if (seen.deleting()) {
            return Optional.of(new Await(Waiting.Cause.ROLLOUT, "the service is being deleted"));
        }
        if (facts.isForeign(seen)) {
            return Optional.of(new End(foreign(facts, seen), null));
        }
        if (facts.isGhost(seen)) {
            return Optional.empty();
        }
        if (facts.isFenceAbove(seen)) {
            return Optional.of(new End(superseded(), null));
        }
        if (seen.isHeld()) {
            return Optional.of(held(facts));
        }
        return seen.isLagging() ? Optional.of(lagging()) : Optional.empty();
    }

    /** What a deployment ends with when a newer one, or an undeploy, stands above it. */
    static Verdict superseded() {
        return Verdict.of(
                Reason.NEWER_DEPLOYMENT,
                "A newer deployment or undeploy of this service was asked for before this one went"
                        + " live.");
    }

    static Verdict foreign(DeployFacts facts, ServiceSeen seen) {
        String whose =
                seen.marks().installation() == null
                        ? "was not made by Slipway"
                        : "belongs to the installation '" + seen.marks().installation() + "'";
        String why =
                facts.rules().adoptsForeign()
                        ? ", and no single revision of it serves that could be fallen back to."
                        : ", and your operator does not allow taking it over.";
        return Verdict.of(
                Reason.SERVICE_FOREIGN,
                "The service "
                        + facts.record().requireService()
                        + " is there already, "
                        + whose
                        + why);
    }

    static DeployStep held(DeployFacts facts) {
        return new Wait(new Waiting(Waiting.Cause.HOLD, facts.now().plus(HELD_PAUSE)));
    }

    static DeployStep lagging() {
        return new Await(Waiting.Cause.ROLLOUT, "the status of the service lags its spec");
    }
}
