package dev.slipway.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.contracts.Answer;
import dev.slipway.contracts.DeploymentFinished;
import dev.slipway.contracts.DeploymentId;
import dev.slipway.contracts.Outcome;
import dev.slipway.contracts.PipelineEvent;
import dev.slipway.contracts.Reason;
import dev.slipway.contracts.Verdict;
import dev.slipway.ledger.CrashingStore;
import dev.slipway.ledger.DeploymentRecord;
import dev.slipway.ledger.InMemoryObjectStore;
import dev.slipway.ledger.Versioned;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EndingTest {
    private static final int MORE_CALLS_THAN_ARE_MADE = 40;
    private static final String ANSWER = Answer.nameFor("hello.zip");
    private static final Verdict FAILED = Verdict.of(Reason.BUILD_STUCK, "It did not end.");
    private static final Verdict LIVE = Verdict.of(Reason.DEPLOYED, "It serves.");

    private final MovingClock clock = new MovingClock(Drops.NOON);
    private final List<String> journal = Journal.empty();
    private final CrashingStore ledgerStore = new CrashingStore(new InMemoryObjectStore(clock));
    private final CrashingStore dropBucket = new CrashingStore(new InMemoryObjectStore(clock));
    private final RecordingOutbox outbox = new RecordingOutbox();
    private final Drops drops = new Drops(new Journal(ledgerStore, journal));
    private final Ending ending =
            new Ending(
                    drops.ledger,
                    this::publish,
                    new Answers(new Journal(dropBucket, journal), Drops.backoff(), Later.NOW),
                    this::cancel);
    private boolean busy;

    private void cancel(DeploymentRecord record) {
        if (busy) {
            throw new GatewayException(FailureKind.BUSY, "cancel", "it is busy", null);
        }
        journal.add("cancel builds of " + record.deployment());
    }

    private void publish(PipelineEvent event) {
        outbox.publish(event);
        journal.add("publish " + event.id());
    }

    private Answer answer() {
        return Answer.parse(dropBucket.get(ANSWER).orElseThrow().body()).orElseThrow();
    }

    @Test
    void swapsTheVerdictThenTellsAndLastDeletesTheMarker() {
        Versioned<DeploymentRecord> building = drops.building();
        DeploymentId id = building.value().deployment();
        journal.clear();

        assertThat(ending.end(building, FAILED, null)).isTrue();

        assertThat(journal)
                .containsExactly(
                        "swap deployments/" + id,
                        "cancel builds of " + id,
                        "delete building/" + id,
                        "publish " + id + ":deployment-finished",
                        "create " + ANSWER,
                        "delete open/" + id);
    }

    @Test
    void saysTheOutcomeWithAllThatSubscribersAskFor() {
        Versioned<DeploymentRecord> deploying = drops.deploying();

        ending.end(deploying, LIVE, "http://localhost:9000");

        assertThat(outbox.published())
                .containsExactly(
                        new DeploymentFinished(
                                deploying.value().deployment(),
                                deploying.value().drop(),
                                Drops.HELLO,
                                Outcome.LIVE,
                                Reason.DEPLOYED,
                                "It serves.",
                                "http://localhost:9000",
                                "order-17"));
        assertThat(answer().outcome()).isEqualTo(Outcome.LIVE);
    }

    @Test
    void whoReadTheRecordTooEarlyEndsNothing() {
        Versioned<DeploymentRecord> read = drops.building();
        drops.moved(read, read.value().injected());
        journal.clear();

        assertThat(ending.end(read, FAILED, null)).isFalse();

        assertThat(journal).isEmpty();
    }

    @Test
    void leavesBuildsAloneWhereNoneCanRun() {
        ending.end(drops.received(), Verdict.of(Reason.NOT_AN_ARCHIVE, "No."), null);
        ending.end(drops.verified(), FAILED, null);
        ending.end(drops.deploying(), LIVE, null);

        assertThat(journal).noneMatch(entry -> entry.startsWith("cancel"));
    }

    @Test
    void whatGoesOnIsNotOver() {
        assertThat(ending.isOver(drops.building())).isFalse();
        assertThat(outbox.published()).isEmpty();
    }

    @Test
    void whatIsOverAndToldIsLeftAlone() {
        Versioned<DeploymentRecord> building = drops.building();
        ending.end(building, FAILED, null);
        journal.clear();

        assertThat(ending.isOver(drops.again(building))).isTrue();

        assertThat(journal).isEmpty();
    }

    @Test
    void whatIsOverIsToldAgainWhileItsMarkerStands() {
        Versioned<DeploymentRecord> building = drops.building();
        DeploymentId id = building.value().deployment();
        drops.moved(building, building.value().finished(FAILED, null));
        journal.clear();

        assertThat(ending.isOver(drops.again(building))).isTrue();

        assertThat(journal)
                .containsExactly(
                        "cancel builds of " + id,
                        "delete building/" + id,
                        "publish " + id + ":deployment-finished",
                        "create " + ANSWER,
                        "delete open/" + id);
    }

    @Test
    void whoseBuildMayRunIsToldByAWorkerThatCanCancelIt() {
        Ending withoutBuilds =
                new Ending(
                        drops.ledger,
                        this::publish,
                        new Answers(dropBucket, Drops.backoff(), Later.NOW),
                        RunningBuilds.NONE);
        Versioned<DeploymentRecord> building = drops.building();
        drops.moved(building, building.value().finished(FAILED, null));

        assertThat(withoutBuilds.isOver(drops.again(building))).isTrue();

        assertThat(outbox.published()).isEmpty();
        assertThat(drops.ledger.marker(building.value().deployment())).isPresent();
    }

    @Test
    void theMarkerStandsUntilTheOutcomeIsConfirmed() {
        Versioned<DeploymentRecord> building = drops.building();
        outbox.fail(1);

        assertThatThrownBy(() -> ending.end(building, FAILED, null))
                .isInstanceOf(GatewayException.class);

        assertThat(drops.ledger.marker(building.value().deployment())).isPresent();
        assertThat(dropBucket.get(ANSWER)).isEmpty();
    }

    @Test
    void whatIsTooBusyToCancelABuildIsAskedAgainByWhoeverMeetsTheMarker() {
        Versioned<DeploymentRecord> building = drops.building();
        busy = true;

        assertThat(ending.end(building, FAILED, null)).isTrue();

        assertThat(outbox.published()).isEmpty();
        assertThat(drops.ledger.marker(building.value().deployment())).isPresent();

        busy = false;
        assertThat(ending.isOver(drops.again(building))).isTrue();

        assertToldOnceOverAll(building.value().deployment());
    }

    /** The end, dying at one call of one store; whether it came to that. */
    private static boolean dies(
            EndingTest worker,
            CrashingStore store,
            int call,
            boolean afterwards,
            Versioned<DeploymentRecord> building) {
        store.crashAt(call, afterwards);
        try {
            worker.ending.end(building, FAILED, null);
            return false;
        } catch (CrashingStore.Crash _) {
            return true;
        } finally {
            store.crashNoMore();
        }
    }

    private static int crashEverywhere(boolean inTheDropBucket, boolean afterwards) {
        for (int call = 0; call < MORE_CALLS_THAN_ARE_MADE; call++) {
            EndingTest worker = new EndingTest();
            Versioned<DeploymentRecord> building = worker.drops.building();
            boolean died =
                    dies(
                            worker,
                            inTheDropBucket ? worker.dropBucket : worker.ledgerStore,
                            call,
                            afterwards,
                            building);
            worker.continueIt(building);
            worker.assertToldOnceOverAll(building.value().deployment());
            if (!died) {
                return call;
            }
        }
        throw new AssertionError("an end makes " + MORE_CALLS_THAN_ARE_MADE + " calls or more");
    }

    private void continueIt(Versioned<DeploymentRecord> building) {
        Versioned<DeploymentRecord> read = drops.again(building);
        if (!ending.isOver(read)) {
            ending.end(read, FAILED, null);
        }
    }

    private void assertToldOnceOverAll(DeploymentId id) {
        assertThat(drops.ledger.marker(id)).isEmpty();
        assertThat(drops.ledger.building()).isEmpty();
        assertThat(answer().outcome()).isEqualTo(Outcome.FAILED);
        assertThat(outbox.published())
                .isNotEmpty()
                .extracting(PipelineEvent::id)
                .containsOnly(id + ":deployment-finished");
        assertThat(journal).contains("cancel builds of " + id);
    }

    @Test
    void anEndThatDiesAnywhereIsContinuedByWhoeverMeetsIt() {
        List<Integer> calls = new ArrayList<>();
        for (boolean inTheDropBucket : new boolean[] {false, true}) {
            for (boolean afterwards : new boolean[] {false, true}) {
                calls.add(crashEverywhere(inTheDropBucket, afterwards));
            }
        }

        assertThat(calls)
                .as("calls to each store")
                .allSatisfy(each -> assertThat(each).isPositive());
    }
}
