package dev.slipway.deploy.decide;

import dev.slipway.contracts.Reason;
import dev.slipway.contracts.Verdict;
import dev.slipway.deploy.decide.DeployStep.Await;
import dev.slipway.deploy.decide.DeployStep.Close;
import dev.slipway.deploy.decide.DeployStep.Create;
import dev.slipway.deploy.decide.DeployStep.Delete;
import dev.slipway.deploy.decide.DeployStep.DeleteTrigger;
import dev.slipway.deploy.decide.DeployStep.Deploy;
import dev.slipway.deploy.decide.DeployStep.End;
import dev.slipway.deploy.decide.DeployStep.Route;
import dev.slipway.ledger.Waiting;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The way forward of a deployment that has no negative verdict. */
final class Rollout {
    private Rollout() {}

    static DeployStep next(DeployFacts facts) {
        return facts.service()
                .map(seen -> withService(facts, seen))
                .orElseGet(() -> withoutService(facts));
    }

    /** The create itself is the guard against another one; {@code absent} says who may. */
    private static DeployStep withoutService(DeployFacts facts) {
        return facts.isAbsentAtOrAboveMine()
                ? new End(DeployDecision.superseded(), null)
                : new Create(Marks.NONE.fenced(facts.mine(), null, facts.rules().installation()));
    }

    private static DeployStep withService(DeployFacts facts, ServiceSeen seen) {
        if (seen.deleting()) {
            return new Await(Waiting.Cause.ROLLOUT, "the service is being deleted");
        }
        if (facts.isForeign(seen)) {
            return new Close(DeployDecision.foreign(facts, seen), null);
        }
        if (facts.isGhost(seen)) {
            return new Delete("it came from a create that landed late");
        }
        return seen.isLagging() ? DeployDecision.lagging() : settled(facts, seen);
    }

    private static DeployStep settled(DeployFacts facts, ServiceSeen seen) {
        if (facts.isLive(seen)) {
            return triggers(facts).orElseGet(() -> live(facts, seen));
        }
        if (facts.isFenceAbove(seen)) {
            return new End(DeployDecision.superseded(), null);
        }
        if (seen.isHeld()) {
            return DeployDecision.held(facts);
        }
        return facts.isClosed(seen) ? closedByOthers(facts) : forward(facts, seen);
    }

    static DeployStep live(DeployFacts facts, ServiceSeen seen) {
        return new End(
                Verdict.of(
                        Reason.DEPLOYED,
                        "The new revision serves all requests." + calledBy(facts.wanted())),
                seen.uri());
    }

    private static String calledBy(List<TriggerPlan> triggers) {
        return triggers.isEmpty()
                ? ""
                : triggers.stream()
                        .map(TriggerPlan::words)
                        .collect(Collectors.joining(", ", " It gets the events of ", "."));
    }

    /** The next step until the triggers are those of the manifest. */
    private static Optional<DeployStep> triggers(DeployFacts facts) {
        return Convergence.next(facts.wanted(), facts.triggers())
                .flatMap(step -> facts.isLate() ? late(facts, step) : Optional.of(step));
    }

    /** What was not tried yet is still tried; what only is in the way is left to the sweep. */
    private static Optional<DeployStep> late(DeployFacts facts, DeployStep step) {
        if (step instanceof DeleteTrigger) {
            return Optional.empty();
        }
        return Optional.of(
                step instanceof Await(_, String why)
                        ? new Close(
                                Verdict.of(
                                        Reason.DEPLOY_TIMED_OUT,
                                        "Not all triggers were ready within "
                                                + facts.rules().deadline().toMinutes()
                                                + " min: "
                                                + why
                                                + "."),
                                null)
                        : step);
    }

    /** The record says so first; where it does not, the swap that follows finds it out. */
    private static DeployStep closedByOthers(DeployFacts facts) {
        return new Close(
                Verdict.of(
                        Reason.DEPLOY_REFUSED,
                        "Somebody closed the rollout of "
                                + facts.revision()
                                + " on the service itself."),
                null);
    }

    private static DeployStep forward(DeployFacts facts, ServiceSeen seen) {
        Optional<String> same = liveWithSameBytes(facts, seen);
        if (same.isPresent()) {
            return unchanged(facts, seen, same.get());
        }
        boolean written =
                seen.template().equals(facts.revision())
                        || seen.revision(facts.revision()).isPresent();
        return written ? written(facts, seen) : new Deploy(marks(facts, seen));
    }

    private static Optional<String> liveWithSameBytes(DeployFacts facts, ServiceSeen seen) {
        Origin wanted = Origin.of(facts.record(), facts.manifest());
        return seen.live()
                .flatMap(seen::revision)
                .filter(revision -> revision.state() == RevisionSeen.State.READY)
                .filter(revision -> revision.origin() != null && wanted.sameAs(revision.origin()))
                .map(RevisionSeen::name);
    }

    private static DeployStep unchanged(DeployFacts facts, ServiceSeen seen, String live) {
        if (facts.isFenceMine(seen) && seen.wants(live) && seen.serves(live)) {
            return triggers(facts)
                    .orElseGet(
                            () ->
                                    new End(
                                            Verdict.of(
                                                    Reason.ALREADY_LIVE,
                                                    "The same source, built in the same way, serves"
                                                            + " with the same manifest already."),
                                            seen.uri()));
        }
        return facts.isFenceMine(seen) && seen.wants(live)
                ? stuck(facts, seen.message())
                : new Route(marks(facts, seen), live, Optional.of(facts.manifest().access()));
    }

    private static DeployStep written(DeployFacts facts, ServiceSeen seen) {
        Optional<RevisionSeen> revision = seen.revision(facts.revision());
        RevisionSeen.State state =
                revision.map(RevisionSeen::state).orElse(RevisionSeen.State.UNDECIDED);
        return switch (state) {
            case FAILED -> RevisionEnd.next(facts, revision.orElseThrow());
            case READY ->
                    seen.wants(facts.revision())
                            ? stuck(facts, seen.message())
                            : new Route(
                                    marks(facts, seen),
                                    facts.revision(),
                                    Optional.of(facts.manifest().access()));
            case UNDECIDED -> stuck(facts, seen.message());
        };
    }

    /** Cloud Run says that it is done, and it is not. */
    private static DeployStep stuck(DeployFacts facts, @Nullable String message) {
        return facts.isLate()
                ? new Close(timedOut(facts, message), null)
                : new Await(Waiting.Cause.PLATFORM, "the revision does not serve yet");
    }

    static Verdict timedOut(DeployFacts facts, @Nullable String message) {
        return Verdict.of(
                Reason.DEPLOY_TIMED_OUT,
                "The service was not updated within "
                        + facts.rules().deadline().toMinutes()
                        + " min"
                        + (message == null ? "." : ", at last: " + message));
    }

    static Marks marks(DeployFacts facts, ServiceSeen seen) {
        return seen.marks()
                .fenced(facts.mine(), seen.live().orElse(null), facts.rules().installation())
                .after(Adoption.accessBefore(facts, seen));
    }
}
