package dev.slipway.local.build;

import com.google.cloudbuild.v1.Build;
import com.google.cloudbuild.v1.Build.FailureInfo;
import com.google.cloudbuild.v1.Build.FailureInfo.FailureType;
import com.google.cloudbuild.v1.Build.Status;
import com.google.cloudbuild.v1.BuiltImage;
import com.google.cloudbuild.v1.Results;
import java.time.Instant;
import java.util.Optional;

/**
 * How a build ends.
 *
 * @param detail one sentence; empty for a success
 * @param digest of the pushed image; empty without one
 */
record Ending(Status status, String detail, Optional<FailureType> failure, String digest) {
    static Ending success(String digest) {
        return new Ending(Status.SUCCESS, "", Optional.empty(), digest);
    }

    static Ending failure(FailureType type, String detail) {
        return new Ending(Status.FAILURE, detail, Optional.of(type), "");
    }

    static Ending of(Status status, String detail) {
        return new Ending(status, detail, Optional.empty(), "");
    }

    /** Nothing where the build has ended already: the first ending stands. */
    Optional<Build> end(Build build, Instant now) {
        if (Statuses.isFinal(build.getStatus())) {
            return Optional.empty();
        }
        Build.Builder ended =
                build.toBuilder()
                        .setStatus(status)
                        .setStatusDetail(detail)
                        .setFinishTime(Times.of(now));
        ended.getStepsBuilderList().forEach(step -> step.setStatus(status));
        failure.ifPresent(
                type ->
                        ended.setFailureInfo(
                                FailureInfo.newBuilder().setType(type).setDetail(detail)));
        if (!digest.isEmpty()) {
            ended.setResults(
                    Results.newBuilder()
                            .addImages(
                                    BuiltImage.newBuilder()
                                            .setName(build.getImages(0))
                                            .setDigest(digest)));
        }
        return Optional.of(ended.build());
    }
}
