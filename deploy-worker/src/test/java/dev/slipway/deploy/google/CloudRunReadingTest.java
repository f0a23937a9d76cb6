package dev.slipway.deploy.google;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.cloud.run.v2.Condition;
import com.google.cloud.run.v2.Condition.CommonReason;
import com.google.cloud.run.v2.Condition.RevisionReason;
import com.google.cloud.run.v2.Condition.State;
import com.google.cloud.run.v2.Revision;
import com.google.cloud.run.v2.Service;
import com.google.cloud.run.v2.TrafficTarget;
import com.google.cloud.run.v2.TrafficTargetAllocationType;
import com.google.cloud.run.v2.TrafficTargetStatus;
import dev.slipway.deploy.decide.RevisionSeen;
import dev.slipway.deploy.decide.RevisionSeen.Failure;
import dev.slipway.deploy.decide.ServiceSeen;
import dev.slipway.deploy.decide.ServiceSeen.Progress;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CloudRunReadingTest {
    private static final String NAME = "projects/p/locations/r/services/hello";

    private static Service.Builder service(State state) {
        return Service.newBuilder()
                .setName(NAME)
                .setEtag("\"1\"")
                .setGeneration(4)
                .setObservedGeneration(4)
                .setLatestCreatedRevision(NAME + "/revisions/hello-2")
                .setLatestReadyRevision(NAME + "/revisions/hello-1")
                .setTerminalCondition(Condition.newBuilder().setType("Ready").setState(state));
    }

    private static Revision.Builder revision(Condition.Builder... conditions) {
        Revision.Builder revision =
                Revision.newBuilder()
                        .setName(NAME + "/revisions/hello-2")
                        .setLogUri("http://localhost:8470/run/logs/hello/hello-2");
        for (Condition.Builder condition : conditions) {
            revision.addConditions(condition);
        }
        return revision;
    }

    private static Condition.Builder condition(String type, State state) {
        return Condition.newBuilder().setType(type).setState(state);
    }

    private static ServiceSeen seen(Service.Builder service, Revision.Builder... revisions) {
        return CloudRunReading.of(
                service.build(), List.of(revisions).stream().map(Revision.Builder::build).toList());
    }

    @ParameterizedTest
    @CsvSource({
        "false,CONDITION_SUCCEEDED,4,SUCCEEDED",
        "false,CONDITION_SUCCEEDED,3,SETTLING",
        "true,CONDITION_SUCCEEDED,4,SETTLING",
        "false,CONDITION_FAILED,3,FAILED",
        "true,CONDITION_FAILED,3,SETTLING",
        "false,CONDITION_RECONCILING,4,SETTLING",
        "false,CONDITION_PENDING,4,SETTLING",
        "false,STATE_UNSPECIFIED,4,SETTLING"
    })
    void theStatusLagsUntilCloudRunHasDecided(
            boolean reconciling, State state, long observed, Progress progress) {
        Service.Builder service =
                service(state).setReconciling(reconciling).setObservedGeneration(observed);

        assertThat(seen(service).progress()).isEqualTo(progress);
    }

    @Test
    void trafficOnTheLatestIsItsRevisions() {
        Service.Builder service =
                service(State.CONDITION_SUCCEEDED)
                        .addTraffic(
                                TrafficTarget.newBuilder()
                                        .setType(
                                                TrafficTargetAllocationType
                                                        .TRAFFIC_TARGET_ALLOCATION_TYPE_LATEST)
                                        .setPercent(100))
                        .addTrafficStatuses(
                                TrafficTargetStatus.newBuilder()
                                        .setType(
                                                TrafficTargetAllocationType
                                                        .TRAFFIC_TARGET_ALLOCATION_TYPE_LATEST)
                                        .setPercent(100));

        assertThat(seen(service).wants("hello-2")).isTrue();
        assertThat(seen(service).serves("hello-1")).isTrue();
    }

    @Test
    void noTrafficWrittenIsAllOnTheLatest() {
        assertThat(seen(service(State.CONDITION_SUCCEEDED)).wants("hello-2")).isTrue();
    }

    @Test
    void trafficThatIsSplitHoldsNobodyFully() {
        Service.Builder service =
                service(State.CONDITION_SUCCEEDED)
                        .addTrafficStatuses(
                                TrafficTargetStatus.newBuilder()
                                        .setRevision("hello-1")
                                        .setPercent(50))
                        .addTrafficStatuses(
                                TrafficTargetStatus.newBuilder()
                                        .setRevision("hello-2")
                                        .setPercent(50));

        assertThat(seen(service, revision(condition("Ready", State.CONDITION_SUCCEEDED))).live())
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "CONDITION_SUCCEEDED,READY",
        "CONDITION_FAILED,FAILED",
        "CONDITION_RECONCILING,UNDECIDED",
        "STATE_UNSPECIFIED,UNDECIDED"
    })
    void aRevisionIsWhatItsReadyConditionSays(State state, RevisionSeen.State expected) {
        RevisionSeen seen =
                seen(service(State.CONDITION_FAILED), revision(condition("Ready", state)))
                        .revisions()
                        .getFirst();

        assertThat(seen.name()).isEqualTo("hello-2");
        assertThat(seen.state()).isEqualTo(expected);
        assertThat(seen.logUrl()).isEqualTo("http://localhost:8470/run/logs/hello/hello-2");
        assertThat(seen.origin()).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "HEALTH_CHECK_CONTAINER_ERROR,CONTAINER",
        "ACTIVE_REVISION_LIMIT_REACHED,PLATFORM",
    })
    void aRevisionsReasonSaysWhoseTurnItIs(RevisionReason reason, Failure.Cause cause) {
        assertThat(
                        failure(
                                        condition("Ready", State.CONDITION_FAILED)
                                                .setRevisionReason(reason))
                                .cause())
                .isEqualTo(cause);
    }

    @ParameterizedTest
    @CsvSource({
        "REVISION_FAILED,CONTAINER",
        "PROGRESS_DEADLINE_EXCEEDED,CONTAINER",
        "CONTAINER_MISSING,PERMISSION",
        "CONTAINER_IMAGE_UNAUTHORIZED,PERMISSION",
        "SECRETS_ACCESS_CHECK_FAILED,PERMISSION",
        "INTERNAL,PLATFORM",
        "POSTPONED_RETRY,PLATFORM"
    })
    void aCommonReasonSaysWhoseTurnItIs(CommonReason reason, Failure.Cause cause) {
        assertThat(failure(condition("Ready", State.CONDITION_FAILED).setReason(reason)).cause())
                .isEqualTo(cause);
    }

    private static Failure failure(Condition.Builder... conditions) {
        return Objects.requireNonNull(
                seen(service(State.CONDITION_FAILED), revision(conditions))
                        .revisions()
                        .getFirst()
                        .failure());
    }

    @Test
    void theConditionThatKnowsTheReasonIsAsked() {
        Failure failure =
                failure(
                        condition("Ready", State.CONDITION_FAILED),
                        condition("ContainerReady", State.CONDITION_FAILED)
                                .setReason(CommonReason.CONTAINER_PERMISSION_DENIED)
                                .setMessage("the image may not be read"));

        assertThat(failure.cause()).isEqualTo(Failure.Cause.PERMISSION);
        assertThat(failure.message()).isEqualTo("the image may not be read");
    }

    @Test
    void aMessageIsItsFirstParagraphAndHowTheProcessEnded() {
        Failure failure =
                failure(
                        condition("Ready", State.CONDITION_FAILED)
                                .setMessage(
                                        """
                                        The container failed
                                        to start.

                                        Logs URL: http://localhost/x
                                        Container called exit(1).
                                        Last lines:
                                        secret"""));

        assertThat(failure.message())
                .isEqualTo("The container failed to start. Container called exit(1).");
    }

    @Test
    void aMarkThatDoesNotParseIsNoService() {
        assertThatThrownBy(
                        () ->
                                seen(
                                        service(State.CONDITION_SUCCEEDED)
                                                .putAnnotations("slipway.dev/held", "maybe")))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(
                        () ->
                                seen(
                                        service(State.CONDITION_SUCCEEDED),
                                        revision().putAnnotations("slipway.dev/order", "first")))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
