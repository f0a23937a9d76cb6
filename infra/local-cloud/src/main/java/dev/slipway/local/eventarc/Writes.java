package dev.slipway.local.eventarc;

import com.google.cloud.eventarc.v1.Trigger;
import com.google.cloud.eventarc.v1.UpdateTriggerRequest;
import com.google.protobuf.Timestamp;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;

/** Creates, changes and deletes triggers, one write at a time. */
final class Writes {
    private static final int MOST_IN_A_LOCATION = 500;

    private final Triggers triggers;
    private final TriggerRules rules;
    private final Plumbing plumbing;
    private final InstantSource clock;

    Writes(Triggers triggers, TriggerRules rules, Plumbing plumbing, InstantSource clock) {
        this.triggers = triggers;
        this.rules = rules;
        this.plumbing = plumbing;
        this.clock = clock;
    }

    synchronized Trigger create(TriggerName name, Trigger wanted, boolean validateOnly) {
        if (triggers.find(name.full()).isPresent()) {
            throw Status.ALREADY_EXISTS
                    .withDescription("Resource '" + name.full() + "' already exists")
                    .asRuntimeException();
        }
        rules.check(name, wanted);
        if (triggers.count(name.prefix()) >= MOST_IN_A_LOCATION) {
            throw Status.RESOURCE_EXHAUSTED
                    .withDescription(
                            "Quota exceeded: %d triggers are in %s, which is the most"
                                    .formatted(MOST_IN_A_LOCATION, name.location()))
                    .asRuntimeException();
        }
        Trigger trigger = fresh(name, wanted);
        if (!validateOnly) {
            make(name, trigger, wanted.getTransport().getPubsub().getTopic().isEmpty());
        }
        return trigger;
    }

    private Trigger fresh(TriggerName name, Trigger wanted) {
        return Trigger.newBuilder()
                .setName(name.full())
                .setUid(UUID.randomUUID().toString())
                .setCreateTime(now())
                .setUpdateTime(now())
                .addAllEventFilters(wanted.getEventFiltersList())
                .setServiceAccount(wanted.getServiceAccount())
                .setDestination(wanted.getDestination())
                .setTransport(plumbing.plan(name, wanted))
                .putAllLabels(wanted.getLabelsMap())
                .setEventDataContentType("application/json")
                .setEtag(etag())
                .build();
    }

    private void make(TriggerName name, Trigger trigger, boolean ownTopic) {
        plumbing.connect(name, trigger, ownTopic);
        triggers.put(trigger, new Made(ownTopic, "", ""));
        try {
            triggers.put(trigger, plumbing.tell(trigger, ownTopic));
        } catch (RuntimeException e) {
            plumbing.disconnect(trigger, new Made(ownTopic, "", ""));
            triggers.remove(trigger);
            throw e;
        }
    }

    synchronized Trigger update(TriggerName name, UpdateTriggerRequest request) {
        Trigger was = triggers.find(name.full()).orElseThrow(() -> missing(name));
        Trigger changed = Changes.merge(was, request.getTrigger(), request.getUpdateMask());
        if (changed.equals(was)) {
            return was;
        }
        rules.check(name, Changes.asAsked(changed));
        Trigger next = changed.toBuilder().setUpdateTime(now()).setEtag(etag()).build();
        if (!request.getValidateOnly()) {
            replace(was, next);
        }
        return next;
    }

    private void replace(Trigger was, Trigger next) {
        Made made = triggers.made(was);
        if (EventKind.of(was).equals(EventKind.of(next))) {
            triggers.put(next, made);
        } else {
            triggers.put(next, plumbing.tell(next, made.topic()));
            plumbing.silence(made);
        }
        plumbing.redirect(next);
    }

    /** The trigger that was there; empty where none was, and that is allowed. */
    synchronized Optional<Trigger> delete(
            TriggerName name, String etag, boolean allowMissing, boolean validateOnly) {
        Optional<Trigger> found = triggers.find(name.full());
        if (found.isEmpty() && !allowMissing) {
            throw missing(name);
        }
        if (found.isPresent() && !etag.isEmpty() && !etag.equals(found.get().getEtag())) {
            throw Status.ABORTED
                    .withDescription(
                            "The etag of %s is %s, not %s; read it again"
                                    .formatted(name.full(), found.get().getEtag(), etag))
                    .asRuntimeException();
        }
        if (!validateOnly) {
            found.ifPresent(
                    trigger -> {
                        plumbing.disconnect(trigger, triggers.made(trigger));
                        triggers.remove(trigger);
                    });
        }
        return found;
    }

    /** Where services answer at another port than before, their triggers go there. */
    synchronized void redirectAll() {
        triggers.all().forEach(plumbing::redirect);
    }

    static StatusRuntimeException missing(TriggerName name) {
        return Status.NOT_FOUND
                .withDescription("Resource '" + name.full() + "' was not found")
                .asRuntimeException();
    }

    private static String etag() {
        return "\"" + UUID.randomUUID() + "\"";
    }

    private Timestamp now() {
        Instant now = clock.instant();
        return Timestamp.newBuilder()
                .setSeconds(now.getEpochSecond())
                .setNanos(now.getNano())
                .build();
    }
}
