package dev.slipway.local.eventarc;

import com.google.cloud.eventarc.v1.EventFilter;
import com.google.cloud.eventarc.v1.Trigger;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.FieldMask;
import com.google.protobuf.util.FieldMaskUtil;
import java.util.List;
import java.util.Set;

/** What of a trigger can change, and how a mask changes it. */
final class Changes {
    private static final Set<String> CHANGEABLE =
            Set.of(
                    "event_filters",
                    "service_account",
                    "destination",
                    "labels",
                    "event_data_content_type");
    private static final FieldMaskUtil.MergeOptions REPLACE =
            new FieldMaskUtil.MergeOptions()
                    .setReplaceMessageFields(true)
                    .setReplaceRepeatedFields(true)
                    .setReplacePrimitiveFields(true);

    private Changes() {}

    /**
     * The trigger with what the mask names; an empty mask names what is given, {@code *} all that
     * can change.
     *
     * @throws io.grpc.StatusRuntimeException INVALID_ARGUMENT where it names something else, or
     *     changes the type of events
     */
    static Trigger merge(Trigger was, Trigger wanted, FieldMask mask) {
        Trigger.Builder changed = was.toBuilder();
        FieldMaskUtil.merge(named(wanted, mask), wanted, changed, REPLACE);
        if (changed.getEventDataContentType().isEmpty()) {
            changed.setEventDataContentType(was.getEventDataContentType());
        }
        if (!type(was).equals(type(changed.build()))) {
            throw TriggerRules.invalid(
                    "the type of a trigger's events cannot be changed; delete and create it");
        }
        return changed.build();
    }

    private static FieldMask named(Trigger wanted, FieldMask mask) {
        if (mask.getPathsList().equals(List.of("*"))) {
            return FieldMask.newBuilder().addAllPaths(CHANGEABLE).build();
        }
        if (mask.getPathsCount() == 0) {
            return FieldMask.newBuilder()
                    .addAllPaths(
                            wanted.getAllFields().keySet().stream()
                                    .map(FieldDescriptor::getName)
                                    .filter(CHANGEABLE::contains)
                                    .toList())
                    .build();
        }
        for (String path : mask.getPathsList()) {
            if (!CHANGEABLE.contains(path.split("\\.", 2)[0])
                    || !FieldMaskUtil.isValid(Trigger.class, path)) {
                throw TriggerRules.invalid(
                        "update_mask: %s cannot be changed; these can: %s"
                                .formatted(path, CHANGEABLE.stream().sorted().toList()));
            }
        }
        return mask;
    }

    private static String type(Trigger trigger) {
        return trigger.getEventFiltersList().stream()
                .filter(filter -> filter.getAttribute().equals("type"))
                .map(EventFilter::getValue)
                .findFirst()
                .orElse("");
    }

    /** A trigger as somebody would ask for it: without the topic, which was made or checked. */
    static Trigger asAsked(Trigger trigger) {
        return trigger.toBuilder().clearTransport().build();
    }
}
