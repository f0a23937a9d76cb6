package dev.slipway.build.decide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.build.decide.BuildSeen.Failure;
import dev.slipway.build.decide.BuildSeen.PushedImage;
import dev.slipway.build.decide.BuildSeen.Status;
import dev.slipway.build.decide.BuildStep.BuildAgain;
import dev.slipway.build.decide.BuildStep.Claim;
import dev.slipway.build.decide.BuildStep.End;
import dev.slipway.build.decide.BuildStep.Leave;
import dev.slipway.build.decide.BuildStep.TakeImage;
import dev.slipway.build.decide.BuildStep.Wait;
import dev.slipway.contracts.Digest;
import dev.slipway.contracts.ObjectVersion;
import dev.slipway.contracts.Reason;
import dev.slipway.contracts.ServiceKey;
import dev.slipway.contracts.ServiceName;
import dev.slipway.ledger.DeploymentRecord;
import dev.slipway.ledger.Marker;
import dev.slipway.ledger.Order;
import dev.slipway.ledger.ServiceEntry;
import dev.slipway.ledger.Source;
import dev.slipway.ledger.Stage;
import dev.slipway.ledger.Waiting;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class BuildDecisionTest {
    private static final Instant SINCE = Instant.parse("2026-01-01T00:00:00Z");
    private static final String URI = "europe-west1-docker.pkg.dev/p/r/hello";
    private static final Order ORDER = new Order(1000, 1, "drop", "hello.zip");
    private static final ServiceEntry NOTHING_NEWER = new ServiceEntry(null, null);
    private static final Asked MESSAGE = new Asked.ByMessage();

    private static final DeploymentRecord RECEIVED =
            DeploymentRecord.received(
                    Marker.of(ORDER),
                    new ServiceKey("europe-west1", new ServiceName("hello")),
                    null);
    private static final DeploymentRecord VERIFIED =
            RECEIVED.verified(
                    new Source(
                            new ObjectVersion("staging", "x", 1),
                            Digest.of("source"),
                            Digest.of("build"),
                            1,
                            1,
                            0,
                            ""),
                    Digest.of("manifest"),
                    null);
    private static final DeploymentRecord CLAIMED = VERIFIED.claimed();
    private static final DeploymentRecord BUILDING =
            CLAIMED.building(seen(Status.QUEUED, null).recorded());

    private static DeploymentRecord at(Stage stage) {
        DeploymentRecord built = VERIFIED.built(URI + "@sha256:1");
        return switch (stage) {
            case RECEIVED -> RECEIVED;
            case VERIFIED -> VERIFIED;
            case CLAIMED -> CLAIMED;
            case BUILDING -> BUILDING;
            case BUILT -> built;
            case DEPLOYING -> built.deploying();
            case DONE -> built.finished(BuildDecision.superseded(), null);
        };
    }

    private static DeploymentRecord buildingAttempt(int attempt) {
        DeploymentRecord record = BUILDING;
        for (int made = 1; made < attempt; made++) {
            record = record.buildAgain().claimed().building(seen(Status.QUEUED, null).recorded());
        }
        return record;
    }

    private static BuildSeen seen(Status status, @Nullable Failure failure, PushedImage... images) {
        return new BuildSeen(
                "projects/p/locations/l/builds/b",
                status,
                "http://log",
                SINCE,
                Duration.ofMinutes(60),
                Duration.ofMinutes(10),
                List.of(images),
                failure);
    }

    private static BuildFacts facts(DeploymentRecord record, Asked asked, Duration age) {
        return new BuildFacts(
                record,
                asked,
                SINCE,
                SINCE.plus(age),
                NOTHING_NEWER,
                Optional.empty(),
                new Window(0, 20, false),
                Optional.of(seen(Status.WORKING, null)),
                URI);
    }

    private static BuildFacts with(BuildFacts facts, ServiceEntry entry) {
        return new BuildFacts(
                facts.record(),
                facts.asked(),
                facts.since(),
                facts.now(),
                entry,
                facts.built(),
                facts.window(),
                facts.build(),
                facts.imageUri());
    }

    private static BuildFacts with(BuildFacts facts, Optional<String> built, Window window) {
        return new BuildFacts(
                facts.record(),
                facts.asked(),
                facts.since(),
                facts.now(),
                facts.entry(),
                built,
                window,
                facts.build(),
                facts.imageUri());
    }

    private static Asked sweptAfter(Duration age) {
        return new Asked.BySweep(SINCE.plus(age));
    }

    private static BuildStep ended(BuildSeen build, int attempt) {
        return BuildDecision.next(
                facts(buildingAttempt(attempt), MESSAGE, Duration.ZERO).seeing(build));
    }

    private static Reason reasonOf(BuildStep step) {
        assertThat(step).isInstanceOf(End.class);
        return ((End) step).verdict().reason();
    }

    @ParameterizedTest
    @EnumSource(
            value = Stage.class,
            names = {"VERIFIED", "CLAIMED", "BUILDING", "BUILT"})
    void whatIsOutrankedEndsSupersededBeforeItDeploys(Stage stage) {
        Order newer = new Order(1001, 1, "drop", "hello.zip");
        BuildFacts facts = facts(at(stage), MESSAGE, Duration.ZERO);

        assertThat(
                        reasonOf(
                                BuildDecision.next(
                                        with(
                                                facts,
                                                new ServiceEntry(
                                                        new ServiceEntry.Newest(
                                                                newer, RECEIVED.deployment()),
                                                        null)))))
                .isEqualTo(Reason.NEWER_DEPLOYMENT);
        assertThat(reasonOf(BuildDecision.next(with(facts, new ServiceEntry(null, newer)))))
                .isEqualTo(Reason.NEWER_DEPLOYMENT);
    }

    @ParameterizedTest
    @EnumSource(
            value = Stage.class,
            names = {"RECEIVED", "DEPLOYING", "DONE"})
    void whatIsNotItsTurnIsLeft(Stage stage) {
        Order newer = new Order(1001, 1, "drop", "hello.zip");
        BuildFacts facts = facts(at(stage), sweptAfter(Duration.ofDays(1)), Duration.ofDays(1));

        assertThat(BuildDecision.next(with(facts, new ServiceEntry(null, newer))))
                .isInstanceOf(Leave.class);
    }

    @Test
    void itsOwnOrderDoesNotOutrankIt() {
        ServiceEntry own =
                new ServiceEntry(new ServiceEntry.Newest(ORDER, RECEIVED.deployment()), ORDER);

        assertThat(BuildDecision.next(with(facts(VERIFIED, MESSAGE, Duration.ZERO), own)))
                .isInstanceOf(Claim.class);
    }

    @Test
    void anImageThatWasBuiltBeforeIsTakenEvenWhenTheWindowIsFull() {
        BuildFacts facts = facts(VERIFIED, MESSAGE, Duration.ZERO);

        assertThat(
                        BuildDecision.next(
                                with(facts, Optional.of("image@1"), new Window(20, 20, false))))
                .isEqualTo(new TakeImage("image@1", false));
    }

    @ParameterizedTest
    @CsvSource({"0, false, true", "19, false, true", "20, false, false", "20, true, true"})
    void theWindowLetsInWhoeverFitsOrIsInsideAlready(int building, boolean inside, boolean in) {
        BuildStep step =
                BuildDecision.next(
                        with(
                                facts(VERIFIED, MESSAGE, Duration.ZERO),
                                Optional.empty(),
                                new Window(building, 20, inside)));

        assertThat(step).isInstanceOf(in ? Claim.class : Wait.class);
    }

    @ParameterizedTest
    @CsvSource({"0, 30", "30, 30", "100, 100", "5000, 600"})
    void whoWaitedLongIsLookedAtLessOften(int waitedSeconds, int nextSeconds) {
        Duration waited = Duration.ofSeconds(waitedSeconds);
        BuildFacts facts =
                with(
                        facts(VERIFIED, sweptAfter(waited), waited),
                        Optional.empty(),
                        new Window(20, 20, false));

        assertThat(BuildDecision.next(facts))
                .isEqualTo(
                        new Wait(
                                new Waiting(
                                        Waiting.Cause.QUOTA,
                                        SINCE.plus(waited).plusSeconds(nextSeconds))));
    }

    @Test
    void whoIsRecordedAsWaitingIsNotRecordedAgain() {
        DeploymentRecord waiting = VERIFIED.waiting(new Waiting(Waiting.Cause.QUOTA, SINCE));

        assertThat(
                        BuildDecision.next(
                                with(
                                        facts(waiting, MESSAGE, Duration.ZERO),
                                        Optional.empty(),
                                        new Window(20, 20, false))))
                .isInstanceOf(Leave.class);
    }

    @ParameterizedTest
    @CsvSource({"0, Leave", "59, Leave", "60, Claim", "3599, Claim", "3600, End"})
    void aSweepTakesOverAClaimByItsAge(int seconds, String step) {
        Duration age = Duration.ofSeconds(seconds);

        assertThat(BuildDecision.next(facts(CLAIMED, sweptAfter(age), age)))
                .extracting(decided -> decided.getClass().getSimpleName())
                .isEqualTo(step);
    }

    @ParameterizedTest
    @CsvSource({"PLATFORM, Claim", "QUOTA, Leave"})
    void aMessageTakesOverAClaimThatWasPutDown(Waiting.Cause cause, String step) {
        DeploymentRecord waiting = CLAIMED.waiting(new Waiting(cause, SINCE));

        assertThat(BuildDecision.next(facts(waiting, MESSAGE, Duration.ZERO)))
                .extracting(decided -> decided.getClass().getSimpleName())
                .isEqualTo(step);
    }

    @Test
    void aMessageLeavesAClaimAlone() {
        assertThat(BuildDecision.next(facts(CLAIMED, MESSAGE, Duration.ZERO)))
                .isInstanceOf(Leave.class);
    }

    @Test
    void theEndOfABuildOfThisAttemptAdoptsItAndOfAnEarlierOneDoesNot() {
        assertThat(BuildDecision.next(facts(CLAIMED, new Asked.ByBuildEnd(1), Duration.ZERO)))
                .isInstanceOf(BuildStep.Adopt.class);
        DeploymentRecord second = BUILDING.buildAgain().claimed();
        assertThat(BuildDecision.next(facts(second, new Asked.ByBuildEnd(1), Duration.ZERO)))
                .isInstanceOf(Leave.class);
    }

    @ParameterizedTest
    @EnumSource(
            value = Status.class,
            names = {"QUEUED", "WORKING"})
    void aRunningBuildIsLeftUntilFiveMinutesPastItsLimits(Status status) {
        Duration limit = Duration.ofMinutes(75);
        BuildSeen build = seen(status, null);

        Duration before = limit.minusMillis(1);
        assertThat(BuildDecision.next(facts(BUILDING, sweptAfter(before), before).seeing(build)))
                .isInstanceOf(Leave.class);
        assertThat(
                        reasonOf(
                                BuildDecision.next(
                                        facts(BUILDING, sweptAfter(limit), limit).seeing(build))))
                .isEqualTo(Reason.BUILD_STUCK);
    }

    @Test
    void aBuildWithoutLimitsHasAnHour() {
        BuildSeen build =
                new BuildSeen("n", Status.QUEUED, null, SINCE, null, null, List.of(), null);

        assertThat(build.recorded().deadline()).isEqualTo(SINCE.plus(Duration.ofHours(1)));
    }

    @ParameterizedTest
    @CsvSource({"europe-west1-docker.pkg.dev/p/r/hello", "europe-west1-docker.pkg.dev/p/r/hello:x"})
    void aSuccessIsTakenByTheDigestOfItsOwnImage(String name) {
        BuildSeen build =
                seen(
                        Status.SUCCESS,
                        null,
                        new PushedImage("elsewhere/cache", "sha256:1"),
                        new PushedImage(name, "sha256:2"));

        assertThat(ended(build, 1)).isEqualTo(new TakeImage(URI + "@sha256:2", true));
    }

    @ParameterizedTest
    @EnumSource(
            value = Status.class,
            names = {"SUCCESS", "EXPIRED", "INTERNAL_ERROR"})
    void whatThePlatformFailedIsBuiltThreeTimesAtMost(Status status) {
        assertThat(ended(seen(status, null), 1)).isInstanceOf(BuildAgain.class);
        assertThat(ended(seen(status, null), 2)).isInstanceOf(BuildAgain.class);
        assertThat(reasonOf(ended(seen(status, null), 3))).isEqualTo(Reason.BUILD_UNAVAILABLE);
    }

    @ParameterizedTest
    @CsvSource({
        "TIMEOUT, BUILD_TIMED_OUT",
        "CANCELLED, CANCELLED_ON_REQUEST",
        "FAILURE, BUILD_FAILED"
    })
    void whatTheSourceOrSomebodyEndedIsOverAtOnce(Status status, Reason reason) {
        assertThat(reasonOf(ended(seen(status, null), 1))).isEqualTo(reason);
    }

    @Test
    void aFailureIsToldByItsCause() {
        assertThat(reasonOf(ended(failed(Failure.Cause.STEP), 1))).isEqualTo(Reason.BUILD_FAILED);
        assertThat(reasonOf(ended(failed(Failure.Cause.PUSH_NOT_AUTHORIZED), 1)))
                .isEqualTo(Reason.BUILD_REFUSED);
        assertThat(ended(failed(Failure.Cause.PLATFORM), 1)).isInstanceOf(BuildAgain.class);
        assertThat(reasonOf(ended(failed(Failure.Cause.PLATFORM), 3)))
                .isEqualTo(Reason.BUILD_UNAVAILABLE);
    }

    private static BuildSeen failed(Failure.Cause cause) {
        return seen(Status.FAILURE, new Failure(cause, "detail"));
    }
}
