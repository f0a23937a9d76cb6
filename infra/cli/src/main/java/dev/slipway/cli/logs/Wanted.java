package dev.slipway.cli.logs;

import dev.slipway.cli.installation.Cloud;
import dev.slipway.ledger.Pause;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What of logs is wanted.
 *
 * @param follow whether to go on with what is written later
 * @param limit how many lines of what is there
 * @param since at Google: only later entries; null for all
 */
public record Wanted(Cloud cloud, boolean follow, int limit, @Nullable Instant since, Pause pause) {
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(400);
    private static final Duration BETWEEN_LOOKS_AT_GOOGLE = Duration.ofSeconds(3);

    /** Where lines go. */
    @FunctionalInterface
    public interface Output {
        /** Shows lines of one revision or build; there may be none. */
        void show(String of, Iterable<String> lines);
    }

    void waitForMore() {
        pause.pause(
                switch (cloud) {
                    case Cloud.Local _ -> BETWEEN_LOOKS;
                    case Cloud.Google _ -> BETWEEN_LOOKS_AT_GOOGLE;
                });
    }
}
