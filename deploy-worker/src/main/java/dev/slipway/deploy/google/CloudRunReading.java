package dev.slipway.deploy.google;

import com.google.cloud.run.v2.Condition;
import com.google.cloud.run.v2.Revision;
import com.google.cloud.run.v2.Service;
import com.google.cloud.run.v2.TrafficTarget;
import com.google.cloud.run.v2.TrafficTargetAllocationType;
import com.google.cloud.run.v2.TrafficTargetStatus;
import dev.slipway.contracts.Shown;
import dev.slipway.contracts.manifest.Access;
import dev.slipway.deploy.decide.Marks;
import dev.slipway.deploy.decide.Origin;
import dev.slipway.deploy.decide.RevisionSeen;
import dev.slipway.deploy.decide.ServiceSeen;
import dev.slipway.deploy.decide.ServiceSeen.Progress;
import dev.slipway.deploy.decide.ServiceSeen.Share;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Cloud Run's Service and Revision in our words. */
final class CloudRunReading {
    private static final int LONGEST_MESSAGE = 1000;
    private static final int ALL = 100;
    private static final String READY = "Ready";
    private static final Pattern BLANK_LINE = Pattern.compile("\\R\\h*\\R");
    private static final Pattern SPACE = Pattern.compile("\\s+");
    private static final Pattern EXIT = Pattern.compile("Container called exit\\(\\d{1,10}\\)\\.");

    private CloudRunReading() {}

    /** Throws IllegalArgumentException where an annotation of ours does not parse. */
    static ServiceSeen of(Service service, List<Revision> revisions) {
        return new ServiceSeen(
                service.getEtag(),
                service.getAnnotationsMap(),
                Marks.of(service.getAnnotationsMap()),
                service.getInvokerIamDisabled() ? Access.PUBLIC : Access.PRIVATE,
                service.hasDeleteTime(),
                progress(service),
                service.getTemplate().getRevision(),
                wanted(service),
                serving(service),
                revisions.stream().map(CloudRunReading::of).toList(),
                service.getUri().isEmpty() ? null : service.getUri(),
                message(service.getTerminalCondition()));
    }

    /**
     * After a failure {@code observed_generation} stays where it served last, so there only {@code
     * reconciling} tells (run.v2: Service).
     */
    private static Progress progress(Service service) {
        if (service.getReconciling()) {
            return Progress.SETTLING;
        }
        return switch (service.getTerminalCondition().getState()) {
            case CONDITION_FAILED -> Progress.FAILED;
            case CONDITION_SUCCEEDED ->
                    service.getObservedGeneration() == service.getGeneration()
                            ? Progress.SUCCEEDED
                            : Progress.SETTLING;
            case STATE_UNSPECIFIED, CONDITION_PENDING, CONDITION_RECONCILING, UNRECOGNIZED ->
                    Progress.SETTLING;
        };
    }

    /** No traffic written means all of it on the latest. */
    private static List<Share> wanted(Service service) {
        String latest = shortName(service.getLatestCreatedRevision());
        if (service.getTrafficCount() == 0) {
            return List.of(new Share(latest, ALL));
        }
        return service.getTrafficList().stream().map(target -> wanted(target, latest)).toList();
    }

    private static Share wanted(TrafficTarget target, String latest) {
        return new Share(
                isLatest(target.getType(), target.getRevision())
                        ? latest
                        : shortName(target.getRevision()),
                target.getPercent());
    }

    private static List<Share> serving(Service service) {
        String latest = shortName(service.getLatestReadyRevision());
        return service.getTrafficStatusesList().stream()
                .map(target -> serving(target, latest))
                .toList();
    }

    private static Share serving(TrafficTargetStatus target, String latest) {
        return new Share(
                isLatest(target.getType(), target.getRevision())
                        ? latest
                        : shortName(target.getRevision()),
                target.getPercent());
    }

    private static boolean isLatest(TrafficTargetAllocationType type, String revision) {
        return type == TrafficTargetAllocationType.TRAFFIC_TARGET_ALLOCATION_TYPE_LATEST
                && revision.isEmpty();
    }

    private static RevisionSeen of(Revision revision) {
        RevisionSeen.State state = state(revision);
        return new RevisionSeen(
                shortName(revision.getName()),
                state,
                state == RevisionSeen.State.FAILED ? failure(revision) : null,
                Origin.of(revision.getAnnotationsMap()).orElse(null),
                revision.getLogUri().isEmpty() ? null : revision.getLogUri());
    }

    private static RevisionSeen.State state(Revision revision) {
        return switch (ready(revision)
                .map(Condition::getState)
                .orElse(Condition.State.UNRECOGNIZED)) {
            case CONDITION_SUCCEEDED -> RevisionSeen.State.READY;
            case CONDITION_FAILED -> RevisionSeen.State.FAILED;
            case STATE_UNSPECIFIED, CONDITION_PENDING, CONDITION_RECONCILING, UNRECOGNIZED ->
                    RevisionSeen.State.UNDECIDED;
        };
    }

    private static Optional<Condition> ready(Revision revision) {
        return revision.getConditionsList().stream()
                .filter(condition -> condition.getType().equals(READY))
                .findFirst();
    }

    /** The condition that says why; Ready itself may only repeat that something failed. */
    private static RevisionSeen.Failure failure(Revision revision) {
        List<Condition> failed =
                revision.getConditionsList().stream()
                        .filter(
                                condition ->
                                        condition.getState() == Condition.State.CONDITION_FAILED)
                        .toList();
        Condition ready = ready(revision).orElseThrow();
        Condition cause =
                failed.stream()
                        .filter(condition -> FailureCauses.of(condition).isPresent())
                        .findFirst()
                        .orElse(ready);
        String text = message(ready.getMessage().isBlank() ? cause : ready);
        return new RevisionSeen.Failure(
                FailureCauses.of(cause).orElse(RevisionSeen.Failure.Cause.CONTAINER),
                text == null ? "" : text);
    }

    /**
     * The first paragraph, and how the process ended where that is told: what follows are addresses
     * of pages and lines of the log.
     */
    private static @Nullable String message(Condition condition) {
        String text = condition.getMessage().strip();
        if (text.isEmpty()) {
            return null;
        }
        String first = BLANK_LINE.split(text, 2)[0];
        Matcher exit = EXIT.matcher(text);
        String told = exit.find() && !first.contains(exit.group()) ? " " + exit.group() : "";
        return Shown.of(SPACE.matcher(first + told).replaceAll(" "), LONGEST_MESSAGE);
    }

    /** Resources are named in full, traffic in short. */
    static String shortName(String name) {
        return name.substring(name.lastIndexOf('/') + 1);
    }
}
