package dev.slipway.ledger;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What an operator wants of one stage. All times are the storage's.
 *
 * @param paused whether its workers, wherever they run, take up nothing
 * @param since when it was paused, or resumed; absent where neither was ever asked for
 * @param resumed when it was resumed last; deadlines count from there
 */
public record StagePause(boolean paused, @Nullable Instant since, @Nullable Instant resumed) {
    /** Of a stage that was never paused. */
    static final StagePause NEVER = new StagePause(false, null, null);
}
