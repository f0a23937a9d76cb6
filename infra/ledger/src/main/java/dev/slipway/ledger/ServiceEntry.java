package dev.slipway.ledger;

import dev.slipway.contracts.DeploymentId;
import org.jspecify.annotations.Nullable;

/**
 * What stands at {@code services/<region>/<service>}. It is merged by maximum and never deleted.
 * What is live stands on the Cloud Run service alone.
 *
 * @param newest the greatest verified order, and who has it
 * @param absent the greatest order of an undeploy, or of a deployment that ended with nothing live
 */
public record ServiceEntry(@Nullable Newest newest, @Nullable Order absent) {
    /** Nothing is known. */
    public static final ServiceEntry NOTHING = new ServiceEntry(null, null);

    /** A verified deployment and its order. */
    public record Newest(Order order, DeploymentId deployment) {}

    /** Whether a newer deployment, or a newer absence, stands above this order. */
    public boolean outranks(Order order) {
        return (newest != null && newest.order().newerThan(order))
                || (absent != null && absent.newerThan(order));
    }

    ServiceEntry withNewest(Order order, DeploymentId deployment) {
        boolean grows = newest == null || order.newerThan(newest.order());
        return grows ? new ServiceEntry(new Newest(order, deployment), absent) : this;
    }

    ServiceEntry withAbsent(Order order) {
        return absent == null || order.newerThan(absent) ? new ServiceEntry(newest, order) : this;
    }
}
