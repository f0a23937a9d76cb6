package dev.slipway.deploy.decide;

import dev.slipway.contracts.Outcome;
import dev.slipway.contracts.manifest.Manifest;
import dev.slipway.ledger.DeploymentRecord;
import dev.slipway.ledger.Order;
import dev.slipway.ledger.RequestRecord;
import dev.slipway.ledger.ServiceEntry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * All that a decision about a request rests on; what its kind does not ask for is left empty.
 *
 * @param since when it was taken up; no time counts during which the stage was paused
 * @param now by the storage's clock: a sweep's own, else the time of the record's last write
 * @param entry what {@code services/} says
 * @param service as Cloud Run shows it, if it is there
 * @param fenceOutcome how the deployment at the service's fence ended, if it has
 * @param saidLive the service's revisions whose deployments were said LIVE; for a rollback
 * @param target the manifest of what a rollback goes to, once that is decided
 * @param triggers of this service; for a rollback and an undeploy
 * @param deployment what a cancel is about, if it is there
 */
public record RequestFacts(
        RequestRecord record,
        Instant since,
        Instant now,
        Rules rules,
        ServiceEntry entry,
        Optional<ServiceSeen> service,
        Optional<Outcome> fenceOutcome,
        Set<String> saidLive,
        Optional<Manifest> target,
        List<TriggerSeen> triggers,
        Optional<DeploymentRecord> deployment) {
    /** A request that could not be carried out within this is refused. */
    private static final Duration CARRIED_OUT_WITHIN = Duration.ofMinutes(15);

    /** Copies the collections. */
    public RequestFacts {
        saidLive = Set.copyOf(saidLive);
        triggers = List.copyOf(triggers);
    }

    Order mine() {
        return record.order();
    }

    boolean isLate() {
        return isLate(since, now);
    }

    /** Whether a request that was taken up then should have been carried out by now. */
    static boolean isLate(Instant since, Instant now) {
        return !now.isBefore(since.plus(CARRIED_OUT_WITHIN));
    }

    boolean isForeign(ServiceSeen seen) {
        return !rules.installation().equals(seen.marks().installation());
    }

    boolean isGhost(ServiceSeen seen) {
        return Ghosts.isGhost(seen, entry, fenceOutcome);
    }

    boolean isFenceAbove(ServiceSeen seen) {
        return seen.fence().filter(fence -> fence.newerThan(mine())).isPresent();
    }

    boolean isFenceMine(ServiceSeen seen) {
        return mine().equals(seen.marks().order());
    }

    boolean isAbsentBelowMine() {
        return entry.absent() == null || mine().newerThan(entry.absent());
    }

    String requireRevision() {
        return Objects.requireNonNull(record.revision(), "what a rollback goes to is decided");
    }

    /** The triggers that a rollback's target asks for. */
    List<TriggerPlan> wanted() {
        return target.map(
                        manifest ->
                                TriggerPlan.of(rules.installation(), record.service(), manifest))
                .orElse(List.of());
    }
}
