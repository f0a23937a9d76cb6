package dev.slipway.deploy.decide;

import dev.slipway.contracts.Digest;
import dev.slipway.contracts.ServiceKey;
import dev.slipway.contracts.manifest.Manifest;
import dev.slipway.contracts.manifest.Trigger;
import dev.slipway.contracts.manifest.Trigger.OfEvents;
import dev.slipway.contracts.manifest.Trigger.Pubsub;
import dev.slipway.contracts.manifest.Trigger.Storage;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A trigger that is decided. Its id tells everything about it, so one that is changed is another
 * one, and none is ever updated: that is the one call that Eventarc has no precondition for.
 *
 * @param id Eventarc's trigger_id, at most 63 of a-z, 0-9 and -
 */
public record TriggerPlan(String id, ServiceKey service, OfEvents trigger) {
    private static final String FORM = "slipway-trigger-1";
    private static final int INSTALLATION_LETTERS = 15;
    private static final int SERVICE_LETTERS = 25;
    private static final int HASH_LETTERS = 20;

    /** Those that a manifest asks for, of this service. */
    public static List<TriggerPlan> of(String installation, ServiceKey service, Manifest manifest) {
        return manifest.eventTriggers().stream()
                .map(trigger -> of(installation, service, trigger))
                .toList();
    }

    private static TriggerPlan of(String installation, ServiceKey service, OfEvents trigger) {
        String id =
                start(installation, INSTALLATION_LETTERS)
                        + "-"
                        + start(service.service().value(), SERVICE_LETTERS)
                        + "-"
                        + hash(installation, service, trigger);
        return new TriggerPlan(id, service, trigger);
    }

    private static String start(String name, int most) {
        return name.length() <= most ? name : name.substring(0, most);
    }

    private static String hash(String installation, ServiceKey service, OfEvents trigger) {
        String everything =
                List.of(
                                FORM,
                                installation,
                                service.region(),
                                service.service().value(),
                                source(trigger),
                                trigger.path(),
                                Integer.toString(trigger.maxDeliveryAttempts()),
                                trigger.minimumBackoff().toString(),
                                trigger.maximumBackoff().toString())
                        .stream()
                        .collect(Collectors.joining("\n"));
        return Digest.of(everything).hex().substring(0, HASH_LETTERS);
    }

    private static String source(OfEvents trigger) {
        return switch (trigger) {
            case Pubsub pubsub -> "pubsub " + (pubsub.topic() == null ? "" : pubsub.topic());
            case Storage storage -> "storage " + storage.event().text() + " " + storage.bucket();
        };
    }

    /** Whether it listens to something that has to be there before. */
    public boolean namesTarget() {
        return switch (trigger) {
            case Pubsub pubsub -> pubsub.topic() != null;
            case Storage _ -> true;
        };
    }

    /** The field of the manifest that names what is listened to. */
    String field() {
        return switch (trigger) {
            case Pubsub _ -> "triggers.pubsub.topic";
            case Storage _ -> "triggers.storage.bucket";
        };
    }

    /** What it listens to, for people. */
    public String words() {
        return words(trigger);
    }

    private static String words(Trigger.OfEvents trigger) {
        return switch (trigger) {
            case Pubsub pubsub ->
                    pubsub.topic() == null
                            ? "a topic of its own"
                            : "the topic '" + pubsub.topic() + "'";
            case Storage storage ->
                    "objects "
                            + storage.event().text()
                            + " in the bucket '"
                            + storage.bucket()
                            + "'";
        };
    }

    /** How its subscription is to deliver. */
    public Delivery delivery() {
        return new Delivery(
                trigger.maxDeliveryAttempts(),
                trigger.minimumBackoff(),
                trigger.maximumBackoff(),
                true);
    }
}
