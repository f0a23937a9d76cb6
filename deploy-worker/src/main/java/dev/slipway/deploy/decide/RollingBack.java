package dev.slipway.deploy.decide;

import dev.slipway.contracts.RequestAnswer.Refusal;
import dev.slipway.contracts.manifest.Manifest;
import dev.slipway.deploy.decide.RequestStep.Await;
import dev.slipway.deploy.decide.RequestStep.Choose;
import dev.slipway.deploy.decide.RequestStep.Finish;
import dev.slipway.deploy.decide.RequestStep.Route;
import dev.slipway.deploy.decide.RequestStep.Trigger;
import dev.slipway.ledger.Order;
import dev.slipway.ledger.RequestRecord;
import dev.slipway.ledger.RequestRecord.End;
import dev.slipway.ledger.Waiting;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * All traffic back to a revision whose deployment was said LIVE: one write, which also raises the
 * fence, so that what was under way never comes back by itself.
 */
final class RollingBack {
    private RollingBack() {}

    static RequestStep next(RequestFacts facts, ServiceSeen seen) {
        if (facts.isFenceAbove(seen)) {
            return new Finish(overtaken(facts, seen));
        }
        return facts.record().stage() == RequestRecord.Stage.RECEIVED
                ? choose(facts, seen)
                : act(facts, seen, facts.requireRevision());
    }

    /** It was carried out where the newer one went back to its target, or would. */
    private static End overtaken(RequestFacts facts, ServiceSeen seen) {
        if (facts.record().stage() == RequestRecord.Stage.ACTING) {
            String target = facts.requireRevision();
            if (seen.live().filter(target::equals).isPresent()) {
                return served(seen, target);
            }
            if (target.equals(seen.marks().live())) {
                return End.done(
                        "The revision "
                                + target
                                + " served all requests until something newer did.");
            }
        }
        return End.superseded("Something newer was deployed, or rolled back, before.");
    }

    private static End served(ServiceSeen seen, String target) {
        return End.done("The revision " + target + " serves all requests.").at(seen.uri());
    }

    private static RequestStep choose(RequestFacts facts, ServiceSeen seen) {
        String asked = facts.record().revision();
        List<RevisionSeen> allowed =
                seen.revisions().stream()
                        .filter(revision -> revision.state() == RevisionSeen.State.READY)
                        .filter(revision -> facts.saidLive().contains(revision.name()))
                        .toList();
        Optional<String> target =
                asked == null
                        ? before(seen, allowed)
                        : allowed.stream()
                                .map(RevisionSeen::name)
                                .filter(asked::equals)
                                .findFirst();
        return target.<RequestStep>map(Choose::new)
                .orElseGet(() -> new Finish(refused(facts, asked, allowed)));
    }

    /** The newest of those that are older than what is live. */
    private static Optional<String> before(ServiceSeen seen, List<RevisionSeen> allowed) {
        Optional<Order> live =
                seen.live().flatMap(seen::revision).map(RevisionSeen::origin).map(Origin::order);
        return allowed.stream()
                .filter(revision -> seen.live().filter(revision.name()::equals).isEmpty())
                .filter(revision -> live.filter(order -> !order.newerThan(of(revision))).isEmpty())
                .max(Comparator.comparing(RollingBack::of))
                .map(RevisionSeen::name);
    }

    private static Order of(RevisionSeen revision) {
        return Objects.requireNonNull(revision.origin(), "it was said LIVE").order();
    }

    private static End refused(
            RequestFacts facts, @Nullable String asked, List<RevisionSeen> allowed) {
        String which =
                allowed.isEmpty()
                        ? "none ever was"
                        : allowed.stream()
                                .map(RevisionSeen::name)
                                .collect(Collectors.joining(", ", "allowed are ", ""));
        return asked == null
                ? End.refused(
                        Refusal.NEVER_LIVE,
                        "No older revision of "
                                + facts.record().service()
                                + " was live before what is live now.")
                : End.refused(
                        Refusal.NO_SUCH_REVISION,
                        "The revision "
                                + asked
                                + " is not there, or was never live; "
                                + which
                                + ".");
    }

    private static RequestStep act(RequestFacts facts, ServiceSeen seen, String target) {
        boolean written = facts.isFenceMine(seen) && seen.wants(target);
        if (!written) {
            return new Route(
                    seen.marks().fenced(facts.mine(), target, facts.rules().installation()),
                    target,
                    facts.target().map(Manifest::access));
        }
        return seen.serves(target) && !seen.isLagging()
                ? around(facts, seen, target)
                : new Await(Waiting.Cause.ROLLOUT, "the traffic is on its way to " + target);
    }

    private static RequestStep around(RequestFacts facts, ServiceSeen seen, String target) {
        return Convergence.next(facts.wanted(), facts.triggers())
                .map(RollingBack::step)
                .orElseGet(() -> new Finish(served(seen, target)));
    }

    private static RequestStep step(DeployStep step) {
        return step instanceof DeployStep.Await(Waiting.Cause cause, String why)
                ? new Await(cause, why)
                : new Trigger(step);
    }
}
