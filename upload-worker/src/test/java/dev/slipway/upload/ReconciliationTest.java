package dev.slipway.upload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.DeploymentId;
import dev.slipway.contracts.ObjectVersion;
import dev.slipway.contracts.Reason;
import dev.slipway.kit.FailureKind;
import dev.slipway.ledger.Order;
import dev.slipway.ledger.Stage;
import dev.slipway.upload.decide.Watermark;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("NullAway.Init") // JUnit sets the fields
class ReconciliationTest {
    @TempDir Path spool;
    private Bench bench;

    @BeforeEach
    void start() {
        bench = new Bench(spool);
    }

    private ObjectVersion silentDrop(String object, byte[] content) {
        return bench.drops.put(object, content, null);
    }

    private void sweepAfter(Duration later) {
        bench.now = bench.now.plus(later);
        bench.resume.converge(bench.now);
    }

    private Order watermark() {
        return bench.ledger.watermark(Bench.BUCKET).orElseThrow();
    }

    @Test
    void theFirstWatermarkIsNowSoThatAFullBucketIsNotDeployed() {
        ObjectVersion old = silentDrop("old.zip", Archives.function("1"));

        sweepAfter(Duration.ofDays(1));
        sweepAfter(Duration.ofDays(1));

        assertThat(bench.ledger.deployment(DeploymentId.of(old))).isEmpty();
        assertThat(bench.published).isEmpty();
    }

    @Test
    void beginsWhatNoMessageToldOf() {
        sweepAfter(Duration.ZERO);
        bench.now = bench.now.plusSeconds(1);
        ObjectVersion version = silentDrop("hello.zip", Archives.function("1"));
        ObjectVersion bad = silentDrop("bad.zip", new byte[] {1});
        silentDrop("status/hello.zip.json", new byte[] {1});
        silentDrop("notes.txt", new byte[] {1});

        sweepAfter(Duration.ofMinutes(15));

        assertThat(bench.record(DeploymentId.of(version)).stage()).isEqualTo(Stage.VERIFIED);
        assertThat(bench.record(DeploymentId.of(bad)).requireVerdict().reason())
                .isEqualTo(Reason.NOT_AN_ARCHIVE);
        assertThat(bench.count("slipway.drops.found")).isEqualTo(2);
        assertThat(bench.ledger.openDeployments()).hasSize(1);
    }

    @Test
    void aRecordThatDoesNotParseKeepsNoOtherDropBack() {
        sweepAfter(Duration.ZERO);
        bench.now = bench.now.plusSeconds(1);
        ObjectVersion damaged = silentDrop("a.zip", Archives.function("1"));
        bench.kept.create("deployments/" + DeploymentId.of(damaged), new byte[] {'{'});
        ObjectVersion version = silentDrop("hello.zip", Archives.function("1"));
        Order before = watermark();

        sweepAfter(Duration.ofMinutes(15));

        assertThat(bench.record(DeploymentId.of(version)).stage()).isEqualTo(Stage.VERIFIED);
        assertThat(watermark()).isGreaterThan(before);
    }

    @Test
    void beginsOverwrittenGenerationsToo() {
        sweepAfter(Duration.ZERO);
        bench.now = bench.now.plusSeconds(1);
        ObjectVersion first = silentDrop("hello.zip", Archives.function("1"));
        bench.now = bench.now.plusSeconds(1);
        ObjectVersion second = silentDrop("hello.zip", Archives.function("2"));

        sweepAfter(Duration.ofMinutes(15));

        assertThat(bench.record(DeploymentId.of(first)).stage()).isEqualTo(Stage.VERIFIED);
        assertThat(bench.record(DeploymentId.of(second)).previous())
                .isEqualTo(DeploymentId.of(first));
    }

    @Test
    void leavesYoungDropsToTheirMessages() {
        sweepAfter(Duration.ZERO);
        bench.now = bench.now.plus(Duration.ofMinutes(15));
        ObjectVersion young = silentDrop("hello.zip", Archives.function("1"));

        sweepAfter(Duration.ofSeconds(30));

        assertThat(bench.ledger.deployment(DeploymentId.of(young))).isEmpty();
        sweepAfter(Duration.ofMinutes(15));
        assertThat(bench.record(DeploymentId.of(young)).stage()).isEqualTo(Stage.VERIFIED);
    }

    @Test
    void listsEveryFifteenMinutesOnly() {
        sweepAfter(Duration.ZERO);
        sweepAfter(Duration.ofMinutes(15));
        bench.now = bench.now.plusSeconds(1);
        ObjectVersion version = silentDrop("hello.zip", Archives.function("1"));

        sweepAfter(Duration.ofMinutes(14));
        assertThat(bench.ledger.deployment(DeploymentId.of(version))).isEmpty();

        sweepAfter(Duration.ofMinutes(1));
        assertThat(bench.ledger.deployment(DeploymentId.of(version))).isPresent();
    }

    @Test
    void raisesTheWatermarkToTheListingWhereNothingIsOpen() {
        sweepAfter(Duration.ZERO);

        sweepAfter(Duration.ofMinutes(15));

        assertThat(watermark())
                .isEqualTo(Watermark.at(Bench.BUCKET, bench.now.minus(Watermark.SETTLES)));
    }

    @Test
    void raisesTheWatermarkToTheOldestOpenMarkerOnly() {
        sweepAfter(Duration.ZERO);
        bench.now = bench.now.plusSeconds(1);
        DeploymentId open = bench.drop("hello.zip", Archives.function("1"));

        sweepAfter(Duration.ofMinutes(15));

        assertThat(watermark()).isEqualTo(bench.record(open).order());
    }

    @Test
    void whatFailsIsLeftToTheSweepAndTheListingGoesOn() {
        sweepAfter(Duration.ZERO);
        bench.now = bench.now.plusSeconds(1);
        ObjectVersion first = silentDrop("one.zip", Archives.function("1"));
        ObjectVersion second = silentDrop("two.zip", Archives.function("2"));
        bench.drops.refuseFetch(FailureKind.TRANSIENT, 1);

        sweepAfter(Duration.ofMinutes(15));

        assertThat(bench.record(DeploymentId.of(first)).stage()).isEqualTo(Stage.RECEIVED);
        assertThat(bench.record(DeploymentId.of(second)).stage()).isEqualTo(Stage.VERIFIED);
    }
}
