package dev.slipway.simulation;

import static dev.slipway.simulation.Wording.assertReadsWell;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.Answer;
import dev.slipway.contracts.DeploymentFinished;
import dev.slipway.contracts.DeploymentId;
import dev.slipway.contracts.Reason;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each reason for which a deployment can end is reached by the real handlers, and reads well. */
class EveryReasonTest {
    @TempDir private Path folder = Path.of("");

    @BeforeAll
    static void begin() {
        Simulate.silence();
    }

    /** All ways to each reason; a new reason needs one before this compiles. */
    private static List<Story<DeploymentId>> stories(Reason reason) {
        return switch (reason) {
            case DEPLOYED -> DeployStories.deployed();
            case ALREADY_LIVE -> DeployStories.alreadyLive();
            case NEWER_DEPLOYMENT ->
                    List.of(
                            UploadStories.announcedAfterANewerOne(),
                            BuildStories.overtakenWhileItBuilds(),
                            DeployStories.overtakenByARollback());
            case DROP_OVERWRITTEN -> UploadStories.dropOverwritten();
            case NAME_INVALID -> UploadStories.nameInvalid();
            case NOT_AN_ARCHIVE -> UploadStories.notAnArchive();
            case ARCHIVE_DAMAGED -> UploadStories.archiveDamaged();
            case ARCHIVE_UNSAFE -> UploadStories.archiveUnsafe();
            case ARCHIVE_TOO_LARGE -> UploadStories.archiveTooLarge();
            case ARCHIVE_EMPTY -> UploadStories.archiveEmpty();
            case MANIFEST_INVALID -> UploadStories.manifestInvalid();
            case REGION_NOT_ALLOWED -> UploadStories.regionNotAllowed();
            case VERIFY_TIMED_OUT -> UploadStories.verifyTimedOut();
            case STAGING_FAILED -> UploadStories.stagingFailed();
            case BUILD_REFUSED -> BuildStories.buildRefused();
            case BUILD_FAILED -> BuildStories.buildFailed();
            case BUILD_TIMED_OUT -> BuildStories.buildTimedOut();
            case BUILD_UNAVAILABLE -> BuildStories.buildUnavailable();
            case BUILD_STUCK -> BuildStories.buildStuck();
            case REVISION_FAILED -> DeployStories.revisionFailed();
            case TRIGGER_REFUSED -> TriggerStories.triggerRefused();
            case DEPLOY_REFUSED -> DeployStories.deployRefused();
            case DEPLOY_UNAVAILABLE -> DeployStories.deployUnavailable();
            case DEPLOY_TIMED_OUT -> DeployStories.deployTimedOut();
            case SERVICE_FOREIGN -> DeployStories.serviceForeign();
            case DROP_DELETED -> UploadStories.dropDeleted();
            case CANCELLED_ON_REQUEST ->
                    List.of(
                            BuildStories.cancelledWhileItBuilds(),
                            BuildStories.itsBuildIsCancelled(),
                            DeployStories.cancelledWhileItIsHeld(),
                            TriggerStories.cancelledWhileItIsMade());
        };
    }

    private static Stream<Arguments> everyWay() {
        return Arrays.stream(Reason.values())
                .flatMap(
                        reason ->
                                stories(reason).stream().map(story -> Arguments.of(reason, story)));
    }

    @ParameterizedTest
    @MethodSource("everyWay")
    void isTold(Reason reason, Story<DeploymentId> story) {
        Chain chain = new Chain(folder);

        DeploymentId deployment = story.live().apply(chain);

        assertThat(chain.record(deployment).isDone())
                .as("%s is over; not handled: %s", story, chain.notAcknowledged)
                .isTrue();
        Answer answer = chain.answer(deployment);
        assertThat(answer.deployment()).isEqualTo(deployment.value());
        assertThat(answer.state()).isEqualTo(Answer.State.DONE);
        assertThat(answer.reason()).as(answer.message()).isEqualTo(reason);
        assertThat(answer.outcome()).isEqualTo(reason.outcome());
        assertThat(answer.turn()).isEqualTo(reason.turn());
        assertThat(answer.nextStep()).isEqualTo(reason.nextStep());
        assertThat(answer.message()).contains(story.names());
        assertReadsWell(answer.message());
        assertReadsWell(answer.nextStep());
        assertThat(chain.isOpen(deployment)).isFalse();
        assertPublishedOnce(chain, answer);
    }

    /** Everybody is told the same. */
    private static void assertPublishedOnce(Chain chain, Answer answer) {
        List<DeploymentFinished> told =
                chain.finished.stream()
                        .filter(event -> event.deployment().value().equals(answer.deployment()))
                        .toList();
        assertThat(told)
                .singleElement()
                .extracting(DeploymentFinished::reason)
                .isEqualTo(answer.reason());
        assertThat(told).extracting(DeploymentFinished::message).containsOnly(answer.message());
    }

    @ParameterizedTest
    @MethodSource("reasons")
    void hasAWayToIt(Reason reason) {
        assertThat(stories(reason)).isNotEmpty();
        assertReadsWell(reason.meaning());
        assertReadsWell(reason.nextStep());
    }

    private static Stream<Reason> reasons() {
        return Arrays.stream(Reason.values());
    }
}
