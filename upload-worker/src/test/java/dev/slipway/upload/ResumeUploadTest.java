package dev.slipway.upload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.contracts.DeploymentId;
import dev.slipway.contracts.ObjectVersion;
import dev.slipway.contracts.Reason;
import dev.slipway.kit.FailureKind;
import dev.slipway.kit.GatewayException;
import dev.slipway.ledger.DeploymentRecord;
import dev.slipway.ledger.Marker;
import dev.slipway.ledger.Order;
import dev.slipway.ledger.Stage;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("NullAway.Init") // JUnit sets the fields
class ResumeUploadTest {
    @TempDir Path spool;
    private Bench bench;

    @BeforeEach
    void start() {
        bench = new Bench(spool);
    }

    /** A drop whose verification failed once, so that only its record stands. */
    private DeploymentId stranded(FailureKind kind, int times) {
        ObjectVersion version = bench.drops.put("hello.zip", Archives.function("1"), "c-1");
        bench.drops.refuseFetch(kind, times);
        assertThatThrownBy(() -> bench.announce(version)).isInstanceOf(GatewayException.class);
        return DeploymentId.of(version);
    }

    private Reason reason(DeploymentId deployment) {
        return bench.record(deployment).requireVerdict().reason();
    }

    @Test
    void continuesOneThatStandsStill() {
        DeploymentId hello = stranded(FailureKind.TRANSIENT, 1);

        bench.sweepAfter(hello, Duration.ofSeconds(60));

        assertThat(bench.record(hello).stage()).isEqualTo(Stage.VERIFIED);
        assertThat(bench.stored().getFirst().injection()).isEqualTo(1);
    }

    @Test
    void givesUpAfterTenMinutesByTheStoragesClock() {
        DeploymentId hello = stranded(FailureKind.TRANSIENT, 2);

        assertThatThrownBy(() -> bench.sweepAfter(hello, Duration.ofMinutes(9)))
                .isInstanceOf(GatewayException.class);
        bench.sweepAfter(hello, Duration.ofMinutes(1));

        assertThat(reason(hello)).isEqualTo(Reason.VERIFY_TIMED_OUT);
        assertThat(bench.ledger.marker(hello)).isEmpty();
        assertThat(bench.finished()).hasSize(1);
    }

    @Test
    void aMissingPermissionIsWaitedForAndThenToldToTheOperator() {
        bench.staging.refuse(FailureKind.DENIED, 2);
        DeploymentId hello = bench.drop("hello.zip", Archives.function("1"));
        assertThat(bench.record(hello).waiting()).isNotNull();

        bench.sweepAfter(hello, Duration.ofMinutes(7));

        assertThat(reason(hello)).isEqualTo(Reason.STAGING_FAILED);
    }

    @Test
    void aMarkerWithoutARecordBecomesADeployment() {
        ObjectVersion version = bench.drops.put("hello.zip", Archives.function("1"), "c-1");
        bench.ledger.mark(bench.drops.find(version).orElseThrow().marker());

        bench.resume.resumeUnrecorded(DeploymentId.of(version), bench.now);

        DeploymentRecord record = bench.record(DeploymentId.of(version));
        assertThat(record.stage()).isEqualTo(Stage.VERIFIED);
        assertThat(record.correlation()).isEqualTo("c-1");
    }

    @Test
    void aMarkerWhoseDropIsGoneEnds() {
        ObjectVersion version = bench.drops.put("hello.zip", Archives.function("1"), null);
        bench.ledger.mark(bench.drops.find(version).orElseThrow().marker());
        bench.drops.remove(version);

        bench.resume.resumeUnrecorded(DeploymentId.of(version), bench.now);

        assertThat(reason(DeploymentId.of(version))).isEqualTo(Reason.DROP_DELETED);
    }

    @Test
    void aRequestsMarkerIsLeftAlone() {
        Marker request =
                Marker.of(Order.of(new ObjectVersion("p-inst-ledger", "requests/a/b/c", 7), 1));
        bench.ledger.mark(request);

        bench.resume.resumeUnrecorded(request.deployment(), bench.now);

        assertThat(bench.ledger.deployment(request.deployment())).isEmpty();
        assertThat(bench.ledger.marker(request.deployment())).isPresent();
    }

    @Test
    void looksAfterWhatIsNotVerifiedYet() {
        assertThat(bench.resume.stages()).containsExactly(Stage.RECEIVED);
    }

    @Test
    void leavesAloneWhatThisProcessIsAt() {
        ObjectVersion version = bench.drops.put("hello.zip", Archives.function("1"), null);
        DeploymentId hello = DeploymentId.of(version);
        bench.drops.beforeNextFetch(() -> bench.sweepAfter(hello, Duration.ofSeconds(60)));

        bench.announce(version);

        assertThat(bench.stored()).hasSize(1);
        assertThat(bench.stored().getFirst().injection()).isEqualTo(1);
    }
}
