package dev.slipway.deploy.decide;

import java.util.Comparator;
import java.util.Optional;

/** What the traffic goes back to when a deployment ends badly. */
public final class Fallback {
    private Fallback() {}

    /**
     * The revision: what is live, unless that is this deployment's own, which its triggers kept
     * from being said LIVE; then what was live before, which the annotation still names, since
     * nobody above wrote since. Where there is neither, the revision of another deployment that
     * gets the most requests: what somebody split by hand is no service that only this deployment
     * made. Empty where all of the service is this deployment's.
     */
    public static Optional<String> of(OwnRevisions mine, ServiceSeen seen) {
        return seen.live()
                .filter(live -> !mine.has(live))
                .or(() -> before(mine, seen))
                .or(() -> servingBesideMine(mine, seen));
    }

    private static Optional<String> before(OwnRevisions mine, ServiceSeen seen) {
        return Optional.ofNullable(seen.marks().live())
                .filter(live -> !mine.has(live) && seen.revision(live).isPresent());
    }

    private static Optional<String> servingBesideMine(OwnRevisions mine, ServiceSeen seen) {
        return seen.serving().stream()
                .filter(share -> share.percent() > 0 && !mine.has(share.revision()))
                .max(Comparator.comparingInt(ServiceSeen.Share::percent))
                .map(ServiceSeen.Share::revision);
    }
}
