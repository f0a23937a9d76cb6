package dev.slipway.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.linecorp.armeria.common.HttpMethod;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CallNameTest {
    @ParameterizedTest
    @CsvSource({
        "GET, /storage/v1/b, project=p, storage, buckets.list",
        "GET, /storage/v1/b/x, , storage, buckets.get",
        "POST, /storage/v1/b, project=p, storage, buckets.insert",
        "GET, /storage/v1/b/x/iam/testPermissions, , storage, buckets.other",
        "GET, /storage/v1/b/x/o, prefix=a, storage, objects.list",
        "GET, /storage/v1/b/x/o/a%2Fb, projection=full, storage, objects.get",
        "GET, /storage/v1/b/x/o/a%2Fb, alt=media, storage, objects.get.media",
        "GET, /storage/v1/b/x/o/a%2Fb, generation=1&alt=media, storage, objects.get.media",
        "GET, /storage/v1/b/x/o/a%2Fb, alt=json, storage, objects.get",
        "GET, /download/storage/v1/b/x/o/a, , storage, objects.get.media",
        "DELETE, /storage/v1/b/x/o/a, , storage, objects.delete",
        "PATCH, /storage/v1/b/x/o/a, , storage, objects.patch",
        "POST, /storage/v1/b/x/o/a/rewriteTo/b/y/o/c, , storage, objects.copy",
        "POST, /upload/storage/v1/b/x/o, uploadType=multipart, storage, objects.insert",
        "POST, /upload/storage/v1/b/x/o, uploadType=resumable, storage, objects.insert.start",
        "PUT, /upload/storage/v1/b/x/o, uploadType=resumable&upload_id=7, storage,"
                + " objects.insert.part",
        "POST, /google.pubsub.v1.Publisher/Publish, , pubsub, Publisher/Publish",
        "POST, /google.cloud.run.v2.Services/GetService, , run, Services/GetService",
        "POST, /google.devtools.cloudbuild.v1.CloudBuild/GetBuild, , cloudbuild,"
                + " CloudBuild/GetBuild",
        "POST, /google.devtools.artifactregistry.v1.ArtifactRegistry/GetRepository, ,"
                + " artifactregistry, ArtifactRegistry/GetRepository",
        "POST, /google.iam.v1.IAMPolicy/TestIamPermissions, , iam, IAMPolicy/TestIamPermissions",
        "GET, /cloudbuild/v1/projects/p/builds/7, , cloudbuild, GET",
        "HEAD, /v2/r/p/i/blobs/sha256:0, , registry, HEAD",
        "GET, /whatever/7, , other, GET",
    })
    void namesEachCallWithoutWhatItIsAbout(
            HttpMethod method, String path, @Nullable String query, String api, String name) {
        assertThat(CallName.of(method, path, query)).isEqualTo(new CallName(api, name));
    }
}
