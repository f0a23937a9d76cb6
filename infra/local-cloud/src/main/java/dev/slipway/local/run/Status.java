package dev.slipway.local.run;

import com.google.cloud.run.v2.Condition;
import com.google.cloud.run.v2.Condition.CommonReason;
import com.google.cloud.run.v2.Condition.State;
import com.google.cloud.run.v2.Revision;
import com.google.cloud.run.v2.Service;
import com.google.cloud.run.v2.TrafficTarget;
import com.google.cloud.run.v2.TrafficTargetAllocationType;
import com.google.cloud.run.v2.TrafficTargetStatus;
import com.google.protobuf.Timestamp;
import com.google.protobuf.util.Timestamps;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What a service's status is, given its spec and how its revisions are. The status follows the
 * spec's traffic as a whole, and only once every revision that is to get some is ready; until then,
 * and where one failed, it stays on what served before.
 */
final class Status {
    static final String ROUTES = "RoutesReady";
    static final String CONFIGURATIONS = "ConfigurationsReady";

    private static final Comparator<Revision> AGE =
            Comparator.comparing(Revision::getCreateTime, Timestamps.comparator());

    private final Service spec;
    private final Map<String, Revision> revisions;

    private Status(Service spec, Collection<Revision> revisions) {
        this.spec = spec;
        this.revisions =
                revisions.stream()
                        .collect(Collectors.toMap(Revision::getName, Function.identity()));
    }

    /** The spec as just written: generation ahead of what is observed, everything in question. */
    static Service begun(Service spec, Timestamp now) {
        Service.Builder next = spec.toBuilder().setReconciling(true).clearConditions();
        for (String type : List.of(ROUTES, CONFIGURATIONS)) {
            Condition open = Conditions.of(type, State.CONDITION_RECONCILING, "");
            next.addConditions(Conditions.timed(open, spec.getConditionsList(), now));
        }
        return next.setTerminalCondition(terminal(next, now)).build();
    }

    /** The service as it stands now. */
    static Service of(Service spec, Collection<Revision> revisions, String uri, Timestamp now) {
        return new Status(spec, revisions).settled(uri, now);
    }

    private Service settled(String uri, Timestamp now) {
        String latestReady = latestReady();
        Condition configurations = configurations();
        Condition routes = routes(latestReady);
        Service.Builder next =
                spec.toBuilder()
                        .setLatestReadyRevision(latestReady)
                        .clearConditions()
                        .addConditions(Conditions.timed(routes, spec.getConditionsList(), now))
                        .addConditions(
                                Conditions.timed(configurations, spec.getConditionsList(), now));
        if (routes.getState() == State.CONDITION_SUCCEEDED) {
            next.clearTrafficStatuses().clearUrls().setUri(uri).addUrls(uri);
            spec.getTrafficList().forEach(target -> next.addTrafficStatuses(status(target)));
        }
        boolean open =
                routes.getState() == State.CONDITION_RECONCILING
                        || configurations.getState() == State.CONDITION_RECONCILING;
        next.setReconciling(open);
        if (!open) {
            next.setObservedGeneration(spec.getGeneration());
        }
        return next.setTerminalCondition(terminal(next, now)).build();
    }

    private static TrafficTargetStatus status(TrafficTarget target) {
        return TrafficTargetStatus.newBuilder()
                .setType(target.getType())
                .setRevision(target.getRevision())
                .setPercent(target.getPercent())
                .build();
    }

    private String latestReady() {
        Revision newest = revisions.get(spec.getLatestCreatedRevision());
        if (newest != null && Conditions.isReady(newest)) {
            return newest.getName();
        }
        return revisions.values().stream()
                .filter(Conditions::isReady)
                .max(AGE)
                .map(Revision::getName)
                .orElse("");
    }

    private Condition configurations() {
        return judged(CONFIGURATIONS, spec.getLatestCreatedRevision());
    }

    private Condition routes(String latestReady) {
        Condition worst = Conditions.of(ROUTES, State.CONDITION_SUCCEEDED, "");
        for (TrafficTarget target : spec.getTrafficList()) {
            Condition condition = route(target, latestReady);
            if (condition.getState() == State.CONDITION_FAILED) {
                return condition;
            }
            if (condition.getState() == State.CONDITION_RECONCILING) {
                worst = condition;
            }
        }
        return worst;
    }

    private Condition route(TrafficTarget target, String latestReady) {
        if (target.getPercent() == 0) {
            return Conditions.of(ROUTES, State.CONDITION_SUCCEEDED, "");
        }
        if (target.getType()
                == TrafficTargetAllocationType.TRAFFIC_TARGET_ALLOCATION_TYPE_REVISION) {
            return judged(ROUTES, spec.getName() + "/revisions/" + target.getRevision());
        }
        return judged(
                ROUTES, latestReady.isEmpty() ? spec.getLatestCreatedRevision() : latestReady);
    }

    private Condition judged(String type, String revision) {
        Revision found = revisions.get(revision);
        if (found == null) {
            return failed(
                    type,
                    "Revision '%s' does not exist or is deleted. Update all traffic to route to currently available revisions."
                            .formatted(RevisionName.idOf(revision)));
        }
        Condition ready = Conditions.ready(found);
        return switch (ready.getState()) {
            case CONDITION_FAILED -> failed(type, notReady(found, ready));
            case CONDITION_SUCCEEDED -> Conditions.of(type, State.CONDITION_SUCCEEDED, "");
            case CONDITION_PENDING, CONDITION_RECONCILING, STATE_UNSPECIFIED, UNRECOGNIZED ->
                    Conditions.of(type, State.CONDITION_RECONCILING, "");
        };
    }

    static String notReady(Revision revision, Condition ready) {
        return "Revision '%s' is not ready and cannot serve traffic. %s"
                .formatted(RevisionName.idOf(revision.getName()), ready.getMessage());
    }

    private static Condition failed(String type, String message) {
        return Conditions.of(type, State.CONDITION_FAILED, message).toBuilder()
                .setReason(CommonReason.REVISION_FAILED)
                .build();
    }

    private static Condition terminal(Service.Builder service, Timestamp now) {
        Condition ready = Conditions.of(Conditions.READY, State.CONDITION_SUCCEEDED, "");
        for (Condition condition : service.getConditionsList()) {
            if (condition.getState() != State.CONDITION_SUCCEEDED
                    && ready.getState() != State.CONDITION_RECONCILING) {
                ready = condition.toBuilder().setType(Conditions.READY).build();
            }
        }
        return Conditions.timed(ready, List.of(service.getTerminalCondition()), now);
    }
}
