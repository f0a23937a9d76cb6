package dev.slipway.build.decide;

import dev.slipway.ledger.Build;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A build as Cloud Build shows it.
 *
 * @param name Cloud Build: {@code projects/P/locations/L/builds/ID}
 * @param logUrl where people read its log
 * @param createTime by Cloud Build's clock
 * @param queueTtl how long it may wait to start; absent where Cloud Build does not say
 * @param timeout how long it may run; absent where Cloud Build does not say
 * @param images what it pushed, once it succeeded
 * @param failure why it failed, where Cloud Build says
 */
public record BuildSeen(
        String name,
        Status status,
        @Nullable String logUrl,
        Instant createTime,
        @Nullable Duration queueTtl,
        @Nullable Duration timeout,
        List<PushedImage> images,
        @Nullable Failure failure) {
    private static final Duration UNKNOWN_LIMITS = Duration.ofHours(1);

    /** Which of several builds of one attempt is the accepted one, the same for all who ask. */
    public static final Comparator<BuildSeen> ACCEPTED_FIRST =
            Comparator.<BuildSeen, Boolean>comparing(build -> build.status == Status.CANCELLED)
                    .thenComparing(BuildSeen::createTime)
                    .thenComparing(BuildSeen::name);

    /** Copies the images. */
    public BuildSeen {
        images = List.copyOf(images);
    }

    /** Cloud Build: status; what waits to start is QUEUED, whatever the cause. */
    public enum Status {
        QUEUED,
        WORKING,
        SUCCESS,
        FAILURE,
        INTERNAL_ERROR,
        TIMEOUT,
        CANCELLED,
        EXPIRED;

        /** Whether it changes no more. */
        public boolean isOver() {
            return switch (this) {
                case QUEUED, WORKING -> false;
                case SUCCESS, FAILURE, INTERNAL_ERROR, TIMEOUT, CANCELLED, EXPIRED -> true;
            };
        }
    }

    /**
     * Cloud Build: results.images.
     *
     * @param name as it was pushed, with or without a tag
     * @param digest {@code sha256:…}
     */
    public record PushedImage(String name, String digest) {}

    /** Cloud Build: failure_info. */
    public record Failure(Cause cause, String detail) {
        /** Whose fault it is, as far as Cloud Build can tell. */
        public enum Cause {
            /** A step ended with an error, or the cause is not told. */
            STEP,
            /** The builder's identity may not push. */
            PUSH_NOT_AUTHORIZED,
            /** Push, log or source: the platform's own part did not work. */
            PLATFORM
        }
    }

    /** What the record keeps of it. */
    public Build recorded() {
        return new Build(name, logUrl, createTime, createTime.plus(limits()));
    }

    private Duration limits() {
        return queueTtl == null || timeout == null ? UNKNOWN_LIMITS : queueTtl.plus(timeout);
    }

    /** The digest under which it pushed this image, if it did. */
    public Optional<String> digestOf(String imageUri) {
        return images.stream()
                .filter(
                        image ->
                                image.name().equals(imageUri)
                                        || image.name().startsWith(imageUri + ":"))
                .map(PushedImage::digest)
                .findFirst();
    }
}
