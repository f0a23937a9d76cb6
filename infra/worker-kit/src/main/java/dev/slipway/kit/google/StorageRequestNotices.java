package dev.slipway.kit.google;

import dev.slipway.contracts.ObjectVersion;
import dev.slipway.kit.Message;
import dev.slipway.kit.RequestNotice;
import dev.slipway.kit.RequestNotices;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Optional;

/** Cloud Storage: notifications carry their facts in attributes. */
@Singleton
public class StorageRequestNotices implements RequestNotices {
    private static final String CREATED = "OBJECT_FINALIZE";

    @Override
    public Optional<RequestNotice> read(Message message) {
        Map<String, String> told = message.attributes();
        String event = told.get("eventType");
        try {
            long generation = Long.parseLong(told.getOrDefault("objectGeneration", ""));
            ObjectVersion version =
                    new ObjectVersion(
                            told.getOrDefault("bucketId", ""),
                            told.getOrDefault("objectId", ""),
                            generation);
            return Optional.ofNullable(event)
                    .map(what -> new RequestNotice(what.equals(CREATED), version));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }
}
