package dev.slipway.deploy.decide;

import dev.slipway.contracts.manifest.Access;
import dev.slipway.contracts.manifest.Manifest;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Who may call a service that is taken over. The first write to it already gives it the manifest's
 * access, so that what stood before is kept beside it until nothing falls back to it any more.
 */
final class Adoption {
    private Adoption() {}

    /** What a write of the rollout is to remember. */
    static @Nullable Access accessBefore(DeployFacts facts, ServiceSeen seen) {
        Marks marks = seen.marks();
        if (!facts.rules().installation().equals(marks.installation())) {
            return seen.access();
        }
        if (marks.accessBefore() == null) {
            return null;
        }
        return isGivenBack(seen) ? seen.access() : stillBefore(facts, seen);
    }

    /** Whoever wrote last has failed and closed: what stands is what stood, or was set since. */
    private static boolean isGivenBack(ServiceSeen seen) {
        return seen.marks().order() != null && seen.marks().order().equals(seen.marks().closed());
    }

    private static @Nullable Access stillBefore(DeployFacts facts, ServiceSeen seen) {
        boolean ours = seen.live().flatMap(seen::revision).map(RevisionSeen::origin).isPresent();
        return facts.isFenceMine(seen) || !ours ? seen.marks().accessBefore() : null;
    }

    /** Who may call what a negative verdict goes back to; empty where that is not known. */
    static Optional<Access> accessOfFallback(DeployFacts facts, ServiceSeen seen) {
        return facts.fallback()
                .map(Manifest::access)
                .or(() -> Optional.ofNullable(seen.marks().accessBefore()));
    }
}
