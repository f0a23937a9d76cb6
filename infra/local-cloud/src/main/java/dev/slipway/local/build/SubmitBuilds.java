package dev.slipway.local.build;

import com.google.cloud.run.v2.BuildsGrpc;
import com.google.cloud.run.v2.SubmitBuildRequest;
import com.google.cloud.run.v2.SubmitBuildResponse;
import com.google.cloudbuild.v1.Build;
import com.google.cloudbuild.v1.BuildOptions;
import com.google.cloudbuild.v1.BuildStep;
import com.google.cloudbuild.v1.Source;
import com.google.cloudbuild.v1.StorageSource;
import dev.slipway.contracts.Topology;
import dev.slipway.local.Callers;
import dev.slipway.local.Settings;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.time.InstantSource;
import java.util.UUID;

/** Cloud Run's {@code builds:submit}. */
final class SubmitBuilds extends BuildsGrpc.BuildsImplBase {
    private final Settings settings;
    private final Topology topology;
    private final Callers callers;
    private final BuildQueue queue;
    private final BuildOperations operations;
    private final TimeLimits limits;
    private final InstantSource clock;

    SubmitBuilds(
            Settings settings,
            Callers callers,
            BuildQueue queue,
            BuildOperations operations,
            TimeLimits limits,
            InstantSource clock) {
        this.settings = settings;
        this.topology = Topology.of(settings.project(), settings.installation());
        this.callers = callers;
        this.queue = queue;
        this.operations = operations;
        this.limits = limits;
        this.clock = clock;
    }

    @Override
    public void submitBuild(
            SubmitBuildRequest request, StreamObserver<SubmitBuildResponse> answer) {
        callers.require("run.builds.create", "project", "");
        String location = BuildName.location(settings, request.getParent(), "");
        Submission.check(request);
        Submission.account(request).ifPresent(this::requireActAs);
        Build build = build(location, request);
        if (!queue.submit(location, build, request)) {
            throw Status.RESOURCE_EXHAUSTED
                    .withDescription(
                            "Quota exceeded: %d builds are unfinished in %s; wait until one ends"
                                    .formatted(settings.buildQuota(), location))
                    .asRuntimeException();
        }
        answer.onNext(
                SubmitBuildResponse.newBuilder().setBuildOperation(operations.of(build)).build());
        answer.onCompleted();
    }

    private void requireActAs(String email) {
        String identity =
                topology.identities().stream()
                        .filter(one -> one.email(settings.project()).equals(email))
                        .findFirst()
                        .map(Topology.Identity::id)
                        .orElse(email);
        callers.require("iam.serviceAccounts.actAs", "identity:" + identity, "");
    }

    private Build build(String location, SubmitBuildRequest request) {
        String id = UUID.randomUUID().toString();
        Build.Builder build =
                Build.newBuilder()
                        .setName(new BuildName(location, id).full(settings))
                        .setId(id)
                        .setProjectId(settings.project())
                        .setStatus(Build.Status.QUEUED)
                        .setCreateTime(Times.of(clock.instant()))
                        .setQueueTtl(limits.queue())
                        .setTimeout(limits.build())
                        .setSource(source(request))
                        .addSteps(step(request))
                        .addImages(request.getImageUri())
                        .addAllTags(request.getTagsList())
                        .setServiceAccount(request.getServiceAccount())
                        .setOptions(
                                BuildOptions.newBuilder()
                                        .setLogging(BuildOptions.LoggingMode.CLOUD_LOGGING_ONLY));
        return build.build();
    }

    private static Source source(SubmitBuildRequest request) {
        return Source.newBuilder()
                .setStorageSource(
                        StorageSource.newBuilder()
                                .setBucket(request.getStorageSource().getBucket())
                                .setObject(request.getStorageSource().getObject())
                                .setGeneration(request.getStorageSource().getGeneration()))
                .build();
    }

    private static BuildStep step(SubmitBuildRequest request) {
        BuildStep.Builder step =
                BuildStep.newBuilder().setName("slipway/local-build").setId("build");
        Submission.environment(request).forEach((name, value) -> step.addEnv(name + "=" + value));
        return step.build();
    }
}
