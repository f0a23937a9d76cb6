package dev.slipway.ledger.google;

import com.google.api.gax.retrying.ResultRetryAlgorithm;
import com.google.api.gax.retrying.TimedAttemptSettings;
import com.google.cloud.storage.StorageRetryStrategy;
import java.io.Serial;
import org.jspecify.annotations.Nullable;

/**
 * When Google's client tries again by itself: as usual, but not where Cloud Storage says for how
 * long it wants to be left alone. The client would not listen; who called it does.
 */
public final class UnlessAskedToPause implements StorageRetryStrategy {
    @Serial private static final long serialVersionUID = 1;

    @Override
    public ResultRetryAlgorithm<?> getIdempotentHandler() {
        return new Unless<>(
                StorageRetryStrategy.getDefaultStorageRetryStrategy().getIdempotentHandler());
    }

    @Override
    public ResultRetryAlgorithm<?> getNonidempotentHandler() {
        return new Unless<>(
                StorageRetryStrategy.getDefaultStorageRetryStrategy().getNonidempotentHandler());
    }

    private record Unless<T>(ResultRetryAlgorithm<T> usual) implements ResultRetryAlgorithm<T> {
        @Override
        public @Nullable TimedAttemptSettings createNextAttempt(
                Throwable failure, T answer, TimedAttemptSettings before) {
            return usual.createNextAttempt(failure, answer, before);
        }

        @Override
        public boolean shouldRetry(@Nullable Throwable failure, T answer) {
            return (failure == null || AskedPause.in(failure).isZero())
                    && usual.shouldRetry(failure, answer);
        }
    }
}
