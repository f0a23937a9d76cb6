package dev.slipway.deploy.decide;

import dev.slipway.contracts.RequestAnswer.Refusal;
import dev.slipway.contracts.RequestKind;
import dev.slipway.deploy.decide.RequestStep.Await;
import dev.slipway.deploy.decide.RequestStep.Delete;
import dev.slipway.deploy.decide.RequestStep.Finish;
import dev.slipway.deploy.decide.RequestStep.Leave;
import dev.slipway.deploy.decide.RequestStep.Mark;
import dev.slipway.deploy.decide.RequestStep.RaiseAbsent;
import dev.slipway.deploy.decide.RequestStep.Trigger;
import dev.slipway.ledger.RequestRecord.End;
import dev.slipway.ledger.Waiting;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** What to do next about a request: from facts to one step. */
public final class RequestDecision {
    private RequestDecision() {}

    /** The next step. */
    public static RequestStep next(RequestFacts facts) {
        if (facts.record().isDone()) {
            return new Leave("it is over");
        }
        RequestKind kind = Objects.requireNonNull(facts.record().kind(), "a request has a kind");
        RequestStep step =
                switch (kind) {
                    case ROLLBACK -> onService(facts, RollingBack::next);
                    case HOLD -> onService(facts, RequestDecision::hold);
                    case RELEASE -> onService(facts, RequestDecision::release);
                    case UNDEPLOY -> undeploy(facts);
                    case CANCEL -> Cancelling.next(facts);
                    case REDRIVE, REDEPLOY -> Redeploying.next(facts);
                };
        return step instanceof Await(_, String why)
                        && facts.isLate()
                        && kind != RequestKind.UNDEPLOY
                ? new Finish(AfterRequestFailure.late(Refusal.TIMED_OUT, why))
                : step;
    }

    /** What a request does with a service that is there and ours. */
    @FunctionalInterface
    private interface Move {
        RequestStep next(RequestFacts facts, ServiceSeen seen);
    }

    private static RequestStep onService(RequestFacts facts, Move move) {
        if (facts.service().isEmpty()) {
            return new Finish(noService(facts));
        }
        ServiceSeen seen = facts.service().get();
        if (seen.deleting()) {
            return new Await(Waiting.Cause.ROLLOUT, "the service is being deleted");
        }
        if (facts.isForeign(seen)) {
            return new Finish(foreign(facts));
        }
        return facts.isGhost(seen) ? ghost() : move.next(facts, seen);
    }

    private static RequestStep ghost() {
        return new Delete("it came from a create that landed late");
    }

    private static End noService(RequestFacts facts) {
        return End.refused(
                Refusal.NO_SUCH_SERVICE, "There is no service " + facts.record().service() + ".");
    }

    private static End foreign(RequestFacts facts) {
        return End.refused(
                Refusal.SERVICE_FOREIGN,
                "The service " + facts.record().service() + " is not this installation's.");
    }

    /**
     * What has nothing live cannot be held: its first deployment would never end. Whatever took a
     * service away ended all holds before it.
     */
    private static RequestStep hold(RequestFacts facts, ServiceSeen seen) {
        Held standing = seen.marks().held();
        if (standing != null && standing.order().newerThan(facts.mine())) {
            return new Finish(End.superseded("A newer hold or release came before."));
        }
        if (standing != null && standing.order().equals(facts.mine())) {
            return new Finish(
                    End.done(
                            "Deployments of "
                                    + facts.record().service().service()
                                    + " wait until it is released."));
        }
        if (!facts.isAbsentBelowMine()) {
            return new Finish(
                    End.superseded("The service was taken away after this hold was asked for."));
        }
        return seen.live().isEmpty()
                ? nothingLive(facts)
                : new Mark(seen.marks().holding(new Held(true, facts.mine())));
    }

    private static RequestStep nothingLive(RequestFacts facts) {
        return new Finish(
                End.refused(
                        Refusal.NOTHING_LIVE,
                        "No revision of " + facts.record().service() + " is live."));
    }

    private static RequestStep release(RequestFacts facts, ServiceSeen seen) {
        Held standing = seen.marks().held();
        if (standing != null && standing.order().newerThan(facts.mine())) {
            return new Finish(End.superseded("A newer hold or release came before."));
        }
        if (standing != null && standing.order().equals(facts.mine())) {
            return new Finish(
                    End.done(
                            "Deployments of "
                                    + facts.record().service().service()
                                    + " go on, the newest first."));
        }
        return standing == null && seen.live().isEmpty()
                ? nothingLive(facts)
                : new Mark(seen.marks().holding(new Held(false, facts.mine())));
    }

    /** {@code absent} first, so that nothing older is created afterwards. */
    private static RequestStep undeploy(RequestFacts facts) {
        Optional<ServiceSeen> service = facts.service();
        if (service.filter(facts::isForeign).isPresent()) {
            return new Finish(foreign(facts));
        }
        if (service.isEmpty() && isUnknown(facts)) {
            return new Finish(noService(facts));
        }
        if (facts.record().dryRun()) {
            return new Finish(
                    End.done("Nothing was changed; this is what would go.")
                            .wouldDelete(would(facts)));
        }
        if (facts.isAbsentBelowMine()) {
            return new RaiseAbsent();
        }
        return service.map(seen -> undeploy(facts, seen)).orElseGet(() -> gone(facts));
    }

    private static boolean isUnknown(RequestFacts facts) {
        return facts.entry().newest() == null
                && facts.isAbsentBelowMine()
                && facts.triggers().isEmpty();
    }

    private static RequestStep undeploy(RequestFacts facts, ServiceSeen seen) {
        if (seen.deleting()) {
            return new Await(Waiting.Cause.ROLLOUT, "the service is being deleted");
        }
        if (!facts.isFenceAbove(seen)) {
            return new Delete("its undeploy was asked for");
        }
        return new Finish(
                seen.isAllNewerThan(facts.mine())
                        ? End.done("What was older is gone; something newer was deployed since.")
                        : End.superseded("Something newer was deployed before it was taken away."));
    }

    private static RequestStep gone(RequestFacts facts) {
        return Convergence.next(List.of(), facts.triggers())
                .<RequestStep>map(Trigger::new)
                .orElseGet(
                        () ->
                                new Finish(
                                        End.done(
                                                facts.record().service().service()
                                                        + " and its triggers are gone.")));
    }

    private static List<String> would(RequestFacts facts) {
        List<String> going = new ArrayList<>();
        facts.service()
                .ifPresent(
                        seen ->
                                going.add(
                                        "service "
                                                + facts.record().service()
                                                + " with "
                                                + seen.revisions().size()
                                                + " revisions"));
        facts.triggers().forEach(trigger -> going.add("trigger " + trigger.id()));
        return going;
    }
}
