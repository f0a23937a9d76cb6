package dev.slipway.build.google;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloudbuild.v1.Build;
import com.google.cloudbuild.v1.Build.FailureInfo;
import com.google.cloudbuild.v1.Build.FailureInfo.FailureType;
import com.google.cloudbuild.v1.BuiltImage;
import com.google.cloudbuild.v1.Results;
import com.google.protobuf.util.Durations;
import com.google.protobuf.util.Timestamps;
import dev.slipway.build.decide.BuildSeen;
import dev.slipway.build.decide.BuildSeen.Failure;
import dev.slipway.build.decide.BuildSeen.PushedImage;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class CloudBuildReadingTest {
    @Test
    void allThatARecordKeepsIsRead() {
        Build build =
                Build.newBuilder()
                        .setName("projects/p/locations/l/builds/b")
                        .setStatus(Build.Status.SUCCESS)
                        .setLogUrl("http://log")
                        .setCreateTime(Timestamps.fromMillis(1500))
                        .setQueueTtl(Durations.fromSeconds(60))
                        .setTimeout(Durations.fromSeconds(30))
                        .setResults(
                                Results.newBuilder()
                                        .addImages(
                                                BuiltImage.newBuilder()
                                                        .setName("image")
                                                        .setDigest("sha256:1")))
                        .build();

        assertThat(CloudBuildReading.of(build))
                .isEqualTo(
                        new BuildSeen(
                                "projects/p/locations/l/builds/b",
                                BuildSeen.Status.SUCCESS,
                                "http://log",
                                Instant.ofEpochMilli(1500),
                                Duration.ofSeconds(60),
                                Duration.ofSeconds(30),
                                List.of(new PushedImage("image", "sha256:1")),
                                null));
        assertThat(CloudBuildReading.isComplete(build)).isTrue();
        assertThat(CloudBuildReading.isComplete(build.toBuilder().clearTimeout().build()))
                .isFalse();
    }

    @ParameterizedTest
    @EnumSource(value = Build.Status.class, mode = EnumSource.Mode.EXCLUDE, names = "UNRECOGNIZED")
    void everyStatusHasAMeaning(Build.Status status) {
        boolean over =
                switch (status) {
                    case STATUS_UNKNOWN, PENDING, QUEUED, WORKING, UNRECOGNIZED -> false;
                    case SUCCESS, FAILURE, INTERNAL_ERROR, TIMEOUT, CANCELLED, EXPIRED -> true;
                };

        BuildSeen seen =
                CloudBuildReading.of(Build.newBuilder().setStatus(status).setId("b").build());

        assertThat(seen.status().isOver()).isEqualTo(over);
    }

    @ParameterizedTest
    @CsvSource({
        "USER_BUILD_STEP, STEP",
        "FAILURE_TYPE_UNSPECIFIED, STEP",
        "PUSH_NOT_AUTHORIZED, PUSH_NOT_AUTHORIZED",
        "PUSH_FAILED, PLATFORM",
        "PUSH_IMAGE_NOT_FOUND, PLATFORM",
        "LOGGING_FAILURE, PLATFORM",
        "FETCH_SOURCE_FAILED, PLATFORM"
    })
    void everyFailureHasACause(FailureType type, Failure.Cause cause) {
        Build build =
                Build.newBuilder()
                        .setId("b")
                        .setFailureInfo(FailureInfo.newBuilder().setType(type).setDetail(" why\n"))
                        .build();

        assertThat(Objects.requireNonNull(CloudBuildReading.of(build).failure()))
                .isEqualTo(new Failure(cause, "why"));
    }
}
