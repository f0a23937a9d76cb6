package dev.slipway.upload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.DeploymentId;
import dev.slipway.contracts.ObjectVersion;
import dev.slipway.contracts.Reason;
import dev.slipway.kit.FailureKind;
import dev.slipway.ledger.Stage;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the machine's own clock says changes nothing: ages are storage's. */
@SuppressWarnings("NullAway.Init") // JUnit sets the fields
class MachineClockTest {
    @TempDir Path spool;

    @ParameterizedTest
    @ValueSource(ints = {-24, 0, 24})
    void aDropIsVerified(int hoursAhead) {
        Bench bench = new Bench(spool, Duration.ofHours(hoursAhead));

        DeploymentId hello = bench.drop("hello.zip", Archives.function("1"));

        assertThat(bench.record(hello).stage()).isEqualTo(Stage.VERIFIED);
    }

    @ParameterizedTest
    @ValueSource(ints = {-24, 0, 24})
    void aDeadlineIsReachedWhenStorageSaysSo(int hoursAhead) {
        Bench bench = new Bench(spool, Duration.ofHours(hoursAhead));
        bench.staging.refuse(FailureKind.BUSY, 100);
        DeploymentId hello = bench.drop("hello.zip", Archives.function("1"));

        bench.sweepAfter(hello, Duration.ofMinutes(9));
        assertThat(bench.record(hello).isDone()).isFalse();

        bench.sweepAfter(hello, Duration.ofMinutes(2));
        assertThat(bench.record(hello).requireVerdict().reason())
                .isEqualTo(Reason.VERIFY_TIMED_OUT);
    }

    @ParameterizedTest
    @ValueSource(ints = {-24, 0, 24})
    void aSilentDropIsFoundAndTheWatermarkIsStorages(int hoursAhead) {
        Bench bench = new Bench(spool, Duration.ofHours(hoursAhead));
        bench.resume.converge(bench.now);
        bench.now = bench.now.plusSeconds(1);
        ObjectVersion silent = bench.drops.put("hello.zip", Archives.function("1"), null);

        bench.now = bench.now.plus(Duration.ofMinutes(15));
        bench.resume.converge(bench.now);

        assertThat(bench.record(DeploymentId.of(silent)).stage()).isEqualTo(Stage.VERIFIED);
        assertThat(bench.ledger.watermark(Bench.BUCKET).orElseThrow().timeCreated())
                .isLessThanOrEqualTo(bench.now.toEpochMilli());
    }
}
