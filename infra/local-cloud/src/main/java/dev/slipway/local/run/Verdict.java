package dev.slipway.local.run;

import com.google.cloud.run.v2.Condition;
import com.google.cloud.run.v2.Condition.CommonReason;
import com.google.cloud.run.v2.Condition.RevisionReason;
import com.google.cloud.run.v2.Condition.State;
import com.google.cloud.run.v2.Revision;
import com.google.protobuf.Timestamp;
import java.util.List;
import java.util.stream.Stream;

/** How a new revision's first start went. */
sealed interface Verdict {
    /** It listens. */
    record Ready() implements Verdict {}

    /** It does not; {@code message} is for people. */
    record Failed(Cause cause, String message) implements Verdict {}

    /** Whose fault it is. */
    enum Cause {
        IMAGE,
        CONTAINER,
        PLATFORM
    }

    /** The revision with this verdict in its conditions. */
    default Revision on(Revision revision, Timestamp now) {
        Revision.Builder next = revision.toBuilder().clearConditions();
        conditions()
                .map(condition -> Conditions.timed(condition, revision.getConditionsList(), now))
                .forEach(next::addConditions);
        return next.setReconciling(false).setObservedGeneration(1).setUpdateTime(now).build();
    }

    private Stream<Condition> conditions() {
        return switch (this) {
            case Ready _ ->
                    Stream.of(
                                    Conditions.READY,
                                    "ResourcesAvailable",
                                    "ContainerReady",
                                    "ContainerHealthy")
                            .map(type -> Conditions.of(type, State.CONDITION_SUCCEEDED, ""));
            case Failed(var cause, var message) -> failed(cause, message);
        };
    }

    private static Stream<Condition> failed(Cause cause, String message) {
        return switch (cause) {
            case CONTAINER ->
                    Stream.of(Conditions.READY, "ContainerHealthy")
                            .map(
                                    type ->
                                            Conditions.of(type, State.CONDITION_FAILED, message)
                                                    .toBuilder()
                                                    .setRevisionReason(
                                                            RevisionReason
                                                                    .HEALTH_CHECK_CONTAINER_ERROR)
                                                    .build());
            case IMAGE -> failed(CommonReason.CONTAINER_MISSING, message);
            case PLATFORM -> failed(CommonReason.INTERNAL, message);
        };
    }

    private static Stream<Condition> failed(CommonReason reason, String message) {
        return Stream.of(Conditions.READY, "ContainerReady")
                .map(
                        type ->
                                Conditions.of(type, State.CONDITION_FAILED, message).toBuilder()
                                        .setReason(reason)
                                        .build());
    }

    /** The conditions of a revision that nobody has tried yet. */
    static List<Condition> undecided(Timestamp now) {
        return Stream.of(Conditions.READY, "ContainerReady", "ContainerHealthy")
                .map(type -> Conditions.of(type, State.CONDITION_RECONCILING, ""))
                .map(condition -> Conditions.timed(condition, List.of(), now))
                .toList();
    }
}
