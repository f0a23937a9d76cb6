package dev.slipway.local.pubsub;

import com.google.pubsub.v1.StreamingPullRequest;

/** What a StreamingPull request may hold. */
final class StreamRequests {
    private static final int LEAST_DEADLINE_SECONDS = 10;
    private static final int MOST_DEADLINE_SECONDS = 600;

    private StreamRequests() {}

    /** Throws INVALID_ARGUMENT where a stream cannot start like this. */
    static void checkFirst(StreamingPullRequest request) {
        if (request.getSubscription().isEmpty()) {
            throw Refusal.invalid("The first request of a stream must name the subscription.");
        }
        checkDeadline(request.getStreamAckDeadlineSeconds());
        checkModified(request);
    }

    /** Throws INVALID_ARGUMENT where a stream cannot go on like this. */
    static void checkFollowing(StreamingPullRequest request) {
        if (!request.getSubscription().isEmpty()
                || request.getMaxOutstandingMessages() != 0
                || request.getMaxOutstandingBytes() != 0
                || request.getProtocolVersion() != 0) {
            throw Refusal.invalid(
                    "subscription, max_outstanding_messages, max_outstanding_bytes and"
                            + " protocol_version may be set on the first request of a stream"
                            + " only.");
        }
        if (request.getStreamAckDeadlineSeconds() != 0) {
            checkDeadline(request.getStreamAckDeadlineSeconds());
        }
        checkModified(request);
    }

    private static void checkDeadline(int seconds) {
        if (seconds < LEAST_DEADLINE_SECONDS || seconds > MOST_DEADLINE_SECONDS) {
            throw Refusal.outOfRange(
                    "stream_ack_deadline_seconds",
                    seconds,
                    LEAST_DEADLINE_SECONDS,
                    MOST_DEADLINE_SECONDS);
        }
    }

    private static void checkModified(StreamingPullRequest request) {
        if (request.getModifyDeadlineAckIdsCount() != request.getModifyDeadlineSecondsCount()) {
            throw Refusal.invalid(
                    "modify_deadline_ack_ids has %d elements, modify_deadline_seconds %d; they"
                            + " must be as many.",
                    request.getModifyDeadlineAckIdsCount(),
                    request.getModifyDeadlineSecondsCount());
        }
        request.getModifyDeadlineSecondsList().forEach(StreamRequests::checkModified);
    }

    /** Throws INVALID_ARGUMENT unless a lease may be moved by so much. */
    static void checkModified(int seconds) {
        if (seconds < 0 || seconds > MOST_DEADLINE_SECONDS) {
            throw Refusal.outOfRange("ack_deadline_seconds", seconds, 0, MOST_DEADLINE_SECONDS);
        }
    }
}
