package dev.slipway.upload.gateway;

import dev.slipway.contracts.ObjectVersion;
import dev.slipway.kit.GatewayException;
import dev.slipway.upload.decide.StagingPlan;
import java.nio.file.Path;

/** Where builds read verified sources from. */
@FunctionalInterface
public interface Staging {
    /**
     * Stores the file under the plan's name, in a bucket that is this project's own, and returns
     * once it is durable. It is the plan's bucket, unless the operator has a key or a bucket of its
     * own. Asking again with the same bytes finds what is there.
     *
     * @return the generation that holds exactly the file's bytes
     * @throws GatewayException {@code REFUSED} where the bucket is another project's, has a
     *     retention policy, is not what the operator asks for, or holds other bytes under that
     *     name; else its kind says whether asking again helps
     */
    ObjectVersion stage(StagingPlan plan, Path file);
}
