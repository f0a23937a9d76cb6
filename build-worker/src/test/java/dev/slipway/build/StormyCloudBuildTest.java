package dev.slipway.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.build.gateway.Builds;
import dev.slipway.contracts.DeploymentFinished;
import dev.slipway.contracts.DeploymentId;
import dev.slipway.contracts.Outcome;
import dev.slipway.kit.Breaker;
import dev.slipway.kit.GatewayException;
import dev.slipway.kit.Guarded;
import dev.slipway.kit.Handled;
import dev.slipway.kit.Message;
import dev.slipway.kit.MovingClock;
import dev.slipway.ledger.Stage;
import dev.slipway.ledger.Waiting;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What the handlers do while the breaker of Cloud Build lets nothing through. */
class StormyCloudBuildTest {
    private final MovingClock clock = new MovingClock(Instant.parse("2026-01-01T00:00:00Z"));
    private final Breaker breaker = new Breaker("cloud-build", clock, new Random(1), _ -> {});
    private final Bench bench =
            new Bench(
                    10,
                    real -> Guarded.gateway(Builds.class, new Away(real, this::isAway), breaker));
    private boolean away;
    private int calls;

    private boolean isAway() {
        calls++;
        return away;
    }

    /** Two deployments are enough, each of which tries five times. */
    private void stormBegins() {
        away = true;
        for (String service : List.of("one", "two")) {
            DeploymentId deployment = bench.verified(service);
            assertThatThrownBy(() -> bench.start(deployment)).isInstanceOf(GatewayException.class);
        }
        assertThat(breaker.isOpen()).isTrue();
        assertThat(calls).isGreaterThanOrEqualTo(Breaker.ENOUGH);
        calls = 0;
    }

    private void stormIsOver() {
        assertThat(calls).as("calls while the breaker was open").isZero();
        clock.pass(breaker.openFor());
        away = false;
    }

    private Waiting.Cause cause(DeploymentId deployment) {
        return Objects.requireNonNull(bench.record(deployment).waiting()).cause();
    }

    @Test
    void whatIsToBeBuiltIsRecordedAsWaitingAndItsMessageGoes() {
        stormBegins();
        DeploymentId hello = bench.verified("hello");

        bench.start(hello);

        assertThat(bench.record(hello).stage()).isEqualTo(Stage.CLAIMED);
        assertThat(cause(hello)).isEqualTo(Waiting.Cause.QUOTA);
        stormIsOver();
        bench.sweepAfter(hello, Duration.ofSeconds(60));
        assertThat(bench.record(hello).stage()).isEqualTo(Stage.BUILDING);
        assertThat(bench.builds.submissions()).isEqualTo(1);
    }

    @Test
    void aBuildThatIsSaidToBeOverIsReadLater() {
        DeploymentId hello = bench.verified("hello");
        bench.start(hello);
        bench.builds.succeed(bench.lastBuild(), Bench.DIGEST);
        stormBegins();

        bench.tell(bench.lastBuild());

        assertThat(cause(hello)).isEqualTo(Waiting.Cause.QUOTA);
        stormIsOver();
        bench.sweepAfter(hello, Duration.ofSeconds(60));
        assertThat(bench.record(hello).stage()).isEqualTo(Stage.BUILT);
    }

    @Test
    void aBuildThatNobodyCameToRecordIsLookedForLater() {
        DeploymentId hello = bench.verified("hello");
        var _ = bench.ledger.swap(bench.read(hello), bench.record(hello).claimed()).orElseThrow();
        stormBegins();
        String notice = "projects/p/locations/l/builds/b SUCCESS slipway-inst-" + hello + "-1";

        Handled handled =
                bench.finish.handle(
                        new Message("m", Map.of(), notice.getBytes(StandardCharsets.UTF_8)));

        assertThat(handled).isEqualTo(Handled.DONE);
        assertThat(bench.record(hello).stage()).isEqualTo(Stage.CLAIMED);
        assertThat(cause(hello)).isEqualTo(Waiting.Cause.QUOTA);
        stormIsOver();
    }

    @Test
    void whoIsSupersededIsToldOnceItsBuildIsCancelledAndTheNewerOneGoesOn() {
        DeploymentId older = bench.verified("hello");
        bench.start(older);
        String build = bench.lastBuild();
        stormBegins();
        DeploymentId newer = bench.verified("hello");

        bench.start(newer);

        assertThat(bench.record(older).requireVerdict().outcome()).isEqualTo(Outcome.SUPERSEDED);
        assertThat(bench.published).isEmpty();
        assertThat(bench.ledger.marker(older)).isPresent();
        assertThat(cause(newer)).isEqualTo(Waiting.Cause.QUOTA);

        stormIsOver();
        bench.sweepAfter(older, Duration.ofSeconds(60));
        bench.sweepAfter(newer, Duration.ofSeconds(60));

        assertThat(bench.builds.cancelled()).containsExactly(build);
        assertThat(bench.published).singleElement().isInstanceOf(DeploymentFinished.class);
        assertThat(bench.ledger.marker(older)).isEmpty();
        assertThat(bench.record(newer).stage()).isEqualTo(Stage.BUILDING);
    }
}
