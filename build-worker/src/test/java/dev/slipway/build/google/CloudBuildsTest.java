package dev.slipway.build.google;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.cloud.run.v2.SubmitBuildRequest;
import com.google.cloud.run.v2.SubmitBuildResponse;
import com.google.cloudbuild.v1.Build;
import com.google.cloudbuild.v1.BuildOperationMetadata;
import com.google.cloudbuild.v1.GetBuildRequest;
import com.google.cloudbuild.v1.ListBuildsRequest;
import com.google.cloudbuild.v1.ListBuildsResponse;
import com.google.longrunning.Operation;
import com.google.protobuf.Any;
import com.google.protobuf.util.Durations;
import com.google.protobuf.util.Timestamps;
import dev.slipway.build.decide.BuildPlan;
import dev.slipway.contracts.ObjectVersion;
import dev.slipway.kit.FailureKind;
import dev.slipway.kit.GatewayException;
import dev.slipway.kit.GivenConfig;
import dev.slipway.kit.google.GoogleAccess;
import dev.slipway.kit.google.GrpcStandIn;
import io.grpc.Status;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What Cloud Build is asked, and what its refusals mean. */
@SuppressWarnings("NullAway.Init") // set before each test
class CloudBuildsTest {
    private final Map<String, Build> kept = new ConcurrentHashMap<>();
    private final List<SubmitBuildRequest> submitted = new ArrayList<>();
    private final List<ListBuildsRequest> listed = new ArrayList<>();
    private Status refusal = Status.OK;
    private boolean readableLate;
    private GrpcStandIn google;
    private CloudBuilds builds;

    @BeforeEach
    void serve() throws IOException {
        google = new GrpcStandIn();
        google.serve(
                "google.devtools.cloudbuild.v1.CloudBuild",
                new GrpcStandIn.Method<>(
                        "ListBuilds",
                        ListBuildsRequest.getDefaultInstance(),
                        ListBuildsResponse.getDefaultInstance(),
                        this::list),
                new GrpcStandIn.Method<>(
                        "GetBuild",
                        GetBuildRequest.getDefaultInstance(),
                        Build.getDefaultInstance(),
                        request -> find(request.getName())));
        google.serve(
                "google.cloud.run.v2.Builds",
                new GrpcStandIn.Method<>(
                        "SubmitBuild",
                        SubmitBuildRequest.getDefaultInstance(),
                        SubmitBuildResponse.getDefaultInstance(),
                        this::submit));
        GivenConfig config = GivenConfig.of("build").at(google.endpoint());
        builds = new CloudBuilds(config, new GoogleAccess(config));
    }

    @AfterEach
    void stop() {
        builds.close();
        google.close();
    }

    private static BuildPlan plan(String tag) {
        return new BuildPlan(
                "europe-west1",
                "cloud-run-source-deploy",
                new ObjectVersion("staging", "services/hello/x.tar.gz", 7),
                "europe-west1-docker.pkg.dev/p/cloud-run-source-deploy/hello",
                "helloHttp",
                "nodejs22",
                Map.of("A", "b"),
                "projects/p/serviceAccounts/builder",
                "projects/p/locations/l/workerPools/w",
                tag);
    }

    private ListBuildsResponse list(ListBuildsRequest request) {
        listed.add(request);
        return ListBuildsResponse.getDefaultInstance();
    }

    private Build find(String name) {
        if (readableLate) {
            throw Status.NOT_FOUND.asRuntimeException();
        }
        return Optional.ofNullable(kept.get(name))
                .orElseThrow(() -> Status.NOT_FOUND.asRuntimeException());
    }

    /** Google's answer names the build and leaves its limits out. */
    private SubmitBuildResponse submit(SubmitBuildRequest request) {
        if (!refusal.isOk()) {
            throw refusal.asRuntimeException();
        }
        submitted.add(request);
        String id = "b" + submitted.size();
        Build build =
                Build.newBuilder()
                        .setId(id)
                        .setProjectId("p")
                        .setName(request.getParent() + "/builds/" + id)
                        .setStatus(Build.Status.QUEUED)
                        .addAllTags(request.getTagsList())
                        .setCreateTime(Timestamps.fromMillis(1000))
                        .setQueueTtl(Durations.fromSeconds(3600))
                        .setTimeout(Durations.fromSeconds(600))
                        .build();
        kept.put(build.getName(), build);
        Build named = build.toBuilder().clearCreateTime().clearQueueTtl().clearTimeout().build();
        return SubmitBuildResponse.newBuilder()
                .setBuildOperation(
                        Operation.newBuilder()
                                .setMetadata(
                                        Any.pack(
                                                BuildOperationMetadata.newBuilder()
                                                        .setBuild(named)
                                                        .build())))
                .build();
    }

    @Test
    void submitsAllThatThePlanSays() {
        builds.submit(plan("t"));

        SubmitBuildRequest request = submitted.getFirst();
        assertThat(request.getParent()).isEqualTo("projects/p/locations/europe-west1");
        assertThat(request.getStorageSource().getBucket()).isEqualTo("staging");
        assertThat(request.getStorageSource().getObject()).isEqualTo("services/hello/x.tar.gz");
        assertThat(request.getStorageSource().getGeneration()).isEqualTo(7);
        assertThat(request.getImageUri())
                .isEqualTo("europe-west1-docker.pkg.dev/p/cloud-run-source-deploy/hello");
        assertThat(request.getBuildpackBuild().getFunctionTarget()).isEqualTo("helloHttp");
        assertThat(request.getBuildpackBuild().getBaseImage()).isEqualTo("nodejs22");
        assertThat(request.getBuildpackBuild().getEnvironmentVariablesMap())
                .isEqualTo(Map.of("A", "b"));
        assertThat(request.getServiceAccount()).isEqualTo("projects/p/serviceAccounts/builder");
        assertThat(request.getWorkerPool()).isEqualTo("projects/p/locations/l/workerPools/w");
        assertThat(request.getMachineType()).isEmpty();
        assertThat(request.getTagsList()).containsExactly("t");
    }

    @Test
    void anAcceptedBuildThatCannotBeReadYetIsLookedForAgain() {
        readableLate = true;

        assertThatThrownBy(() -> builds.submit(plan("t")))
                .isInstanceOfSatisfying(
                        GatewayException.class,
                        e -> assertThat(e.kind()).isEqualTo(FailureKind.TRANSIENT));
    }

    @Test
    void listsByTagInTheRegionAndGlobally() {
        builds.tagged("europe-west1", "t");

        assertThat(listed)
                .extracting(ListBuildsRequest::getParent)
                .containsExactlyInAnyOrder(
                        "projects/p/locations/europe-west1", "projects/p/locations/global");
        assertThat(listed).extracting(ListBuildsRequest::getFilter).containsOnly("tags=\"t\"");
    }

    @ParameterizedTest
    @CsvSource({
        "RESOURCE_EXHAUSTED, BUSY",
        "UNAVAILABLE, TRANSIENT",
        "DEADLINE_EXCEEDED, TRANSIENT",
        "PERMISSION_DENIED, DENIED",
        "INVALID_ARGUMENT, REFUSED"
    })
    void aRefusedSubmissionIsToldByItsKindAndNotRepeated(Status.Code code, FailureKind kind) {
        refusal = code.toStatus().withDescription("because");

        assertThatThrownBy(() -> builds.submit(plan("t")))
                .isInstanceOfSatisfying(
                        GatewayException.class,
                        e -> {
                            assertThat(e.kind()).isEqualTo(kind);
                            assertThat(e.sentence()).contains("submit the build t", "because");
                        });
    }
}
