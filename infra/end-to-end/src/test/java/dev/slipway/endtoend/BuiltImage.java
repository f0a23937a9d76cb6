package dev.slipway.endtoend;

import com.google.api.gax.rpc.TransportChannelProvider;
import com.google.cloud.devtools.cloudbuild.v1.CloudBuildClient;
import com.google.cloud.devtools.cloudbuild.v1.CloudBuildSettings;
import com.google.cloud.run.v2.BuildsClient;
import com.google.cloud.run.v2.BuildsSettings;
import com.google.cloud.run.v2.StorageSource;
import com.google.cloud.run.v2.SubmitBuildRequest;
import com.google.cloud.run.v2.SubmitBuildRequest.BuildpacksBuild;
import com.google.cloud.storage.BlobInfo;
import com.google.cloud.storage.BucketInfo;
import com.google.cloudbuild.v1.Build;
import com.google.cloudbuild.v1.BuildOperationMetadata;
import dev.slipway.kit.google.GoogleAccess;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import org.awaitility.Awaitility;

/** Images built from source, by Google's own clients. */
final class BuiltImage {
    private static final String BUCKET = "contract-sources";
    private static final Set<Build.Status> NOT_YET =
            Set.of(Build.Status.PENDING, Build.Status.QUEUED, Build.Status.WORKING);

    private BuiltImage() {}

    /** Stores a source where builds find it. */
    static long store(BareCloud cloud, String object, Sample sample) throws IOException {
        var storage = cloud.storage();
        if (storage.get(BUCKET) == null) {
            storage.create(BucketInfo.newBuilder(BUCKET).setLocation(Cloud.REGION).build());
        }
        return storage.create(BlobInfo.newBuilder(BUCKET, object).build(), sample.tarGz())
                .getGeneration();
    }

    static String bucket() {
        return BUCKET;
    }

    /** Builds a sample to its end, and names the image by digest. */
    static String of(BareCloud cloud, String image, Sample sample) throws Exception {
        SubmitBuildRequest request =
                SubmitBuildRequest.newBuilder()
                        .setParent("projects/" + Cloud.PROJECT + "/locations/" + Cloud.REGION)
                        .setStorageSource(
                                StorageSource.newBuilder()
                                        .setBucket(BUCKET)
                                        .setObject("image.tar.gz")
                                        .setGeneration(store(cloud, "image.tar.gz", sample)))
                        .setImageUri(image)
                        .setBuildpackBuild(BuildpacksBuild.newBuilder().setFunctionTarget("hello"))
                        .build();
        Build done = awaitEnd(cloud, submit(cloud, request));
        if (done.getStatus() != Build.Status.SUCCESS) {
            throw new AssertionError(done.toString());
        }
        return image + "@" + done.getResults().getImages(0).getDigest();
    }

    private static String submit(BareCloud cloud, SubmitBuildRequest request) throws Exception {
        GoogleAccess access = new GoogleAccess(cloud.owner());
        TransportChannelProvider channel =
                access.channel(BuildsSettings.defaultGrpcTransportProviderBuilder());
        try (BuildsClient client =
                BuildsClient.create(
                        BuildsSettings.newBuilder()
                                .setTransportChannelProvider(channel)
                                .setCredentialsProvider(access.credentials())
                                .build())) {
            return client.submitBuild(request)
                    .getBuildOperation()
                    .getMetadata()
                    .unpack(BuildOperationMetadata.class)
                    .getBuild()
                    .getName();
        }
    }

    private static Build awaitEnd(BareCloud cloud, String name) throws IOException {
        GoogleAccess access = new GoogleAccess(cloud.owner());
        TransportChannelProvider channel =
                access.channel(CloudBuildSettings.defaultGrpcTransportProviderBuilder());
        try (CloudBuildClient client =
                CloudBuildClient.create(
                        CloudBuildSettings.newBuilder()
                                .setTransportChannelProvider(channel)
                                .setCredentialsProvider(access.credentials())
                                .build())) {
            return Awaitility.await("the end of the build")
                    .atMost(Duration.ofMinutes(2))
                    .until(
                            () ->
                                    client.getBuild(
                                            com.google.cloudbuild.v1.GetBuildRequest.newBuilder()
                                                    .setName(name)
                                                    .build()),
                            build -> !NOT_YET.contains(build.getStatus()));
        }
    }
}
