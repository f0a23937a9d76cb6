package dev.slipway.deploy.decide;

import dev.slipway.contracts.Outcome;
import dev.slipway.contracts.manifest.Manifest;
import dev.slipway.ledger.DeploymentRecord;
import dev.slipway.ledger.Order;
import dev.slipway.ledger.ServiceEntry;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * All that a decision rests on.
 *
 * @param since when the current stage and attempt were entered
 * @param now by the storage's clock: a sweep's own, else the time of the record's last write
 * @param entry what {@code services/} says
 * @param service as Cloud Run shows it, if it is there
 * @param manifest the deployment's own
 * @param fenceOutcome how the deployment at the service's fence ended; empty where it has not, or
 *     was not asked for
 * @param fallback the manifest of what a negative verdict goes back to; empty where that is not
 *     known, or was not asked for
 * @param triggers of this service; empty also where none can be, and while nothing depends on them
 * @param targets how that stands which the manifest's triggers name; asked for at BUILT
 */
public record DeployFacts(
        DeploymentRecord record,
        Instant since,
        Instant now,
        Rules rules,
        ServiceEntry entry,
        Optional<ServiceSeen> service,
        Manifest manifest,
        Optional<Outcome> fenceOutcome,
        Optional<Manifest> fallback,
        List<TriggerSeen> triggers,
        List<TargetSeen> targets) {
    /** Copies the lists. */
    public DeployFacts {
        triggers = List.copyOf(triggers);
        targets = List.copyOf(targets);
    }

    Order mine() {
        return record.order();
    }

    /** The name of the revision of the current attempt. */
    String revision() {
        return own().current();
    }

    OwnRevisions own() {
        return OwnRevisions.of(record);
    }

    /** The triggers that the deployment's own manifest asks for. */
    List<TriggerPlan> wanted() {
        return triggersOf(manifest);
    }

    /** The triggers of this service that a manifest asks for. */
    List<TriggerPlan> triggersOf(Manifest asking) {
        return TriggerPlan.of(rules.installation(), record.requireService(), asking);
    }

    /** Whether nothing of this order may be created. */
    boolean isAbsentAtOrAboveMine() {
        return entry.absent() != null && !mine().newerThan(entry.absent());
    }

    boolean isLate() {
        return !now.isBefore(since.plus(rules.deadline()));
    }

    /** Whether even what is only tidied up has had its time; sweeps go on with it. */
    boolean isOverdue() {
        return rules.isOverdue(since, now);
    }

    /**
     * Whether the service is not this installation's. One that may be adopted must have one
     * revision that serves, to fall back to.
     */
    boolean isForeign(ServiceSeen seen) {
        return !rules.installation().equals(seen.marks().installation())
                && (!rules.adoptsForeign() || seen.live().isEmpty());
    }

    boolean isFenceAbove(ServiceSeen seen) {
        return seen.fence().filter(fence -> fence.newerThan(mine())).isPresent();
    }

    boolean isFenceMine(ServiceSeen seen) {
        return seen.fence().filter(mine()::equals).isPresent();
    }

    boolean isClosed(ServiceSeen seen) {
        return mine().equals(seen.marks().closed());
    }

    /** Whether what is live is this deployment's and was not closed: LIVE is the truth then. */
    boolean isLive(ServiceSeen seen) {
        return !isClosed(seen) && seen.live().filter(own()::has).isPresent();
    }

    /** Whether the service came from a create that landed late. */
    boolean isGhost(ServiceSeen seen) {
        return Ghosts.isGhost(seen, entry, fenceOutcome);
    }
}
