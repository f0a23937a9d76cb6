package dev.slipway.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.contracts.ArchiveSummary;
import dev.slipway.contracts.Digest;
import dev.slipway.contracts.Json;
import dev.slipway.contracts.ObjectVersion;
import dev.slipway.contracts.Reason;
import dev.slipway.contracts.ServiceKey;
import dev.slipway.contracts.ServiceName;
import dev.slipway.contracts.Verdict;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class LedgerTest {
    private static final ServiceKey HELLO =
            new ServiceKey("europe-west1", new ServiceName("hello"));
    private static final Marker MARKER =
            Marker.of(new Order(1_700_000_000_000L, 42, "drop-bucket", "hello.zip"));
    private static final Source SOURCE =
            new Source(
                    new ObjectVersion("staging", "services/hello/x.tar.gz", 7),
                    Digest.of("source"),
                    Digest.of("build"),
                    2,
                    30,
                    0,
                    "");

    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private final InMemoryObjectStore store = new InMemoryObjectStore(() -> now);
    private final Ledger ledger =
            new Ledger(
                    store, () -> UUID.randomUUID().toString(), new Backoff(_ -> {}, new Random(1)));

    @Test
    void aRecordIsReadBackAsItWasWritten() {
        Versioned<DeploymentRecord> received =
                ledger.begin(DeploymentRecord.received(MARKER, HELLO, "mine"));
        Versioned<DeploymentRecord> verified =
                ledger.swap(
                                received,
                                received.value().verified(SOURCE, Digest.of("manifest"), null))
                        .orElseThrow();

        assertThat(ledger.deployment(MARKER.deployment())).contains(verified);
    }

    @Test
    void aSwapOnARecordThatMovedIsEmpty() {
        Versioned<DeploymentRecord> received =
                ledger.begin(DeploymentRecord.received(MARKER, HELLO, null));
        DeploymentRecord verified = received.value().verified(SOURCE, Digest.of("manifest"), null);
        ledger.swap(received, verified);

        assertThat(ledger.swap(received, verified)).isEmpty();
    }

    @Test
    void aRetriedSwapWhoseFirstTrySucceededIsASuccess() {
        ObjectStore forgetful = new AnswerLostOnce(store);
        Ledger over = new Ledger(forgetful, () -> "token", new Backoff(_ -> {}, new Random(1)));
        Versioned<DeploymentRecord> received =
                over.begin(DeploymentRecord.received(MARKER, HELLO, null));

        Optional<Versioned<DeploymentRecord>> swapped =
                over.swap(received, received.value().verified(SOURCE, Digest.of("manifest"), null));

        assertThat(swapped).isPresent();
    }

    @Test
    void aStageThatWasNeverPausedIsNot() {
        assertThat(ledger.stage("build")).isEqualTo(new StagePause(false, null, null));
        assertThat(ledger.resumeStage("build")).isEqualTo(new StagePause(false, null, null));
        assertThat(store.list("stages/", 10)).isEmpty();
    }

    @Test
    void aPauseAndItsEndKeepWhenTheyWere() {
        Instant first = now;
        assertThat(ledger.pauseStage("build")).isEqualTo(new StagePause(true, first, null));
        now = now.plusSeconds(60);
        assertThat(ledger.pauseStage("build")).isEqualTo(new StagePause(true, first, null));

        Instant resumed = now;
        assertThat(ledger.resumeStage("build")).isEqualTo(new StagePause(false, resumed, resumed));
        now = now.plusSeconds(60);
        assertThat(ledger.resumeStage("build")).isEqualTo(new StagePause(false, resumed, resumed));
        assertThat(ledger.pauseStage("build")).isEqualTo(new StagePause(true, now, resumed));
        assertThat(ledger.stage("build")).isEqualTo(new StagePause(true, now, resumed));
        assertThat(ledger.stage("deploy").paused()).isFalse();
    }

    @Test
    void aRetriedPauseWhoseFirstTrySucceededIsAPause() {
        ledger.pauseStage("build");
        ledger.resumeStage("build");
        Ledger over =
                new Ledger(
                        new AnswerLostOnce(store),
                        () -> "token",
                        new Backoff(_ -> {}, new Random(1)));

        assertThat(over.pauseStage("build").paused()).isTrue();
    }

    @Test
    void deadlinesDoNotRunWhileTheStageIsPaused() {
        Versioned<DeploymentRecord> received =
                ledger.begin(DeploymentRecord.received(MARKER, HELLO, null));
        Instant entered = now;
        now = now.plusSeconds(60);
        ledger.pauseStage("upload");
        now = now.plus(Duration.ofHours(9));
        ledger.resumeStage("upload");
        Instant resumed = now;
        assertThat(ledger.since(received)).isEqualTo(entered);

        ledger.stage("upload");
        assertThat(ledger.since(received)).isEqualTo(resumed);
        assertThat(received.value().since(received.updated())).isEqualTo(entered);

        now = now.plusSeconds(5);
        Versioned<DeploymentRecord> verified =
                ledger.swap(
                                received,
                                received.value().verified(SOURCE, Digest.of("manifest"), null))
                        .orElseThrow();
        assertThat(ledger.since(verified)).isEqualTo(now);
    }

    @Test
    void anotherStagesResumeMovesNoDeadline() {
        Versioned<DeploymentRecord> received =
                ledger.begin(DeploymentRecord.received(MARKER, HELLO, null));
        now = now.plusSeconds(60);
        ledger.pauseStage("deploy");
        ledger.resumeStage("deploy");
        ledger.stage("deploy");

        assertThat(ledger.since(received)).isEqualTo(received.updated());
    }

    @Test
    void theHistoryHasTheStorageTimeOfEachStage() {
        Versioned<DeploymentRecord> received =
                ledger.begin(DeploymentRecord.received(MARKER, HELLO, null));
        now = now.plus(Duration.ofSeconds(5));
        Versioned<DeploymentRecord> verified =
                ledger.swap(
                                received,
                                received.value().verified(SOURCE, Digest.of("manifest"), null))
                        .orElseThrow();
        now = now.plus(Duration.ofSeconds(60));
        Versioned<DeploymentRecord> injected =
                ledger.swap(verified, verified.value().injected()).orElseThrow();

        assertThat(injected.value().since(injected.updated())).isEqualTo("2026-01-01T00:00:05Z");
        assertThat(injected.value().history())
                .extracting(Moment::stage)
                .containsExactly(Stage.RECEIVED, Stage.VERIFIED);
    }

    @Test
    void theServicesAreListedWithTheTimeOfTheirLastChange() {
        ledger.raiseAbsent(HELLO, MARKER.order());
        long before = ledger.services().getFirst().generation();
        now = now.plus(Duration.ofSeconds(5));
        ledger.raiseNewest(HELLO, MARKER.order(), MARKER.deployment());

        assertThat(ledger.services())
                .singleElement()
                .satisfies(
                        change -> {
                            assertThat(change.service()).isEqualTo(HELLO);
                            assertThat(change.updated()).isEqualTo(now);
                            assertThat(change.generation()).isNotEqualTo(before);
                        });
    }

    @Test
    void aFinishedRecordMovesNoMore() {
        DeploymentRecord done =
                DeploymentRecord.received(MARKER, HELLO, null)
                        .finished(Verdict.of(Reason.NOT_AN_ARCHIVE, "no"), null);

        assertThatThrownBy(() -> done.verified(SOURCE, Digest.of("manifest"), null))
                .isInstanceOf(IllegalMove.class);
        assertThatThrownBy(() -> done.finished(Verdict.of(Reason.DEPLOYED, "yes"), null))
                .isInstanceOf(IllegalMove.class);
    }

    @Test
    void theFirstNegativeVerdictStays() {
        DeploymentRecord deploying =
                DeploymentRecord.received(MARKER, HELLO, null)
                        .verified(SOURCE, Digest.of("manifest"), null)
                        .built("image@sha256:1")
                        .deploying()
                        .closing(Verdict.of(Reason.REVISION_FAILED, "first"));

        DeploymentRecord again = deploying.closing(Verdict.of(Reason.DEPLOY_TIMED_OUT, "second"));

        assertThat(again.closing()).isEqualTo(deploying.closing());
    }

    @Test
    void newestAndAbsentOnlyGrow() {
        Order older = new Order(1, 1, "b", "o");
        Order newer = new Order(2, 1, "b", "o");
        ledger.raiseNewest(HELLO, newer, MARKER.deployment());
        ledger.raiseAbsent(HELLO, newer);

        ledger.raiseNewest(HELLO, older, MARKER.deployment());
        ServiceEntry entry = ledger.raiseAbsent(HELLO, older);

        assertThat(entry.absent()).isEqualTo(newer);
        assertThat(entry.newest()).isEqualTo(new ServiceEntry.Newest(newer, MARKER.deployment()));
        assertThat(entry.outranks(older)).isTrue();
        assertThat(entry.outranks(newer)).isFalse();
    }

    @Test
    void anImageIsFoundBySourceAndBuild() {
        ledger.keepImage(SOURCE, "image@sha256:1");

        assertThat(ledger.image(SOURCE)).contains("image@sha256:1");
        assertThat(ledger.image(SOURCE.withBuildDigest(Digest.of("other")))).isEmpty();
    }

    @Test
    void aRecordOfBeforeLitterWasNotedDownIsRead() {
        DeploymentRecord verified =
                DeploymentRecord.received(MARKER, HELLO, null)
                        .verified(SOURCE, Digest.of("manifest"), null);
        String earlier =
                new String(Json.write(verified), StandardCharsets.UTF_8)
                        .replace(",\"litterDropped\":0,\"rootUnwrapped\":\"\"", "");
        store.create(
                "deployments/" + MARKER.deployment(), earlier.getBytes(StandardCharsets.UTF_8));

        Source read = ledger.deployment(MARKER.deployment()).orElseThrow().value().requireSource();

        assertThat(earlier).doesNotContain("litter", "root");
        assertThat(read.archive()).isEqualTo(new ArchiveSummary(2, 30, null, null));
    }

    @Test
    void anObjectThatDoesNotParseIsRefusedAndLeftAlone() {
        byte[] torn = "{\"schema\":".getBytes(StandardCharsets.UTF_8);
        store.create("deployments/" + MARKER.deployment(), torn);

        assertThatThrownBy(() -> ledger.deployment(MARKER.deployment()))
                .isInstanceOf(UnreadableObject.class);
        assertThat(store.get("deployments/" + MARKER.deployment()).orElseThrow().body())
                .isEqualTo(torn);
    }

    @Test
    void anObjectThatNamesNoDeploymentHidesNone() {
        ledger.mark(MARKER);
        ledger.enterBuilding(MARKER.deployment(), 1);
        store.create("open/readme.txt", new byte[0]);
        store.create("building/readme.txt", new byte[0]);

        assertThat(ledger.openDeployments()).containsExactly(MARKER.deployment());
        assertThat(ledger.building()).containsExactly(MARKER.deployment());
    }

    @Test
    void aSecondSweeperTakesOverOnlyWhenTheFirstStoppedAsking() {
        SweepTurn first = ledger.sweep("build", "one", 0);
        SweepTurn second = ledger.sweep("build", "two", 0);
        SweepTurn firstAgain = ledger.sweep("build", "one", first.generation());
        SweepTurn secondAgain = ledger.sweep("build", "two", second.generation());
        SweepTurn takenOver = ledger.sweep("build", "two", secondAgain.generation());

        assertThat(first).isInstanceOf(SweepTurn.Mine.class);
        assertThat(second).isInstanceOf(SweepTurn.Theirs.class);
        assertThat(firstAgain).isInstanceOf(SweepTurn.Mine.class);
        assertThat(secondAgain).isInstanceOf(SweepTurn.Theirs.class);
        assertThat(takenOver).isInstanceOf(SweepTurn.Mine.class);
    }

    /**
     * Executes the first swap and says Conflict, as a retried request whose first answer was lost
     * does.
     */
    private record AnswerLostOnce(InMemoryObjectStore store) implements ObjectStore {
        @Override
        public Optional<Stored> get(String name) {
            return store.get(name);
        }

        @Override
        public Write create(String name, byte[] body) {
            return store.create(name, body);
        }

        @Override
        public Write swap(String name, long generation, byte[] body) {
            store.swap(name, generation, body);
            return new Conflict();
        }

        @Override
        public boolean delete(String name, long generation) {
            return store.delete(name, generation);
        }

        @Override
        public java.util.List<Listed> list(String prefix, int atMost) {
            return store.list(prefix, atMost);
        }
    }
}
