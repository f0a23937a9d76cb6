package dev.slipway.ledger;

import dev.slipway.contracts.DeploymentId;
import dev.slipway.contracts.ObjectVersion;

/**
 * What stands at {@code open/<deployment>} from before the record is written until after the
 * outcome is published.
 */
public record Marker(String bucket, String object, long generation, Order order) {
    /** The marker of a drop. */
    public static Marker of(Order order) {
        return new Marker(order.bucket(), order.object(), order.generation(), order);
    }

    /** The drop itself. */
    public ObjectVersion drop() {
        return new ObjectVersion(bucket, object, generation);
    }

    /** Whose marker it is. */
    public DeploymentId deployment() {
        return DeploymentId.of(drop());
    }
}
