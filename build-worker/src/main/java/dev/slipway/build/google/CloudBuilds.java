package dev.slipway.build.google;

import com.google.api.core.ApiFuture;
import com.google.api.gax.rpc.ApiException;
import com.google.api.gax.rpc.ApiExceptions;
import com.google.cloud.devtools.cloudbuild.v1.CloudBuildClient;
import com.google.cloud.devtools.cloudbuild.v1.CloudBuildSettings;
import com.google.cloud.run.v2.BuildsClient;
import com.google.cloud.run.v2.BuildsSettings;
import com.google.cloud.run.v2.StorageSource;
import com.google.cloud.run.v2.SubmitBuildRequest;
import com.google.cloud.run.v2.SubmitBuildRequest.BuildpacksBuild;
import com.google.cloud.run.v2.SubmitBuildResponse;
import com.google.cloudbuild.v1.Build;
import com.google.cloudbuild.v1.BuildOperationMetadata;
import com.google.cloudbuild.v1.CancelBuildRequest;
import com.google.cloudbuild.v1.GetBuildRequest;
import com.google.cloudbuild.v1.ListBuildsRequest;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.slipway.build.decide.BuildPlan;
import dev.slipway.build.decide.BuildSeen;
import dev.slipway.build.gateway.Builds;
import dev.slipway.kit.FailureKind;
import dev.slipway.kit.GatewayException;
import dev.slipway.kit.SlipwayConfig;
import dev.slipway.kit.google.GoogleAccess;
import dev.slipway.kit.google.GoogleFailures;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.inject.Typed;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jboss.logging.Logger;

/**
 * Builds on Cloud Build: submitted through Cloud Run's builds:submit, as {@code gcloud run deploy
 * --source} does, and looked after through Cloud Build itself.
 */
@Singleton
@Typed(CloudBuilds.class)
class CloudBuilds implements Builds {
    private static final Logger LOG = Logger.getLogger(CloudBuilds.class);
    private static final String GLOBAL = "global";
    private static final int MOST_TAGGED = 50;
    private static final Duration ANSWERED_WITHIN = Duration.ofSeconds(30);

    private final String project;
    private final CloudBuildClient builds;
    private final BuildsClient submissions;

    CloudBuilds(SlipwayConfig config, GoogleAccess access) throws IOException {
        this.project = config.project();
        this.builds = CloudBuildClient.create(buildSettings(access));
        this.submissions = BuildsClient.create(submissionSettings(access));
    }

    /** No call is repeated here: whoever asks knows what to look at before asking again. */
    private static CloudBuildSettings buildSettings(GoogleAccess access) throws IOException {
        CloudBuildSettings.Builder settings =
                CloudBuildSettings.newBuilder()
                        .setTransportChannelProvider(
                                access.channel(
                                        CloudBuildSettings.defaultGrpcTransportProviderBuilder()))
                        .setCredentialsProvider(access.credentials())
                        .setHeaderProvider(access.headers());
        settings.listBuildsSettings().setSimpleTimeoutNoRetriesDuration(ANSWERED_WITHIN);
        settings.getBuildSettings().setSimpleTimeoutNoRetriesDuration(ANSWERED_WITHIN);
        settings.cancelBuildSettings().setSimpleTimeoutNoRetriesDuration(ANSWERED_WITHIN);
        return settings.build();
    }

    private static BuildsSettings submissionSettings(GoogleAccess access) throws IOException {
        BuildsSettings.Builder settings =
                BuildsSettings.newBuilder()
                        .setTransportChannelProvider(
                                access.channel(
                                        BuildsSettings.defaultGrpcTransportProviderBuilder()))
                        .setCredentialsProvider(access.credentials())
                        .setHeaderProvider(access.headers());
        settings.submitBuildSettings().setSimpleTimeoutNoRetriesDuration(ANSWERED_WITHIN);
        return settings.build();
    }

    /** Both places are asked at once: every build that is submitted waits for this. */
    @Override
    public List<BuildSeen> tagged(String region, String tag) {
        return asking(
                "list the builds tagged " + tag + " in " + region + " and " + GLOBAL,
                () ->
                        Stream.of(region, GLOBAL)
                                .map(location -> list(location, tag))
                                .toList()
                                .stream()
                                .flatMap(
                                        answer ->
                                                stream(
                                                        ApiExceptions.callAndTranslateApiException(
                                                                answer)))
                                .filter(build -> build.getTagsList().contains(tag))
                                .limit(MOST_TAGGED)
                                .map(CloudBuildReading::of)
                                .toList());
    }

    private ApiFuture<CloudBuildClient.ListBuildsPagedResponse> list(String location, String tag) {
        return builds.listBuildsPagedCallable()
                .futureCall(
                        ListBuildsRequest.newBuilder()
                                .setParent(location(location))
                                .setProjectId(project)
                                .setFilter("tags=\"" + tag + "\"")
                                .setPageSize(MOST_TAGGED)
                                .build());
    }

    private static Stream<Build> stream(CloudBuildClient.ListBuildsPagedResponse answer) {
        return StreamSupport.stream(answer.iterateAll().spliterator(), false);
    }

    @Override
    public BuildSeen submit(BuildPlan plan) {
        SubmitBuildResponse response =
                asking(
                        "submit the build " + plan.tag() + " in " + plan.region(),
                        () -> submissions.submitBuild(request(plan)));
        if (!response.getBaseImageWarning().isEmpty()) {
            LOG.warnf("build=%s warning: %s", plan.tag(), response.getBaseImageWarning());
        }
        Build submitted = submitted(response, plan);
        return CloudBuildReading.isComplete(submitted)
                ? CloudBuildReading.of(submitted)
                : accepted(CloudBuildReading.name(submitted), plan);
    }

    /** It exists, whatever the answer: the next try finds it by its tag. */
    private BuildSeen accepted(String name, BuildPlan plan) {
        try {
            return get(name);
        } catch (GatewayException e) {
            throw new GatewayException(
                    FailureKind.TRANSIENT,
                    "submit the build " + plan.tag(),
                    "it was accepted and cannot be read yet: " + e.sentence(),
                    e);
        }
    }

    private SubmitBuildRequest request(BuildPlan plan) {
        SubmitBuildRequest.Builder request =
                SubmitBuildRequest.newBuilder()
                        .setParent(location(plan.region()))
                        .setStorageSource(
                                StorageSource.newBuilder()
                                        .setBucket(plan.source().bucket())
                                        .setObject(plan.source().object())
                                        .setGeneration(plan.source().generation()))
                        .setImageUri(plan.image())
                        .setBuildpackBuild(buildpacks(plan))
                        .setServiceAccount(plan.serviceAccount())
                        .addTags(plan.tag());
        if (plan.workerPool() != null) {
            request.setWorkerPool(plan.workerPool());
        }
        return request.build();
    }

    private static BuildpacksBuild buildpacks(BuildPlan plan) {
        BuildpacksBuild.Builder build =
                BuildpacksBuild.newBuilder().putAllEnvironmentVariables(plan.environment());
        if (plan.function() != null) {
            build.setFunctionTarget(plan.function());
        }
        if (plan.baseImage() != null) {
            build.setBaseImage(plan.baseImage());
        }
        return build.build();
    }

    /** The build exists; who cannot read which one it is finds it by its tag. */
    private static Build submitted(SubmitBuildResponse response, BuildPlan plan) {
        try {
            return response.getBuildOperation()
                    .getMetadata()
                    .unpack(BuildOperationMetadata.class)
                    .getBuild();
        } catch (InvalidProtocolBufferException e) {
            throw new GatewayException(
                    FailureKind.TRANSIENT,
                    "submit the build " + plan.tag(),
                    "the answer does not say which build it is",
                    e);
        }
    }

    @Override
    public BuildSeen get(String name) {
        GetBuildRequest request =
                GetBuildRequest.newBuilder()
                        .setName(name)
                        .setProjectId(project)
                        .setId(id(name))
                        .build();
        return asking(
                "read the build " + name, () -> CloudBuildReading.of(builds.getBuild(request)));
    }

    @Override
    public void cancel(String name) {
        CancelBuildRequest request =
                CancelBuildRequest.newBuilder()
                        .setName(name)
                        .setProjectId(project)
                        .setId(id(name))
                        .build();
        try {
            asking("cancel the build " + name, () -> builds.cancelBuild(request));
        } catch (GatewayException e) {
            if (e.kind() != FailureKind.NOT_FOUND && e.kind() != FailureKind.REFUSED) {
                throw e;
            }
            LOG.debugf("build=%s needs no cancelling: %s", name, e.sentence());
        }
    }

    private String location(String location) {
        return "projects/" + project + "/locations/" + location;
    }

    private static String id(String name) {
        return name.substring(name.lastIndexOf('/') + 1);
    }

    private static <T> T asking(String tried, Supplier<T> ask) {
        try {
            return ask.get();
        } catch (ApiException e) {
            throw GoogleFailures.of(tried, e);
        }
    }

    @PreDestroy
    void close() {
        builds.close();
        submissions.close();
    }
}
