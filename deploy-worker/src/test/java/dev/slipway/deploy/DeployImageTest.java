package dev.slipway.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.Answer;
import dev.slipway.contracts.DeploymentId;
import dev.slipway.contracts.ImagePushed;
import dev.slipway.contracts.Json;
import dev.slipway.contracts.Outcome;
import dev.slipway.contracts.Reason;
import dev.slipway.contracts.Verdict;
import dev.slipway.contracts.manifest.Access;
import dev.slipway.deploy.decide.Held;
import dev.slipway.deploy.decide.Marks;
import dev.slipway.deploy.decide.RevisionSeen.Failure;
import dev.slipway.deploy.gateway.InMemoryServices.Fate;
import dev.slipway.kit.FailureKind;
import dev.slipway.ledger.Order;
import dev.slipway.ledger.Stage;
import dev.slipway.ledger.Waiting;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DeployImageTest {
    private final Bench bench = new Bench();

    private Verdict verdict(DeploymentId deployment) {
        return bench.record(deployment).requireVerdict();
    }

    private Optional<String> serving() {
        return bench.services.serving(Bench.HELLO);
    }

    private Answer answer() throws IOException {
        return Json.read(
                bench.answers.get("status/hello.zip.json").orElseThrow().body(), Answer.class);
    }

    private static Waiting.@Nullable Cause cause(@Nullable Waiting waiting) {
        return waiting == null ? null : waiting.cause();
    }

    @Test
    void theFirstImageBecomesALiveService() throws IOException {
        DeploymentId hello = bench.built();

        bench.deploy(hello);

        assertThat(bench.outcomes(hello)).containsExactly(Outcome.LIVE);
        assertThat(serving()).contains(bench.revision(hello));
        assertThat(bench.record(hello).url()).isEqualTo("http://hello.local");
        assertThat(answer().url()).isEqualTo("http://hello.local");
        assertThat(bench.ledger.marker(hello)).isEmpty();
    }

    @Test
    void theServiceCarriesWhatTheDeploymentIs() {
        DeploymentId hello = bench.built();

        bench.deploy(hello);

        Marks marks = Marks.of(bench.services.annotations(Bench.HELLO));
        assertThat(marks.order()).isEqualTo(bench.record(hello).order());
        assertThat(marks.installation()).isEqualTo(Bench.INSTALLATION);
        var plan = bench.services.planOf(Bench.HELLO, bench.revision(hello));
        assertThat(plan.image()).isEqualTo(bench.record(hello).image());
        assertThat(plan.origin().deployment()).isEqualTo(hello);
        assertThat(plan.serviceAccount()).isEqualTo("inst-runtime@p.iam.gserviceaccount.com");
    }

    @Test
    void theNextImageTakesOver() {
        DeploymentId first = bench.built();
        bench.deploy(first);
        DeploymentId second = bench.built();

        bench.deploy(second);

        assertThat(bench.outcomes(second)).containsExactly(Outcome.LIVE);
        assertThat(serving()).contains(bench.revision(second));
        assertThat(Marks.of(bench.services.annotations(Bench.HELLO)).live())
                .isEqualTo(bench.revision(first));
    }

    @Test
    void aSecondMessageChangesNothing() {
        DeploymentId hello = bench.built();
        bench.deploy(hello);
        int published = bench.published.size();

        bench.deploy(hello);

        assertThat(bench.published).hasSize(published);
        assertThat(bench.services.revisions(Bench.HELLO)).hasSize(1);
    }

    @Test
    void aCopyThatASweepOvertookIsLeft() {
        DeploymentId hello = bench.built();
        ImagePushed stale = bench.pushed(hello);
        var read = bench.read(hello);
        var _ = bench.ledger.swap(read, read.value().injected()).orElseThrow();

        bench.worker.deploy().handle(stale);

        assertThat(bench.record(hello).stage()).isEqualTo(Stage.BUILT);
    }

    @Test
    void anOlderImageAfterANewerOneIsSuperseded() {
        DeploymentId older = bench.built();
        DeploymentId newer = bench.built();

        bench.deploy(newer);
        bench.deploy(older);

        assertThat(bench.outcomes(newer)).containsExactly(Outcome.LIVE);
        assertThat(bench.outcomes(older)).containsExactly(Outcome.SUPERSEDED);
        assertThat(serving()).contains(bench.revision(newer));
    }

    @Test
    void anOlderOneThatWasDeployingIsStoppedByTheFence() {
        DeploymentId older = bench.built();
        bench.begin(older);
        DeploymentId newer = bench.built();

        bench.deploy(newer);
        bench.deploy(older);

        assertThat(bench.outcomes(older)).containsExactly(Outcome.SUPERSEDED);
        assertThat(bench.services.revisions(Bench.HELLO)).containsExactly(bench.revision(newer));
    }

    @Test
    void theSameBytesAreUnchanged() throws IOException {
        DeploymentId first = bench.built("same");
        bench.deploy(first);
        DeploymentId second = bench.built("same");

        bench.deploy(second);

        assertThat(bench.outcomes(second)).containsExactly(Outcome.UNCHANGED);
        assertThat(bench.services.revisions(Bench.HELLO)).containsExactly(bench.revision(first));
        assertThat(Marks.of(bench.services.annotations(Bench.HELLO)).order())
                .isEqualTo(bench.record(second).order());
        assertThat(answer().url()).isEqualTo("http://hello.local");
    }

    @Test
    void theSameBytesAfterAFailureAreUnchanged() {
        DeploymentId first = bench.built("same");
        bench.deploy(first);
        bench.deploy(bench.builtFailing(Failure.Cause.CONTAINER));
        DeploymentId again = bench.built("same");

        bench.deploy(again);

        assertThat(bench.outcomes(again)).containsExactly(Outcome.UNCHANGED);
        assertThat(serving()).contains(bench.revision(first));
    }

    @Test
    void theSameBytesWithAnotherManifestAreDeployed() {
        bench.deploy(bench.built("same"));
        DeploymentId second = bench.built("same", Access.PUBLIC);

        bench.deploy(second);

        assertThat(bench.outcomes(second)).containsExactly(Outcome.LIVE);
        assertThat(bench.services.access(Bench.HELLO)).isEqualTo(Access.PUBLIC);
    }

    @Test
    void aContainerThatDoesNotStartLeavesThePreviousOneServing() {
        DeploymentId first = bench.built();
        bench.deploy(first);
        DeploymentId second = bench.builtFailing(Failure.Cause.CONTAINER);

        bench.deploy(second);

        assertThat(verdict(second).reason()).isEqualTo(Reason.REVISION_FAILED);
        assertThat(verdict(second).message()).contains("it is broken", "port 8080");
        assertThat(verdict(second).logTail()).containsExactly("log of " + bench.revision(second));
        assertThat(serving()).contains(bench.revision(first));
        Marks marks = Marks.of(bench.services.annotations(Bench.HELLO));
        assertThat(marks.closed()).isEqualTo(bench.record(second).order());
        assertThat(marks.live()).isEqualTo(bench.revision(first));
    }

    @Test
    void aFailureGivesBackThePreviousAccess() {
        bench.deploy(bench.built());
        DeploymentId second = bench.built("open", Access.PUBLIC);
        bench.fates.put(
                Objects.requireNonNull(bench.record(second).image()),
                new Fate.Fails(Failure.Cause.CONTAINER, "it is broken"));

        bench.deploy(second);

        assertThat(bench.outcomes(second)).containsExactly(Outcome.FAILED);
        assertThat(bench.services.access(Bench.HELLO)).isEqualTo(Access.PRIVATE);
    }

    @Test
    void aFirstContainerThatDoesNotStartLeavesNothing() {
        DeploymentId hello = bench.builtFailing(Failure.Cause.CONTAINER);

        bench.deploy(hello);

        assertThat(verdict(hello).reason()).isEqualTo(Reason.REVISION_FAILED);
        assertThat(bench.services.get(Bench.HELLO)).isEmpty();
        assertThat(bench.ledger.service(Bench.HELLO).absent())
                .isEqualTo(bench.record(hello).order());
    }

    @Test
    void afterAFirstFailureTheNextOneGoesLive() {
        bench.deploy(bench.builtFailing(Failure.Cause.CONTAINER));
        DeploymentId next = bench.built();

        bench.deploy(next);

        assertThat(bench.outcomes(next)).containsExactly(Outcome.LIVE);
        assertThat(serving()).contains(bench.revision(next));
    }

    @Test
    void aFailureOfThePlatformIsTriedThreeTimes() {
        DeploymentId hello = bench.builtFailing(Failure.Cause.PLATFORM);

        bench.deploy(hello);

        assertThat(verdict(hello).reason()).isEqualTo(Reason.DEPLOY_UNAVAILABLE);
        assertThat(bench.record(hello).deployAttempt()).isEqualTo(3);
        assertThat(bench.services.get(Bench.HELLO)).isEmpty();
    }

    @Test
    void aPlatformThatRecoversDeploys() {
        DeploymentId hello = bench.built();
        bench.services.decideStarts(
                plan ->
                        plan.revision().endsWith("-1")
                                ? new Fate.Fails(Failure.Cause.PLATFORM, "internal")
                                : new Fate.Starts());

        bench.deploy(hello);

        assertThat(bench.outcomes(hello)).containsExactly(Outcome.LIVE);
        assertThat(serving()).contains(bench.revision(hello));
        assertThat(bench.revision(hello)).endsWith("-2");
    }

    @Test
    void whatThePlatformRefusesIsTheOperatorsTurn() {
        bench.services.refuse(FailureKind.REFUSED, 1);
        DeploymentId hello = bench.built();

        bench.deploy(hello);

        assertThat(verdict(hello).reason()).isEqualTo(Reason.DEPLOY_REFUSED);
        assertThat(verdict(hello).message()).contains("tried to create the service");
    }

    @Test
    void whatIsRefusedLeavesThePreviousOneServing() {
        DeploymentId first = bench.built();
        bench.deploy(first);
        bench.services.refuse(FailureKind.REFUSED, 1);
        DeploymentId second = bench.built();

        bench.deploy(second);

        assertThat(verdict(second).reason()).isEqualTo(Reason.DEPLOY_REFUSED);
        assertThat(serving()).contains(bench.revision(first));
    }

    @ParameterizedTest
    @EnumSource(
            value = FailureKind.class,
            names = {"CONFLICT", "ALREADY_EXISTS", "NOT_FOUND", "TRANSIENT"})
    void whatMayHaveChangedIsReadAgain(FailureKind kind) {
        bench.services.refuse(kind, 3);
        DeploymentId hello = bench.built();

        bench.deploy(hello);

        assertThat(bench.outcomes(hello)).containsExactly(Outcome.LIVE);
    }

    @Test
    void aLostAnswerDeploysOnce() {
        bench.services.loseAnswers(1);
        DeploymentId hello = bench.built();

        bench.deploy(hello);

        assertThat(bench.outcomes(hello)).containsExactly(Outcome.LIVE);
        assertThat(bench.services.revisions(Bench.HELLO)).hasSize(1);
    }

    @Test
    void aPlatformThatIsBusyIsWaitedFor() {
        bench.services.refuse(FailureKind.BUSY, 1);
        DeploymentId hello = bench.built();

        bench.deploy(hello);
        assertThat(cause(bench.record(hello).waiting())).isEqualTo(Waiting.Cause.QUOTA);

        bench.sweepAfter(hello, Duration.ofSeconds(30));
        assertThat(bench.outcomes(hello)).containsExactly(Outcome.LIVE);
    }

    @Test
    void aPlatformThatIsBusyIsWaitedForPastTheDeadline() {
        bench.services.refuse(FailureKind.BUSY, 2);
        DeploymentId hello = bench.built();

        bench.deploy(hello);
        bench.sweepAfter(hello, Duration.ofMinutes(16));
        assertThat(cause(bench.record(hello).waiting())).isEqualTo(Waiting.Cause.QUOTA);

        bench.sweepAfter(hello, Duration.ofSeconds(30));
        assertThat(bench.outcomes(hello)).containsExactly(Outcome.LIVE);
    }

    @Test
    void aMissingPermissionMaySpreadForTenMinutes() {
        bench.services.makeUnreadable(FailureKind.DENIED);
        DeploymentId hello = bench.built();

        bench.deploy(hello);
        bench.sweepAfter(hello, Duration.ofMinutes(5));
        assertThat(cause(bench.record(hello).waiting())).isEqualTo(Waiting.Cause.PERMISSION);

        bench.sweepAfter(hello, Duration.ofMinutes(6));
        assertThat(verdict(hello).reason()).isEqualTo(Reason.DEPLOY_REFUSED);
    }

    @Test
    void whatMayHaveBeenWrittenIsNotJudgedUnseen() {
        DeploymentId hello = bench.built();
        bench.begin(hello);
        bench.services.makeUnreadable(FailureKind.DENIED);

        bench.deploy(hello);
        bench.sweepAfter(hello, Duration.ofMinutes(20));
        assertThat(bench.record(hello).isDone()).isFalse();

        bench.services.makeUnreadable(null);
        bench.sweepAfter(hello, Duration.ofMinutes(1));
        assertThat(bench.outcomes(hello)).hasSize(1);
    }

    @Test
    void aVerdictThatMayNotBeWrittenToTheServiceWaitsForThePermission() {
        DeploymentId first = bench.built();
        bench.deploy(first);
        DeploymentId second = bench.built();
        bench.services.refuse(FailureKind.DENIED, 100);

        bench.deploy(second);
        bench.sweepAfter(second, Duration.ofMinutes(11));
        bench.sweepAfter(second, Duration.ofHours(5));
        assertThat(bench.record(second).closing()).isNotNull();
        assertThat(cause(bench.record(second).waiting())).isEqualTo(Waiting.Cause.PERMISSION);
        assertThat(bench.meters.counter("slipway.deploys.unclosed").count()).isPositive();

        bench.services.accept();
        bench.sweepAfter(second, Duration.ofMinutes(2));
        assertThat(verdict(second).reason()).isEqualTo(Reason.DEPLOY_REFUSED);
        assertThat(serving()).contains(bench.revision(first));
    }

    @Test
    void aSlowStartIsWatchedAndThenTakenUpByTheSweep() {
        bench.services.settleAfter(200);
        DeploymentId hello = bench.built();

        bench.deploy(hello);
        assertThat(cause(bench.record(hello).waiting())).isEqualTo(Waiting.Cause.ROLLOUT);
        assertThat(bench.pauses.stream().reduce(Duration.ZERO, Duration::plus))
                .isLessThanOrEqualTo(Duration.ofMinutes(4));

        for (int round = 0; round < 5 && !bench.record(hello).isDone(); round++) {
            bench.sweepAfter(hello, Duration.ofMinutes(4));
        }
        assertThat(bench.outcomes(hello)).containsExactly(Outcome.LIVE);
    }

    @Test
    void aHeldServiceWaitsAndGoesOnOnceReleased() {
        DeploymentId first = bench.built();
        bench.deploy(first);
        DeploymentId second = bench.built();
        hold(true, second);

        bench.deploy(second);
        bench.sweepAfter(second, Duration.ofHours(2));
        assertThat(cause(bench.record(second).waiting())).isEqualTo(Waiting.Cause.HOLD);
        assertThat(serving()).contains(bench.revision(first));

        hold(false, second);
        bench.sweepAfter(second, Duration.ofHours(2));
        assertThat(bench.outcomes(second)).containsExactly(Outcome.LIVE);
    }

    private void hold(boolean on, DeploymentId by) {
        Marks marks = Marks.of(bench.services.annotations(Bench.HELLO));
        bench.services.annotate(
                Bench.HELLO,
                new Marks(
                                marks.order(),
                                marks.closed(),
                                marks.live(),
                                new Held(on, bench.record(by).order()),
                                marks.installation())
                        .on(bench.services.annotations(Bench.HELLO)));
    }

    @Test
    void aForeignServiceIsRefused() {
        DeploymentId first = bench.built();
        bench.deploy(first);
        bench.services.annotate(Bench.HELLO, Map.of("somebody", "else"));
        DeploymentId second = bench.built();

        bench.deploy(second);

        assertThat(verdict(second).reason()).isEqualTo(Reason.SERVICE_FOREIGN);
        assertThat(serving()).contains(bench.revision(first));
        assertThat(bench.services.annotations(Bench.HELLO)).isEqualTo(Map.of("somebody", "else"));
    }

    @Test
    void aForeignServiceIsAdoptedWhereTheOperatorAllowsIt() {
        bench.deploy(bench.built());
        bench.services.annotate(Bench.HELLO, Map.of("somebody", "else"));
        bench.worker =
                bench.worker(
                        new GivenConfig(
                                Bench.PROJECT, Bench.INSTALLATION, true, true, Optional.empty()));
        DeploymentId second = bench.built();

        bench.deploy(second);

        assertThat(bench.outcomes(second)).containsExactly(Outcome.LIVE);
        assertThat(bench.services.annotations(Bench.HELLO)).containsEntry("somebody", "else");
    }

    @Test
    void aGhostIsDeletedBeforeTheNextOneIsCreated() {
        DeploymentId late = bench.built();
        bench.deploy(late);
        DeploymentId next = bench.built();
        bench.ledger.raiseAbsent(
                Bench.HELLO,
                new Order(
                        bench.record(late).order().timeCreated(),
                        bench.record(late).order().generation(),
                        "drop",
                        "hello.zip~undeploy"));

        bench.deploy(next);

        assertThat(bench.outcomes(next)).containsExactly(Outcome.LIVE);
        assertThat(bench.services.history())
                .containsExactly(
                        Bench.HELLO + " " + bench.revision(late),
                        Bench.HELLO + " nothing",
                        Bench.HELLO + " " + bench.revision(next));
    }

    @Test
    void aGhostIsDeletedByTheSweepAlone() {
        DeploymentId late = bench.built();
        bench.deploy(late);
        bench.worker.resume().converge(bench.now);
        assertThat(serving()).isPresent();

        DeploymentId above = bench.built();
        bench.ledger.raiseAbsent(Bench.HELLO, bench.record(above).order());
        bench.worker.resume().converge(bench.now);
        bench.services.settleAfter(0);
        for (int read = 0; read < 5; read++) {
            bench.services.get(Bench.HELLO);
        }

        assertThat(serving()).isEmpty();
    }

    @Test
    void aGhostIsDeletedThoughAServiceBeforeItDoesNotParse() {
        DeploymentId late = bench.built();
        bench.deploy(late);
        DeploymentId above = bench.built();
        bench.ledger.raiseAbsent(Bench.HELLO, bench.record(above).order());
        bench.kept.create("services/europe-west1/damaged", new byte[] {'{'});

        bench.worker.resume().converge(bench.now);
        bench.services.settleAfter(0);
        for (int read = 0; read < 5; read++) {
            bench.services.get(Bench.HELLO);
        }

        assertThat(serving()).isEmpty();
    }

    @Test
    void publicAccessIsPartOfTheWrite() {
        DeploymentId hello = bench.built("open", Access.PUBLIC);

        bench.deploy(hello);

        assertThat(bench.services.access(Bench.HELLO)).isEqualTo(Access.PUBLIC);
    }

    @Test
    void publicAccessIsRefusedWhereTheOperatorForbidsIt() {
        bench.worker =
                bench.worker(
                        new GivenConfig(
                                Bench.PROJECT, Bench.INSTALLATION, false, false, Optional.empty()));
        DeploymentId hello = bench.built("open", Access.PUBLIC);

        bench.deploy(hello);

        assertThat(verdict(hello).reason()).isEqualTo(Reason.DEPLOY_REFUSED);
        assertThat(bench.services.get(Bench.HELLO)).isEmpty();
    }
}
