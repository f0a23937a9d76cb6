package dev.slipway.deploy.google;

import com.google.cloud.run.v2.Condition;
import dev.slipway.deploy.decide.RevisionSeen.Failure.Cause;
import java.util.Optional;

/** Cloud Run's reasons for a failed condition, by whose turn it is. */
final class FailureCauses {
    private FailureCauses() {}

    /** Empty where the condition names no reason that tells. */
    static Optional<Cause> of(Condition condition) {
        return switch (condition.getReasonsCase()) {
            case REASON -> common(condition.getReason());
            case REVISION_REASON -> ofRevision(condition.getRevisionReason());
            case EXECUTION_REASON, REASONS_NOT_SET -> Optional.empty();
        };
    }

    private static Optional<Cause> common(Condition.CommonReason reason) {
        return switch (reason) {
            case PROGRESS_DEADLINE_EXCEEDED -> Optional.of(Cause.CONTAINER);
            case CONTAINER_MISSING,
                    CONTAINER_PERMISSION_DENIED,
                    CONTAINER_IMAGE_UNAUTHORIZED,
                    CONTAINER_IMAGE_AUTHORIZATION_CHECK_FAILED,
                    ENCRYPTION_KEY_PERMISSION_DENIED,
                    ENCRYPTION_KEY_CHECK_FAILED,
                    SECRETS_ACCESS_CHECK_FAILED,
                    VPC_NETWORK_NOT_FOUND ->
                    Optional.of(Cause.PERMISSION);
            case INTERNAL, IMMEDIATE_RETRY, POSTPONED_RETRY, WAITING_FOR_OPERATION ->
                    Optional.of(Cause.PLATFORM);
            case REVISION_FAILED, UNKNOWN, COMMON_REASON_UNDEFINED, UNRECOGNIZED ->
                    Optional.empty();
        };
    }

    private static Optional<Cause> ofRevision(Condition.RevisionReason reason) {
        return switch (reason) {
            case HEALTH_CHECK_CONTAINER_ERROR, CUSTOMIZED_PATH_RESPONSE_PENDING ->
                    Optional.of(Cause.CONTAINER);
            case ACTIVE_REVISION_LIMIT_REACHED, MIN_INSTANCES_NOT_PROVISIONED, NO_DEPLOYMENT ->
                    Optional.of(Cause.PLATFORM);
            case PENDING,
                    RESERVE,
                    RETIRED,
                    RETIRING,
                    RECREATING,
                    HEALTH_CHECK_SKIPPED,
                    MIN_INSTANCES_WARMING,
                    REVISION_REASON_UNDEFINED,
                    UNRECOGNIZED ->
                    Optional.empty();
        };
    }
}
