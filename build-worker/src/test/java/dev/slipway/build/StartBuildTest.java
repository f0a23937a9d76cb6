package dev.slipway.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.build.decide.BuildDecision;
import dev.slipway.build.decide.BuildPlan;
import dev.slipway.build.decide.BuildSeen;
import dev.slipway.contracts.DeploymentFinished;
import dev.slipway.contracts.DeploymentId;
import dev.slipway.contracts.ImagePushed;
import dev.slipway.contracts.Outcome;
import dev.slipway.contracts.Reason;
import dev.slipway.contracts.ServiceKey;
import dev.slipway.contracts.ServiceName;
import dev.slipway.contracts.SourceStored;
import dev.slipway.kit.FailureKind;
import dev.slipway.kit.GatewayException;
import dev.slipway.ledger.Order;
import dev.slipway.ledger.Stage;
import dev.slipway.ledger.Waiting;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class StartBuildTest {
    private final Bench bench = new Bench();

    @Test
    void submitsTheStagedGenerationUnderItsTag() {
        DeploymentId hello = bench.verified("hello");

        bench.start(hello);

        BuildPlan plan = bench.builds.planOf(bench.lastBuild());
        assertThat(plan.tag()).isEqualTo("slipway-inst-" + hello + "-1");
        assertThat(plan.source()).isEqualTo(bench.record(hello).requireSource().staged());
        assertThat(plan.image())
                .isEqualTo("europe-west1-docker.pkg.dev/p/cloud-run-source-deploy/hello");
        assertThat(plan.function()).isEqualTo("hello");
        assertThat(plan.environment())
                .isEqualTo(Map.of("A", "b", "GOOGLE_FUNCTION_SIGNATURE_TYPE", "http"));
        assertThat(plan.serviceAccount())
                .isEqualTo("projects/p/serviceAccounts/inst-builder@p.iam.gserviceaccount.com");
        assertThat(bench.repositories).containsExactly("europe-west1/cloud-run-source-deploy");
    }

    @Test
    void recordsTheBuildWithItsDeadline() {
        DeploymentId hello = bench.verified("hello");

        bench.start(hello);

        var build = Objects.requireNonNull(bench.record(hello).build());
        assertThat(bench.record(hello).stage()).isEqualTo(Stage.BUILDING);
        assertThat(build.name()).isEqualTo(bench.lastBuild());
        assertThat(build.deadline()).isEqualTo(bench.now.plus(Duration.ofHours(2)));
        assertThat(bench.ledger.building()).containsExactly(hello);
    }

    @Test
    void startsOneBuildWhenTheSameSourceArrivesTwice() {
        DeploymentId hello = bench.verified("hello");
        SourceStored message = bench.stored(hello);

        bench.start.handle(message);
        bench.start.handle(message);

        assertThat(bench.builds.submissions()).isEqualTo(1);
    }

    @Test
    void adoptsTheBuildWhoseSubmissionGotNoAnswer() {
        bench.builds.loseAnswers(1);
        DeploymentId hello = bench.verified("hello");

        bench.start(hello);

        assertThat(bench.builds.submissions()).isEqualTo(1);
        assertThat(Objects.requireNonNull(bench.record(hello).build()).name())
                .isEqualTo(bench.lastBuild());
        assertThat(bench.count("slipway.builds.adopted")).isEqualTo(1);
    }

    @Test
    void adoptsOneOfSeveralBuildsAndCancelsTheOthers() {
        DeploymentId hello = bench.verified("hello");
        bench.ledger.swap(bench.read(hello), bench.record(hello).claimed());
        BuildPlan plan = planOf(hello);
        BuildSeen first = bench.builds.create(Bench.REGION, plan);
        BuildSeen stray = bench.builds.create("global", plan);

        bench.sweepAfter(hello, Duration.ofSeconds(60));

        assertThat(Objects.requireNonNull(bench.record(hello).build()).name())
                .isEqualTo(first.name());
        assertThat(bench.builds.cancelled()).containsExactly(stray.name());
        assertThat(bench.builds.submissions()).isEqualTo(2);
    }

    @Test
    void adoptsABuildHoweverLongAgoItWasClaimed() {
        DeploymentId hello = bench.verified("hello");
        bench.ledger.swap(bench.read(hello), bench.record(hello).claimed());
        BuildSeen accepted = bench.builds.create(Bench.REGION, planOf(hello));

        bench.sweepAfter(hello, Duration.ofHours(2));

        assertThat(Objects.requireNonNull(bench.record(hello).build()).name())
                .isEqualTo(accepted.name());
        assertThat(bench.record(hello).verdict()).isNull();
    }

    @Test
    void cancelsItsOwnBuildWhenTheRecordDecidedOnAnother() {
        DeploymentId hello = bench.verified("hello");
        bench.builds.beforeNextAnswer(
                () -> {
                    BuildSeen other = bench.builds.create(Bench.REGION, planOf(hello));
                    bench.ledger.swap(
                            bench.read(hello), bench.record(hello).building(other.recorded()));
                });

        bench.start(hello);

        String own = bench.builds.names().getFirst();
        assertThat(bench.builds.cancelled()).containsExactly(own);
        assertThat(Objects.requireNonNull(bench.record(hello).build()).name()).isNotEqualTo(own);
        assertThat(bench.record(hello).stage()).isEqualTo(Stage.BUILDING);
    }

    @Test
    void recordsItsBuildAlthoughASweepTouchedTheClaim() {
        DeploymentId hello = bench.verified("hello");
        bench.builds.beforeNextAnswer(
                () -> bench.ledger.swap(bench.read(hello), bench.record(hello).injected()));

        bench.start(hello);

        assertThat(bench.record(hello).stage()).isEqualTo(Stage.BUILDING);
        assertThat(bench.builds.cancelled()).isEmpty();
    }

    @Test
    void cancelsItsOwnBuildWhenTheDeploymentEndedMeanwhile() {
        DeploymentId older = bench.verified("hello");
        bench.builds.beforeNextAnswer(() -> bench.start(bench.verified("hello")));

        bench.start(older);

        assertThat(bench.record(older).requireVerdict().outcome()).isEqualTo(Outcome.SUPERSEDED);
        assertThat(bench.builds.cancelled()).hasSize(1);
        assertThat(bench.builds.planOf(bench.builds.cancelled().getFirst()).tag())
                .contains(older.value());
    }

    @Test
    void leavesAYoungClaimAlone() {
        DeploymentId hello = bench.verified("hello");
        bench.ledger.swap(bench.read(hello), bench.record(hello).claimed());

        bench.start(hello);
        bench.sweepAfter(hello, Duration.ofSeconds(59));

        assertThat(bench.record(hello).stage()).isEqualTo(Stage.CLAIMED);
        assertThat(bench.builds.submissions()).isZero();
    }

    @Test
    void takesOverAnOldClaim() {
        DeploymentId hello = bench.verified("hello");
        bench.ledger.swap(bench.read(hello), bench.record(hello).claimed());

        bench.sweepAfter(hello, Duration.ofSeconds(60));

        assertThat(bench.record(hello).stage()).isEqualTo(Stage.BUILDING);
    }

    @Test
    void supersedesThePreviousDeploymentsAndCancelsTheirBuilds() {
        DeploymentId first = bench.verified("hello");
        bench.start(first);
        DeploymentId second = bench.verified("hello");
        bench.ledger.raiseNewest(
                bench.record(second).requireService(), bench.record(second).order(), second);
        DeploymentId third = bench.verified("hello");

        bench.start(third);

        assertThat(bench.record(first).requireVerdict().reason())
                .isEqualTo(Reason.NEWER_DEPLOYMENT);
        assertThat(bench.record(second).requireVerdict().reason())
                .isEqualTo(Reason.NEWER_DEPLOYMENT);
        assertThat(bench.builds.cancelled()).containsExactly(bench.builds.names().getFirst());
        assertThat(bench.ledger.building()).containsExactly(third);
        assertThat(bench.published)
                .filteredOn(DeploymentFinished.class::isInstance)
                .extracting(event -> event.deployment())
                .containsExactly(second, first);
    }

    @Test
    void aPreviousRecordThatDoesNotParseKeepsNoNewerOneBack() {
        DeploymentId first = bench.verified("hello");
        bench.start(first);
        DeploymentId second = bench.verified("hello");
        bench.tear(first);

        bench.start(second);

        assertThat(bench.record(second).stage()).isEqualTo(Stage.BUILDING);
        assertThat(bench.builds.cancelled()).isEmpty();
    }

    @Test
    void leavesThePreviousDeploymentAloneOnceItIsDeploying() {
        DeploymentId first = bench.verified("hello");
        bench.start(first);
        bench.builds.succeed(bench.lastBuild(), Bench.DIGEST);
        bench.tell(bench.lastBuild());
        bench.ledger.swap(bench.read(first), bench.record(first).deploying());

        bench.start(bench.verified("hello"));

        assertThat(bench.record(first).stage()).isEqualTo(Stage.DEPLOYING);
    }

    @Test
    void endsItselfWhereANewerOneStandsAboveIt() {
        DeploymentId older = bench.verified("hello");
        DeploymentId newer = bench.verified("hello");
        bench.start(newer);

        bench.start(older);

        assertThat(bench.record(older).requireVerdict().outcome()).isEqualTo(Outcome.SUPERSEDED);
        assertThat(bench.record(newer).stage()).isEqualTo(Stage.BUILDING);
        assertThat(bench.builds.submissions()).isEqualTo(1);
    }

    @Test
    void endsItselfWhereAnUndeployStandsAboveIt() {
        DeploymentId hello = bench.verified("hello");
        bench.ledger.raiseAbsent(
                new ServiceKey(Bench.REGION, new ServiceName("hello")),
                new Order(bench.now.toEpochMilli() + 1000, 1, "ledger", "requests/x"));

        bench.start(hello);

        assertThat(bench.record(hello).requireVerdict().outcome()).isEqualTo(Outcome.SUPERSEDED);
    }

    @Test
    void takesTheImageThatWasBuiltBefore() {
        DeploymentId first = bench.verified("hello", "same");
        bench.start(first);
        bench.builds.succeed(bench.lastBuild(), Bench.DIGEST);
        bench.tell(bench.lastBuild());
        DeploymentId second = bench.verified("hello", "same");

        bench.start(second);

        assertThat(bench.builds.submissions()).isEqualTo(1);
        assertThat(bench.record(second).stage()).isEqualTo(Stage.BUILT);
        assertThat(bench.published)
                .last()
                .isInstanceOfSatisfying(
                        ImagePushed.class,
                        pushed -> {
                            assertThat(pushed.deployment()).isEqualTo(second);
                            assertThat(pushed.image()).endsWith("/hello@" + Bench.DIGEST);
                        });
    }

    @Test
    void tellsTheImageAgainWhenAskedAgain() {
        DeploymentId hello = bench.verified("hello");
        bench.start(hello);
        bench.builds.succeed(bench.lastBuild(), Bench.DIGEST);
        bench.tell(bench.lastBuild());
        bench.published.clear();

        bench.start(hello);

        assertThat(bench.published).singleElement().isInstanceOf(ImagePushed.class);
    }

    @Test
    void tellsTheOutcomeAgainWhileTheMarkerStands() {
        DeploymentId hello = bench.verified("hello");
        bench.ledger.swap(
                bench.read(hello), bench.record(hello).finished(BuildDecision.superseded(), null));

        bench.start(hello);
        bench.start(hello);

        assertThat(bench.published).singleElement().isInstanceOf(DeploymentFinished.class);
        assertThat(bench.ledger.marker(hello)).isEmpty();
    }

    @Test
    void acknowledgesACopyFromBeforeASweep() {
        DeploymentId hello = bench.verified("hello");
        SourceStored old = bench.stored(hello);
        bench.ledger.swap(bench.read(hello), bench.record(hello).injected());

        bench.start.handle(old);

        assertThat(bench.record(hello).stage()).isEqualTo(Stage.VERIFIED);
    }

    @Test
    void waitsWithoutNackWhenCloudBuildIsBusy() {
        bench.builds.refuse(FailureKind.BUSY, 1);
        DeploymentId hello = bench.verified("hello");

        bench.start(hello);

        Waiting waiting = Objects.requireNonNull(bench.record(hello).waiting());
        assertThat(waiting.cause()).isEqualTo(Waiting.Cause.QUOTA);
        assertThat(waiting.notBefore()).isAfter(bench.now);
        assertThat(bench.record(hello).buildAttempt()).isEqualTo(1);
        bench.sweepAfter(hello, Duration.ofSeconds(60));
        assertThat(bench.record(hello).stage()).isEqualTo(Stage.BUILDING);
    }

    @Test
    void endsWithWhatCloudBuildRefused() {
        bench.builds.refuse(FailureKind.REFUSED, 1);
        DeploymentId hello = bench.verified("hello");

        bench.start(hello);

        assertThat(bench.record(hello).requireVerdict().reason()).isEqualTo(Reason.BUILD_REFUSED);
        assertThat(bench.record(hello).requireVerdict().message()).contains("submit the build");
        assertThat(bench.ledger.building()).isEmpty();
    }

    @Test
    void waitsForAPermissionToSpreadAndThenEnds() {
        bench.builds.refuse(FailureKind.DENIED, 2);
        DeploymentId hello = bench.verified("hello");

        bench.start(hello);
        assertThat(Objects.requireNonNull(bench.record(hello).waiting()).cause())
                .isEqualTo(Waiting.Cause.PERMISSION);
        bench.sweepAfter(hello, Duration.ofMinutes(10));

        assertThat(bench.record(hello).requireVerdict().reason()).isEqualTo(Reason.BUILD_REFUSED);
    }

    @Test
    void asksForTheMessageAgainWhenCloudBuildCannotBeReached() {
        bench.builds.refuse(FailureKind.TRANSIENT, 5);
        DeploymentId hello = bench.verified("hello");

        assertThatThrownBy(() -> bench.start(hello)).isInstanceOf(GatewayException.class);
        bench.start(hello);

        assertThat(bench.record(hello).stage()).isEqualTo(Stage.BUILDING);
        assertThat(bench.builds.submissions()).isEqualTo(1);
    }

    @Test
    void givesUpAnAttemptThatNobodyCouldSubmitForAnHour() {
        bench.builds.refuse(FailureKind.BUSY, 100);
        DeploymentId hello = bench.verified("hello");
        bench.start(hello);

        bench.sweepAfter(hello, Duration.ofHours(1));

        assertThat(bench.record(hello).requireVerdict().reason())
                .isEqualTo(Reason.BUILD_UNAVAILABLE);
    }

    private BuildPlan planOf(DeploymentId deployment) {
        return new BuildPlan(
                Bench.REGION,
                "cloud-run-source-deploy",
                bench.record(deployment).requireSource().staged(),
                "europe-west1-docker.pkg.dev/p/cloud-run-source-deploy/hello",
                null,
                null,
                Map.of(),
                "projects/p/serviceAccounts/b",
                null,
                "slipway-inst-" + deployment + "-1");
    }
}
