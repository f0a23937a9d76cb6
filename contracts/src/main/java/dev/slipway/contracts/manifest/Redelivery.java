package dev.slipway.contracts.manifest;

import java.time.Duration;
import java.util.Optional;

/** How often and when an event is delivered again (Pub/Sub: RetryPolicy, DeadLetterPolicy). */
record Redelivery(int maxDeliveryAttempts, Duration minimumBackoff, Duration maximumBackoff) {
    private static final int ATTEMPTS = 20;

    /** What Eventarc itself sets. */
    private static final Duration SHORTEST = Duration.ofSeconds(10);

    private static final Duration LONGEST = Duration.ofMinutes(10);

    static Redelivery of(Given trigger, Option schema) {
        Duration longest = backoff(trigger, "maximumBackoff", schema, LONGEST);
        Duration otherwise = longest.compareTo(SHORTEST) < 0 ? longest : SHORTEST;
        Duration shortest = backoff(trigger, "minimumBackoff", schema, otherwise);
        if (shortest.compareTo(longest) > 0) {
            trigger.unfit(
                    "minimumBackoff",
                    "is "
                            + shortest.toSeconds()
                            + "s with maximumBackoff "
                            + longest.toSeconds()
                            + "s; it cannot be longer");
        }
        return new Redelivery(trigger.number("maxDeliveryAttempts", ATTEMPTS), shortest, longest);
    }

    private static Duration backoff(Given trigger, String name, Option schema, Duration otherwise) {
        if (!trigger.has(name)) {
            return otherwise;
        }
        Optional<Duration> pause =
                Seconds.parse(trigger.text(name, "")).filter(time -> time.compareTo(LONGEST) <= 0);
        if (pause.isEmpty()) {
            trigger.refuse(name, schema.field(name).allowed());
        }
        return pause.orElse(otherwise);
    }
}
