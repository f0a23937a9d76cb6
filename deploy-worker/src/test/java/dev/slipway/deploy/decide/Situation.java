package dev.slipway.deploy.decide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.ObjectVersion;
import dev.slipway.contracts.Outcome;
import dev.slipway.contracts.Reason;
import dev.slipway.contracts.ServiceKey;
import dev.slipway.contracts.ServiceName;
import dev.slipway.contracts.Verdict;
import dev.slipway.contracts.manifest.Access;
import dev.slipway.contracts.manifest.Manifest;
import dev.slipway.contracts.manifest.Trigger;
import dev.slipway.deploy.Given;
import dev.slipway.deploy.decide.RevisionSeen.Failure;
import dev.slipway.deploy.decide.RevisionSeen.State;
import dev.slipway.deploy.decide.ServiceSeen.Progress;
import dev.slipway.deploy.decide.ServiceSeen.Share;
import dev.slipway.ledger.DeploymentRecord;
import dev.slipway.ledger.Marker;
import dev.slipway.ledger.Order;
import dev.slipway.ledger.ServiceEntry;
import dev.slipway.ledger.Source;
import dev.slipway.ledger.Waiting;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A situation that is decided in: a deployment of order 5 and what stands around it. */
final class Situation {
    static final ServiceKey HELLO = new ServiceKey("europe-west1", new ServiceName("hello"));
    static final String INSTALLATION = "inst";
    static final Order MINE = order(5);
    static final Instant SINCE = Instant.parse("2026-01-01T00:00:00Z");
    static final Verdict FAILED = Verdict.of(Reason.REVISION_FAILED, "it did not start");
    static final DeploymentRecord BUILT = built();
    static final DeploymentRecord DEPLOYING = BUILT.deploying();
    static final DeploymentRecord CLOSING = DEPLOYING.closing(FAILED);
    static final String MY_REVISION = Objects.requireNonNull(DEPLOYING.revision());
    static final String OLD_REVISION = "hello-old";

    DeploymentRecord record = DEPLOYING;
    Instant now = SINCE;
    Rules rules = new Rules(INSTALLATION, false, true, Duration.ofMinutes(15), "inst-events-dead");
    Access access = Access.PRIVATE;
    @Nullable Order newest = MINE;
    @Nullable Order absent;
    Optional<Outcome> fenceOutcome = Optional.empty();
    boolean present = true;
    boolean deleting;
    @Nullable Order fence;
    @Nullable Order closed;
    @Nullable String live;
    @Nullable Held held;
    @Nullable String installation = INSTALLATION;
    Progress progress = Progress.SUCCEEDED;
    String template = OLD_REVISION;
    String wanted = OLD_REVISION;
    @Nullable String serving = OLD_REVISION;
    int servingPercent = 100;
    final List<RevisionSeen> revisions = new ArrayList<>();
    List<Trigger> events = List.of();
    List<Trigger> before = List.of();
    boolean fallbackKnown = true;
    Access standingAccess = Access.PRIVATE;
    @Nullable Access accessBefore;
    List<TriggerSeen> standing = List.of();
    List<TargetSeen> targets = List.of();

    static Order order(long number) {
        return Order.of(
                new ObjectVersion("drop", "hello.zip", number), 1_700_000_000_000L + number);
    }

    private static DeploymentRecord built() {
        Source source =
                new Source(
                        new ObjectVersion("staging", "services/hello/x", 1),
                        Given.digest("source"),
                        Given.digest("build"),
                        1,
                        1,
                        0,
                        "");
        Manifest manifest = Given.manifest("hello", Access.PRIVATE);
        return DeploymentRecord.received(Marker.of(MINE), HELLO, null)
                .verified(source, manifest.digest(), null)
                .built("image@" + Given.digest("image"));
    }

    /** Nothing is there yet. */
    static Situation empty() {
        Situation situation = new Situation();
        situation.present = false;
        return situation;
    }

    /** An older deployment, of order 3, serves. */
    static Situation olderServes() {
        Situation situation = new Situation();
        situation.fence = order(3);
        situation.revisions.add(revision(OLD_REVISION, State.READY, 3, "other source"));
        return situation;
    }

    /** My revision is asked for, and the older one serves still. */
    static Situation written(State state) {
        Situation situation = olderServes();
        situation.fence = MINE;
        situation.live = OLD_REVISION;
        situation.template = MY_REVISION;
        situation.wanted = MY_REVISION;
        situation.revisions.add(mine(state));
        situation.progress =
                switch (state) {
                    case UNDECIDED -> Progress.SETTLING;
                    case READY -> Progress.SUCCEEDED;
                    case FAILED -> Progress.FAILED;
                };
        if (state == State.READY) {
            situation.serving = MY_REVISION;
        }
        return situation;
    }

    /** The first revision ever is mine. */
    static Situation firstWritten(State state) {
        Situation situation = written(state);
        situation.live = null;
        situation.serving = state == State.READY ? MY_REVISION : null;
        situation.revisions.removeFirst();
        return situation;
    }

    static RevisionSeen mine(State state) {
        return revision(MY_REVISION, state, 5, "source");
    }

    static RevisionSeen revision(String name, State state, long order, String source) {
        Failure failure =
                state == State.FAILED ? new Failure(Failure.Cause.CONTAINER, "exit 1") : null;
        return new RevisionSeen(
                name,
                state,
                failure,
                new Origin(
                        order(order),
                        Marker.of(order(order)).deployment(),
                        Given.digest(source),
                        Given.digest("build"),
                        Given.manifest("hello", Access.PRIVATE).digest(),
                        false),
                "http://log/" + name);
    }

    ServiceSeen service() {
        Marks marks = new Marks(fence, closed, live, held, installation, accessBefore);
        return new ServiceSeen(
                "etag",
                marks.on(Map.of("example.com/theirs", "kept")),
                marks,
                standingAccess,
                deleting,
                progress,
                template,
                List.of(new Share(wanted, 100)),
                serving == null ? List.of() : List.of(new Share(serving, servingPercent)),
                revisions,
                "http://hello",
                null);
    }

    DeployFacts facts() {
        return new DeployFacts(
                record,
                SINCE,
                now,
                rules,
                new ServiceEntry(
                        newest == null
                                ? null
                                : new ServiceEntry.Newest(newest, Marker.of(newest).deployment()),
                        absent),
                present ? Optional.of(service()) : Optional.empty(),
                manifest(),
                fenceOutcome,
                fallbackKnown ? Optional.of(Given.manifest("hello", before)) : Optional.empty(),
                standing,
                targets);
    }

    private Manifest manifest() {
        return events.isEmpty() ? Given.manifest("hello", access) : Given.manifest("hello", events);
    }

    /** What the deployment's manifest asks for. */
    List<TriggerPlan> wanted() {
        return TriggerPlan.of(INSTALLATION, HELLO, manifest());
    }

    /** What the manifest before asked for. */
    List<TriggerPlan> wantedBefore() {
        return TriggerPlan.of(INSTALLATION, HELLO, Given.manifest("hello", before));
    }

    DeployStep next() {
        return DeployDecision.next(facts());
    }

    void assertEnds(Reason reason) {
        assertThat(next())
                .isInstanceOfSatisfying(
                        DeployStep.End.class,
                        end -> assertThat(end.verdict().reason()).isEqualTo(reason));
    }

    void assertCloses(Reason reason) {
        assertThat(next())
                .isInstanceOfSatisfying(
                        DeployStep.Close.class,
                        close -> assertThat(close.verdict().reason()).isEqualTo(reason));
    }

    void assertWaits(Waiting.Cause cause) {
        assertThat(next())
                .isInstanceOfSatisfying(
                        DeployStep.Wait.class,
                        wait -> assertThat(wait.waiting().cause()).isEqualTo(cause));
    }
}
