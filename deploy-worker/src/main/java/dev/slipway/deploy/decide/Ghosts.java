package dev.slipway.deploy.decide;

import dev.slipway.contracts.Outcome;
import dev.slipway.ledger.Order;
import dev.slipway.ledger.ServiceEntry;
import java.util.Optional;
import java.util.stream.Stream;

/** Services that came from a create which landed after its order was declared absent. */
public final class Ghosts {
    private Ghosts() {}

    /**
     * Whether whoever meets this service deletes it.
     *
     * @param fenceOutcome how the deployment at the service's fence ended, if it has
     */
    public static boolean isGhost(
            ServiceSeen service, ServiceEntry entry, Optional<Outcome> fenceOutcome) {
        Order absent = entry.absent();
        Optional<Order> fence = service.fence();
        if (absent == null || fence.isEmpty()) {
            return false;
        }
        int above = fence.get().compareTo(absent);
        return above < 0
                || (above == 0
                        && fenceOutcome.filter(outcome -> outcome != Outcome.LIVE).isPresent()
                        && !hasOtherLive(service, fence.get()));
    }

    private static boolean hasOtherLive(ServiceSeen service, Order fence) {
        return Stream.concat(
                        service.live().stream(),
                        service.serving().stream()
                                .filter(share -> share.percent() > 0)
                                .map(ServiceSeen.Share::revision))
                .anyMatch(revision -> !isOf(service, revision, fence));
    }

    private static boolean isOf(ServiceSeen service, String live, Order fence) {
        return service.revision(live)
                .map(RevisionSeen::origin)
                .filter(origin -> origin.order().equals(fence))
                .isPresent();
    }
}
