package dev.slipway.contracts.manifest;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What calls a service. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, include = JsonTypeInfo.As.WRAPPER_OBJECT)
@JsonSubTypes({
    @JsonSubTypes.Type(value = Trigger.Http.class, name = "http"),
    @JsonSubTypes.Type(value = Trigger.Pubsub.class, name = "pubsub"),
    @JsonSubTypes.Type(value = Trigger.Storage.class, name = "storage")
})
public sealed interface Trigger {
    /** HTTP requests, for which nothing has to be made. */
    record Http() implements Trigger {}

    /** Events, which something has to send. */
    sealed interface OfEvents extends Trigger {
        /** Where on the service they are sent to; starts with a slash. */
        String path();

        /** After so many deliveries, 5 to 100, an event is put aside. */
        int maxDeliveryAttempts();

        /** The shortest pause before another delivery, 0 to 600 s. */
        Duration minimumBackoff();

        /** The longest pause before another delivery, 0 to 600 s, not below the shortest. */
        Duration maximumBackoff();
    }

    /**
     * Each message of a topic.
     *
     * @param topic its short name; null: one that is made for this trigger alone
     */
    record Pubsub(
            @Nullable String topic,
            String path,
            int maxDeliveryAttempts,
            Duration minimumBackoff,
            Duration maximumBackoff)
            implements OfEvents {}

    /** Each change of this kind in a bucket. */
    record Storage(
            String bucket,
            Change event,
            String path,
            int maxDeliveryAttempts,
            Duration minimumBackoff,
            Duration maximumBackoff)
            implements OfEvents {}

    /** What may happen to an object. */
    enum Change {
        /** A new generation of it is complete. */
        FINALIZED;

        /** As the manifest writes it. */
        @JsonValue
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
