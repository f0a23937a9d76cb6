package dev.slipway.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.build.decide.BuildSeen;
import dev.slipway.build.decide.BuildSeen.Failure;
import dev.slipway.build.decide.BuildSeen.Status;
import dev.slipway.contracts.DeploymentId;
import dev.slipway.contracts.ImagePushed;
import dev.slipway.contracts.Reason;
import dev.slipway.contracts.Verdict;
import dev.slipway.kit.FailureKind;
import dev.slipway.kit.GatewayException;
import dev.slipway.kit.Handled;
import dev.slipway.kit.Message;
import dev.slipway.ledger.Stage;
import dev.slipway.ledger.Waiting;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FinishBuildTest {
    private static final String IMAGE =
            "europe-west1-docker.pkg.dev/p/cloud-run-source-deploy/hello@" + Bench.DIGEST;

    private final Bench bench = new Bench();
    private final DeploymentId hello = bench.verified("hello");

    private String started() {
        bench.start(hello);
        return bench.lastBuild();
    }

    private Verdict endedWith(Status status, @Nullable Failure failure) {
        String build = started();
        bench.builds.move(build, status, failure);
        bench.tell(build);
        return bench.record(hello).requireVerdict();
    }

    @Test
    void tellsTheImageByDigestWhenTheBuildSucceeded() {
        String build = started();
        bench.builds.succeed(build, Bench.DIGEST);

        bench.tell(build);

        assertThat(bench.record(hello).stage()).isEqualTo(Stage.BUILT);
        assertThat(bench.record(hello).image()).isEqualTo(IMAGE);
        assertThat(bench.ledger.image(bench.record(hello).requireSource())).contains(IMAGE);
        assertThat(bench.ledger.building()).isEmpty();
        assertThat(bench.published)
                .singleElement()
                .isInstanceOfSatisfying(
                        ImagePushed.class, pushed -> assertThat(pushed.image()).isEqualTo(IMAGE));
    }

    @Test
    void believesTheBuildAndNotTheMessage() {
        String build = started();
        String claim = build + " SUCCESS slipway-inst-" + hello + "-1";

        bench.finish.handle(new Message("m", Map.of(), claim.getBytes(StandardCharsets.UTF_8)));

        assertThat(bench.record(hello).stage()).isEqualTo(Stage.BUILDING);
    }

    @Test
    void leavesOtherPeoplesBuildsAlone() {
        String theirs =
                "projects/p/locations/global/builds/x WORKING slipway-other-" + hello + "-1";

        Handled handled =
                bench.finish.handle(
                        new Message("m", Map.of(), theirs.getBytes(StandardCharsets.UTF_8)));

        assertThat(handled).isEqualTo(Handled.DONE);
        assertThat(bench.builds.cancelled()).isEmpty();
    }

    @Test
    void putsAMessageAsideThatIsNone() {
        assertThat(bench.finish.handle(new Message("m", Map.of(), new byte[] {'x'})))
                .isInstanceOf(Handled.Unreadable.class);
    }

    @Test
    void aFailedBuildEndsWithItsLog() {
        Verdict verdict =
                endedWith(Status.FAILURE, new Failure(Failure.Cause.STEP, "step 2 exited with 1"));

        assertThat(verdict.reason()).isEqualTo(Reason.BUILD_FAILED);
        assertThat(verdict.message()).contains("step 2 exited with 1");
        assertThat(verdict.logTail()).containsExactly("log of " + verdict.logUrl());
        assertThat(bench.ledger.building()).isEmpty();
    }

    @Test
    void aBuildThatRanTooLongEndsAsTimedOut() {
        assertThat(endedWith(Status.TIMEOUT, null).reason()).isEqualTo(Reason.BUILD_TIMED_OUT);
    }

    @Test
    void aBuildThatSomebodyCancelledEndsAsCancelled() {
        assertThat(endedWith(Status.CANCELLED, null).reason())
                .isEqualTo(Reason.CANCELLED_ON_REQUEST);
    }

    @Test
    void aBuildThatMayNotPushIsTheOperatorsTurn() {
        Failure failure = new Failure(Failure.Cause.PUSH_NOT_AUTHORIZED, "denied");

        assertThat(endedWith(Status.FAILURE, failure).reason()).isEqualTo(Reason.BUILD_REFUSED);
    }

    @Test
    void anExpiredBuildIsRepeatedTwiceAndThenGivenUp() {
        started();

        for (int attempt = 1; attempt <= 3; attempt++) {
            assertThat(bench.record(hello).buildAttempt()).isEqualTo(attempt);
            bench.builds.move(bench.lastBuild(), Status.EXPIRED, null);
            bench.tell(bench.lastBuild());
        }

        assertThat(bench.builds.submissions()).isEqualTo(3);
        assertThat(bench.record(hello).requireVerdict().reason())
                .isEqualTo(Reason.BUILD_UNAVAILABLE);
    }

    @Test
    void aPlatformFailureIsRepeatedUnderTheNextTag() {
        String build = started();
        bench.builds.move(
                build, Status.FAILURE, new Failure(Failure.Cause.PLATFORM, "logging failed"));

        bench.tell(build);

        assertThat(bench.record(hello).stage()).isEqualTo(Stage.BUILDING);
        assertThat(bench.builds.planOf(bench.lastBuild()).tag()).endsWith(hello + "-2");
    }

    @Test
    void aSecondNoticeOfAnEarlierAttemptChangesNothing() {
        String first = started();
        bench.builds.move(first, Status.EXPIRED, null);
        bench.tell(first);

        bench.tell(first);

        assertThat(bench.record(hello).buildAttempt()).isEqualTo(2);
        assertThat(bench.record(hello).stage()).isEqualTo(Stage.BUILDING);
        assertThat(bench.builds.submissions()).isEqualTo(2);
    }

    @Test
    void aBuildThatEndedBeforeItWasRecordedIsAdopted() {
        bench.builds.beforeNextAnswer(
                () -> {
                    bench.builds.succeed(bench.lastBuild(), Bench.DIGEST);
                    bench.tell(bench.lastBuild());
                });

        bench.start(hello);

        assertThat(bench.record(hello).image()).isEqualTo(IMAGE);
        assertThat(bench.builds.cancelled()).isEmpty();
        assertThat(bench.builds.submissions()).isEqualTo(1);
    }

    @Test
    void aRunningStrayIsCancelled() {
        started();
        BuildSeen stray = bench.builds.create("global", bench.builds.planOf(bench.lastBuild()));

        bench.tell(stray.name());

        assertThat(bench.builds.cancelled()).containsExactly(stray.name());
    }

    @Test
    void aBuildThatAppearsAfterItsDeploymentEndedIsCancelled() {
        String build = started();
        bench.start(bench.verified("hello"));
        BuildSeen late = bench.builds.create("global", bench.builds.planOf(build));

        bench.tell(late.name());

        assertThat(bench.builds.cancelled()).containsExactly(build, late.name());
    }

    @Test
    void aNoticeThatTheRecordedBuildRunsChangesNothing() {
        String build = started();
        bench.builds.move(build, Status.WORKING, null);

        bench.tell(build);

        assertThat(bench.builds.cancelled()).isEmpty();
        assertThat(bench.record(hello).stage()).isEqualTo(Stage.BUILDING);
    }

    @Test
    void aBuildThatIsSupersededWhenItEndsGoesNoFurther() {
        String build = started();
        DeploymentId newer = bench.verified("hello");
        bench.ledger.raiseNewest(
                bench.record(newer).requireService(), bench.record(newer).order(), newer);
        bench.builds.succeed(build, Bench.DIGEST);

        bench.tell(build);

        assertThat(bench.record(hello).requireVerdict().reason())
                .isEqualTo(Reason.NEWER_DEPLOYMENT);
        assertThat(bench.published).noneMatch(ImagePushed.class::isInstance);
    }

    @Test
    void aBuildWhoseEndNobodyToldIsFoundByTheSweep() {
        String build = started();
        bench.builds.succeed(build, Bench.DIGEST);

        bench.sweepAfter(hello, Duration.ofSeconds(60));

        assertThat(bench.record(hello).image()).isEqualTo(IMAGE);
    }

    @Test
    void aBuildPastItsLimitsIsCancelledAndEndsAsStuck() {
        String build = started();

        bench.sweepAfter(hello, Duration.ofMinutes(124));
        assertThat(bench.record(hello).stage()).isEqualTo(Stage.BUILDING);
        bench.sweepAfter(hello, Duration.ofMinutes(1));

        assertThat(bench.record(hello).requireVerdict().reason()).isEqualTo(Reason.BUILD_STUCK);
        assertThat(bench.builds.cancelled()).containsExactly(build);
    }

    @Test
    void waitsWithoutNackWhenTheBuildMayNotBeReadNow() {
        String build = started();
        bench.builds.succeed(build, Bench.DIGEST);
        bench.builds.makeUnreadable(FailureKind.BUSY);

        bench.finish.handle(notice(build, "SUCCESS"));

        assertThat(Objects.requireNonNull(bench.record(hello).waiting()).cause())
                .isEqualTo(Waiting.Cause.QUOTA);
    }

    @Test
    void asksForTheMessageAgainWhenTheBuildCannotBeReached() {
        String build = started();
        bench.builds.makeUnreadable(FailureKind.TRANSIENT);

        assertThatThrownBy(() -> bench.finish.handle(notice(build, "SUCCESS")))
                .isInstanceOf(GatewayException.class);
    }

    private Message notice(String build, String status) {
        String text = build + " " + status + " slipway-inst-" + hello + "-1";
        return new Message("m", Map.of(), text.getBytes(StandardCharsets.UTF_8));
    }
}
