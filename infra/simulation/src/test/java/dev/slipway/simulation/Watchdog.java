package dev.slipway.simulation;

import dev.slipway.contracts.DeploymentFinished;
import dev.slipway.contracts.DeploymentId;
import dev.slipway.contracts.ImagePushed;
import dev.slipway.contracts.Outcome;
import dev.slipway.contracts.PipelineEvent;
import dev.slipway.contracts.Reason;
import dev.slipway.contracts.RequestKind;
import dev.slipway.contracts.ServiceKey;
import dev.slipway.contracts.SourceStored;
import dev.slipway.contracts.Verdict;
import dev.slipway.deploy.decide.Origin;
import dev.slipway.kit.RequestNotice;
import dev.slipway.ledger.Build;
import dev.slipway.ledger.DeploymentRecord;
import dev.slipway.ledger.RequestRecord;
import dev.slipway.ledger.Stage;
import dev.slipway.upload.decide.DropNotice;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Looks at every step, and at nothing that the workers say of themselves. */
final class Watchdog {
    private static final Comparator<DeploymentRecord> FORWARD =
            Comparator.comparingInt(DeploymentRecord::buildAttempt)
                    .thenComparing(DeploymentRecord::stage)
                    .thenComparingInt(DeploymentRecord::deployAttempt);
    private static final int MOST_ATTEMPTS = 3;

    private final List<Asked> asked;
    private final Map<DeploymentId, RequestRecord> requests = new HashMap<>();
    private final Map<DeploymentId, DeploymentRecord> records = new HashMap<>();
    private final Map<String, String> accepted = new HashMap<>();
    private final Map<DeploymentId, DeploymentFinished> outcomes = new HashMap<>();
    private final Set<String> marked = new HashSet<>();
    private final Set<DeploymentId> served = new HashSet<>();

    /**
     * Has seen nothing yet.
     *
     * @param asked what people ask, as it grows
     */
    Watchdog(List<Asked> asked) {
        this.asked = asked;
    }

    /** A request's record as it stands, if it has one. */
    Optional<RequestRecord> request(DeploymentId request) {
        return Optional.ofNullable(requests.get(request));
    }

    /** I9: on each write of a request's record. */
    void written(RequestRecord record) {
        RequestRecord before = requests.put(record.request(), record);
        if (before == null) {
            return;
        }
        boolean back = before.stage().compareTo(record.stage()) > 0;
        boolean changed = before.isDone() && !Objects.equals(before.end(), record.end());
        boolean elsewhere =
                before.stage() != RequestRecord.Stage.RECEIVED
                        && !(Objects.equals(before.revision(), record.revision())
                                && Objects.equals(before.deployment(), record.deployment()));
        if (back || changed || elsewhere) {
            throw new Violation("I9", before + " became " + record);
        }
    }

    /** The records as they stand. */
    Optional<DeploymentRecord> record(DeploymentId deployment) {
        return Optional.ofNullable(records.get(deployment));
    }

    /** What was published of it. */
    Optional<DeploymentFinished> outcome(DeploymentId deployment) {
        return Optional.ofNullable(outcomes.get(deployment));
    }

    /** I9, I7 and that the first negative verdict stands: on each write of a record. */
    void written(DeploymentRecord record) {
        DeploymentRecord before = records.put(record.deployment(), record);
        if (before == null) {
            return;
        }
        if (before.isDone() && !same(before, record)) {
            throw new Violation("I9", before + " was over and became " + record);
        }
        if (!before.isDone()
                && FORWARD.compare(before, record) > 0
                && !isRepeated(before, record)) {
            throw new Violation("I9", before + " went back to " + record);
        }
        attempts(record);
        verdicts(before, record);
    }

    private static boolean same(DeploymentRecord before, DeploymentRecord after) {
        return after.isDone() && Objects.equals(before.verdict(), after.verdict());
    }

    /** Another build attempt begins at VERIFIED. */
    private static boolean isRepeated(DeploymentRecord before, DeploymentRecord after) {
        return after.buildAttempt() == before.buildAttempt() + 1 && after.stage() == Stage.VERIFIED;
    }

    private void attempts(DeploymentRecord record) {
        if (record.buildAttempt() > MOST_ATTEMPTS || record.deployAttempt() > MOST_ATTEMPTS) {
            throw new Violation("I7", record + " was tried too often");
        }
        Build build = record.build();
        if (build != null) {
            String attempt = record.deployment() + "-" + record.buildAttempt();
            String first = accepted.putIfAbsent(attempt, build.name());
            if (first != null && !first.equals(build.name())) {
                throw new Violation("I7", attempt + " accepted " + first + " and " + build.name());
            }
        }
    }

    private static void verdicts(DeploymentRecord before, DeploymentRecord after) {
        Verdict closing = before.closing();
        if (closing == null) {
            return;
        }
        if (!closing.equals(after.closing())) {
            throw new Violation("I2", before + " closed twice: " + after);
        }
        Verdict verdict = after.verdict();
        boolean kept =
                verdict == null
                        || verdict.equals(closing)
                        || verdict.outcome() == Outcome.LIVE
                        || verdict.reason() == Reason.NEWER_DEPLOYMENT;
        if (!kept) {
            throw new Violation("I2", closing + " was decided, and told was " + verdict);
        }
    }

    /** I2: on each event. */
    void published(PipelineEvent event) {
        if (event instanceof DeploymentFinished finished) {
            DeploymentFinished first = outcomes.putIfAbsent(finished.deployment(), finished);
            if (first != null && !first.equals(finished)) {
                throw new Violation("I2", first + " and " + finished);
            }
            DeploymentRecord record = records.get(finished.deployment());
            if (record == null
                    || record.verdict() == null
                    || record.verdict().outcome() != finished.outcome()) {
                throw new Violation("I2", finished + " is not what stands: " + record);
            }
            if (finished.message().chars().anyMatch(Character::isISOControl)) {
                throw new Violation("I11", finished + " has a control character");
            }
        }
    }

    /** I8: a marker stands before its record. */
    void markerWritten(String deployment) {
        marked.add(deployment);
    }

    /** The same. */
    void recordBegun(String deployment) {
        if (!marked.contains(deployment)) {
            throw new Violation("I8", deployment + " has a record and never had a marker");
        }
    }

    /** I8: a marker goes after the outcome is told. */
    void markerDeleted(String deployment) {
        DeploymentId id = new DeploymentId(deployment);
        RequestRecord request = requests.get(id);
        boolean over = request != null && request.isDone() && !records.containsKey(id);
        if (!outcomes.containsKey(id) && !over) {
            throw new Violation("I8", "the marker of " + deployment + " goes before it is told");
        }
    }

    /** I3: on each change of what serves. */
    void serves(ServiceKey service, Optional<Origin> before, Optional<Origin> after) {
        after.ifPresent(origin -> served.add(origin.deployment()));
        if (before.isEmpty() || after.isEmpty()) {
            return;
        }
        boolean back = before.get().order().newerThan(after.get().order());
        if (back && !isTakenBack(before.get()) && !isRolledBack(service, before.get())) {
            throw new Violation(
                    "I3",
                    "traffic went from " + before.get() + " back to " + after.get().deployment());
        }
    }

    private boolean isRolledBack(ServiceKey service, Origin origin) {
        return asked.stream()
                .filter(request -> request.service().equals(service))
                .filter(request -> request.request().kind() == RequestKind.ROLLBACK)
                .anyMatch(request -> request.order().newerThan(origin.order()));
    }

    private boolean isTakenBack(Origin origin) {
        DeploymentRecord record = records.get(origin.deployment());
        return record != null && record.closing() != null;
    }

    /** Whether all traffic ever went to a revision of this deployment. */
    boolean everServed(DeploymentId deployment) {
        return served.contains(deployment);
    }

    /** Why a message may not be acknowledged yet; null where it may. */
    @Nullable String tooEarly(Letter letter) {
        return switch (letter.content) {
            case DropNotice notice -> unlessRecorded(DeploymentId.of(notice.version()));
            case SourceStored stored ->
                    unlessPast(
                            stored.deployment(),
                            Stage.VERIFIED,
                            stored.buildAttempt(),
                            stored.injection());
            case ImagePushed pushed ->
                    unlessPast(
                            pushed.deployment(),
                            Stage.BUILT,
                            pushed.buildAttempt(),
                            pushed.injection());
            case RequestNotice notice -> unlessTakenUp(letter, notice);
            default -> null;
        };
    }

    /** The build-worker takes up only what is its own. */
    private @Nullable String unlessTakenUp(Letter letter, RequestNotice notice) {
        DeploymentId id = DeploymentId.of(notice.version());
        boolean known = requests.containsKey(id) || records.containsKey(id);
        return known || letter.subscription.equals("cancel-requested") ? null : "it has no record";
    }

    private @Nullable String unlessRecorded(DeploymentId deployment) {
        return records.containsKey(deployment) ? null : "it has no record";
    }

    private @Nullable String unlessPast(
            DeploymentId deployment, Stage stage, int attempt, long injection) {
        DeploymentRecord record = records.get(deployment);
        if (record == null) {
            return "it has no record";
        }
        boolean goesOn =
                record.stage().compareTo(stage) > 0
                        || record.waiting() != null
                        || record.injection() > injection
                        || record.buildAttempt() > attempt;
        return goesOn ? null : "it stands at " + record.stage();
    }
}
