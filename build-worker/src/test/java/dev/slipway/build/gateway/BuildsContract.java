package dev.slipway.build.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.slipway.build.decide.BuildPlan;
import dev.slipway.build.decide.BuildSeen;
import dev.slipway.kit.FailureKind;
import dev.slipway.kit.GatewayException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What every implementation of {@link Builds} does, the model included. */
public abstract class BuildsContract {
    /** The one under test. */
    protected abstract Builds builds();

    /** A build that is accepted, carries this tag and takes long enough to be cancelled. */
    protected abstract BuildPlan plan(String tag);

    /** A name of the right form under which there is no build. */
    protected abstract String missing();

    @Test
    void aSubmittedBuildIsFoundByItsTag() {
        BuildSeen submitted = builds().submit(plan("contract-found"));

        assertThat(builds().tagged(plan("contract-found").region(), "contract-found"))
                .extracting(BuildSeen::name)
                .containsExactly(submitted.name());
    }

    @Test
    void aTagThatNobodyUsedFindsNothing() {
        builds().submit(plan("contract-used"));

        assertThat(builds().tagged(plan("contract-use").region(), "contract-use")).isEmpty();
        assertThat(builds().tagged(plan("contract-unused").region(), "contract-unused")).isEmpty();
    }

    @Test
    void aSubmittedBuildSaysWhenItWasMadeAndHowLongItMayTake() {
        BuildSeen submitted = builds().submit(plan("contract-limits"));

        assertThat(submitted.name()).matches("projects/[^/]+/locations/[^/]+/builds/[^/]+");
        assertThat(submitted.queueTtl()).isNotNull();
        assertThat(submitted.timeout()).isNotNull();
        assertThat(builds().get(submitted.name()).createTime()).isEqualTo(submitted.createTime());
    }

    @Test
    void aCancelledBuildEndsAsCancelled() {
        BuildSeen submitted = builds().submit(plan("contract-cancelled"));

        builds().cancel(submitted.name());

        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(
                        () ->
                                assertThat(builds().get(submitted.name()).status())
                                        .isEqualTo(BuildSeen.Status.CANCELLED));
        builds().cancel(submitted.name());
        assertThat(builds().get(submitted.name()).status()).isEqualTo(BuildSeen.Status.CANCELLED);
    }

    @Test
    void aMissingBuildIsNotFoundAndNeedsNoCancelling() {
        builds().cancel(missing());

        assertThatThrownBy(() -> builds().get(missing()))
                .isInstanceOfSatisfying(
                        GatewayException.class,
                        e -> assertThat(e.kind()).isEqualTo(FailureKind.NOT_FOUND));
    }
}
