package dev.slipway.deploy.decide;

import dev.slipway.contracts.Outcome;
import dev.slipway.contracts.manifest.Access;
import dev.slipway.contracts.manifest.Manifest;
import dev.slipway.ledger.DeploymentRecord;
import dev.slipway.ledger.Order;
import dev.slipway.ledger.ServiceEntry;
import java.time.Instant;
import java.util.Comparator;
import java.util.Objects;
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
 * @param liveAccess who may call what is live, by its manifest; empty where that is not known
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
        Optional<Access> liveAccess) {
    Order mine() {
        return record.order();
    }

    /** The name of the revision of the current attempt. */
    String revision() {
        return Objects.requireNonNull(record.revision(), "a deploying deployment has a revision");
    }

    /** Whether this is a revision of this deployment, of whichever attempt. */
    boolean isMine(String revision) {
        String current = revision();
        String family = current.substring(0, current.lastIndexOf('-') + 1);
        return revision.startsWith(family)
                && revision.substring(family.length()).chars().allMatch(Character::isDigit);
    }

    /** Whether nothing of this order may be created. */
    boolean isAbsentAtOrAboveMine() {
        return entry.absent() != null && !mine().newerThan(entry.absent());
    }

    boolean isLate() {
        return !now.isBefore(since.plus(rules.deadline()));
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
        return !isClosed(seen) && seen.live().filter(this::isMine).isPresent();
    }

    /**
     * The revision of another deployment that gets the most requests by the status, where none gets
     * all of them: what somebody split by hand is no service that only this deployment made.
     */
    Optional<String> servingBesideMine(ServiceSeen seen) {
        return seen.serving().stream()
                .filter(share -> share.percent() > 0 && !isMine(share.revision()))
                .max(Comparator.comparingInt(ServiceSeen.Share::percent))
                .map(ServiceSeen.Share::revision);
    }

    /** Whether the service came from a create that landed late. */
    boolean isGhost(ServiceSeen seen) {
        return Ghosts.isGhost(seen, entry, fenceOutcome);
    }
}
