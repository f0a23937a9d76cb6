package dev.slipway.local.run;

import com.google.cloud.run.v2.Condition;
import com.google.cloud.run.v2.Condition.State;
import com.google.cloud.run.v2.Revision;
import com.google.protobuf.Timestamp;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads and writes conditions; one that keeps its state keeps the time of its last transition. */
final class Conditions {
    static final String READY = "Ready";

    private Conditions() {}

    static Condition of(String type, State state, String message) {
        return Condition.newBuilder().setType(type).setState(state).setMessage(message).build();
    }

    static Condition timed(Condition next, List<Condition> before, Timestamp now) {
        Timestamp since =
                before.stream()
                        .filter(old -> old.getType().equals(next.getType()))
                        .filter(old -> old.getState() == next.getState())
                        .map(Condition::getLastTransitionTime)
                        .findFirst()
                        .orElse(now);
        return next.toBuilder().setLastTransitionTime(since).build();
    }

    /** How a revision's start went: RECONCILING until it is decided. */
    static Condition ready(@Nullable Revision revision) {
        if (revision != null) {
            for (Condition condition : revision.getConditionsList()) {
                if (condition.getType().equals(READY)) {
                    return condition;
                }
            }
        }
        return of(READY, State.CONDITION_RECONCILING, "");
    }

    static boolean decided(Revision revision) {
        return ready(revision).getState() != State.CONDITION_RECONCILING;
    }

    static boolean isReady(Revision revision) {
        return ready(revision).getState() == State.CONDITION_SUCCEEDED;
    }
}
