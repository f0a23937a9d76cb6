package dev.slipway.local.pubsub;

import com.google.protobuf.FieldMask;
import com.google.protobuf.Message;
import com.google.protobuf.util.FieldMaskUtil;
import com.google.protobuf.util.FieldMaskUtil.MergeOptions;
import java.util.Set;

/** Updates by a field mask. */
final class Masks {
    private static final MergeOptions REPLACE =
            new MergeOptions()
                    .setReplaceMessageFields(true)
                    .setReplaceRepeatedFields(true)
                    .setReplacePrimitiveFields(true);

    private Masks() {}

    /**
     * Takes over into {@code target} what the mask names.
     *
     * @param changeable the top-level fields that may change
     * @throws io.grpc.StatusRuntimeException INVALID_ARGUMENT for a mask that is empty or names
     *     another field
     */
    static void merge(
            FieldMask mask, Message source, Message.Builder target, Set<String> changeable) {
        if (mask.getPathsCount() == 0) {
            throw Refusal.invalid("The update_mask in the request must be set and not be empty.");
        }
        for (String path : mask.getPathsList()) {
            String field = path.split("\\.", 2)[0];
            if (!FieldMaskUtil.isValid(source.getDescriptorForType(), path)
                    || !changeable.contains(field)) {
                throw Refusal.invalid(
                        "Invalid update_mask provided in the request: %s cannot be changed; these"
                                + " can: %s.",
                        path, changeable.stream().sorted().toList());
            }
        }
        FieldMaskUtil.merge(mask, source, target, REPLACE);
    }
}
