package dev.slipway.build.google;

import com.google.cloudbuild.v1.Build;
import com.google.cloudbuild.v1.Build.FailureInfo;
import com.google.protobuf.Duration;
import com.google.protobuf.Timestamp;
import dev.slipway.build.decide.BuildSeen;
import dev.slipway.build.decide.BuildSeen.Failure;
import dev.slipway.build.decide.BuildSeen.PushedImage;
import dev.slipway.contracts.Shown;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Cloud Build's Build in our words. */
final class CloudBuildReading {
    private static final int LONGEST_DETAIL = 1000;

    private CloudBuildReading() {}

    static BuildSeen of(Build build) {
        return new BuildSeen(
                name(build),
                status(build.getStatus()),
                build.getLogUrl().isEmpty() ? null : build.getLogUrl(),
                instant(build.getCreateTime()),
                build.hasQueueTtl() ? duration(build.getQueueTtl()) : null,
                build.hasTimeout() ? duration(build.getTimeout()) : null,
                images(build),
                failure(build));
    }

    /** Whether all is told that a record keeps; the answer to a submission may leave some out. */
    static boolean isComplete(Build build) {
        return build.hasCreateTime() && build.hasTimeout() && build.hasQueueTtl();
    }

    /** Builds of the location {@code global} may come without a name. */
    static String name(Build build) {
        return build.getName().isEmpty()
                ? "projects/" + build.getProjectId() + "/locations/global/builds/" + build.getId()
                : build.getName();
    }

    private static BuildSeen.Status status(Build.Status status) {
        return switch (status) {
            case STATUS_UNKNOWN, PENDING, QUEUED, UNRECOGNIZED -> BuildSeen.Status.QUEUED;
            case WORKING -> BuildSeen.Status.WORKING;
            case SUCCESS -> BuildSeen.Status.SUCCESS;
            case FAILURE -> BuildSeen.Status.FAILURE;
            case INTERNAL_ERROR -> BuildSeen.Status.INTERNAL_ERROR;
            case TIMEOUT -> BuildSeen.Status.TIMEOUT;
            case CANCELLED -> BuildSeen.Status.CANCELLED;
            case EXPIRED -> BuildSeen.Status.EXPIRED;
        };
    }

    private static List<PushedImage> images(Build build) {
        return build.getResults().getImagesList().stream()
                .map(image -> new PushedImage(image.getName(), image.getDigest()))
                .filter(image -> !image.digest().isEmpty())
                .toList();
    }

    private static @Nullable Failure failure(Build build) {
        if (!build.hasFailureInfo()) {
            return build.getStatusDetail().isEmpty()
                    ? null
                    : new Failure(Failure.Cause.STEP, detail(build.getStatusDetail()));
        }
        FailureInfo info = build.getFailureInfo();
        String text = info.getDetail().isEmpty() ? build.getStatusDetail() : info.getDetail();
        return new Failure(cause(info.getType()), detail(text));
    }

    private static Failure.Cause cause(FailureInfo.FailureType type) {
        return switch (type) {
            case PUSH_NOT_AUTHORIZED -> Failure.Cause.PUSH_NOT_AUTHORIZED;
            case PUSH_FAILED, PUSH_IMAGE_NOT_FOUND, LOGGING_FAILURE, FETCH_SOURCE_FAILED ->
                    Failure.Cause.PLATFORM;
            case USER_BUILD_STEP, FAILURE_TYPE_UNSPECIFIED, UNRECOGNIZED -> Failure.Cause.STEP;
        };
    }

    private static String detail(String text) {
        return Shown.of(text.strip(), LONGEST_DETAIL);
    }

    private static Instant instant(Timestamp time) {
        return Instant.ofEpochSecond(time.getSeconds(), time.getNanos());
    }

    private static java.time.Duration duration(Duration duration) {
        return java.time.Duration.ofSeconds(duration.getSeconds(), duration.getNanos());
    }
}
