package dev.slipway.deploy.gateway;

import dev.slipway.contracts.ServiceKey;
import dev.slipway.contracts.manifest.Trigger.Pubsub;
import dev.slipway.contracts.manifest.Trigger.Storage;
import dev.slipway.deploy.decide.Delivery;
import dev.slipway.deploy.decide.TargetSeen;
import dev.slipway.deploy.decide.TriggerPlan;
import dev.slipway.deploy.decide.TriggerSeen;
import dev.slipway.kit.FailureKind;
import dev.slipway.kit.GatewayException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The model of Eventarc: a trigger is there at once, its subscription some reads later, and that
 * delivers as Eventarc lets it until somebody says otherwise.
 */
public final class InMemoryTriggers implements Triggers {
    private static final Delivery EVENTARCS_OWN =
            new Delivery(0, Duration.ofSeconds(10), Duration.ofMinutes(10), false);

    private static final class Standing {
        private final TriggerPlan plan;
        private final String location;
        private @Nullable Delivery delivery;
        private @Nullable String failure;
        private int readsLeft;

        Standing(TriggerPlan plan, String location, int readsLeft) {
            this.plan = plan;
            this.location = location;
            this.readsLeft = readsLeft;
        }
    }

    private final Map<String, Standing> triggers = new LinkedHashMap<>();
    private final Set<String> topics = new HashSet<>();
    private final Map<String, String> buckets = new HashMap<>();
    private final List<FailureKind> refusals = new ArrayList<>();
    private final List<String> history = new ArrayList<>();
    private @Nullable FailureKind unreadable;
    private int settlesAfter = 1;
    private int lostAnswers;
    private int asked;

    /** There is a topic of this name. */
    public void addTopic(String name) {
        topics.add(name);
    }

    /** There is a bucket of this name. */
    public void addBucket(String name, String location) {
        buckets.put(name, location);
    }

    /** How many reads after its creation a trigger has no subscription. */
    public void settleAfter(int reads) {
        settlesAfter = reads;
    }

    /** The next so many writes are refused in this way. */
    public void refuse(FailureKind kind, int times) {
        for (int time = 0; time < times; time++) {
            refusals.add(kind);
        }
    }

    /** No write is refused any more. */
    public void accept() {
        refusals.clear();
    }

    /** The next so many writes are accepted, but their answers are lost. */
    public void loseAnswers(int times) {
        lostAnswers = times;
    }

    /** Reading fails in this way from now on, until {@code null}. */
    public void makeUnreadable(@Nullable FailureKind kind) {
        unreadable = kind;
    }

    /** A trigger does not work any more. */
    public void fail(String id, String why) {
        Objects.requireNonNull(triggers.get(id)).failure = why;
    }

    /** The ids of all triggers of the service. */
    public Set<String> idsOf(ServiceKey service) {
        Set<String> ids = new HashSet<>();
        triggers.values().stream()
                .filter(trigger -> trigger.plan.service().equals(service))
                .forEach(trigger -> ids.add(trigger.plan.id()));
        return ids;
    }

    /** Every change, as {@code + words} or {@code - words}. */
    public List<String> history() {
        return List.copyOf(history);
    }

    /** How often anything was asked here. */
    public int asked() {
        return asked;
    }

    @Override
    public List<TriggerSeen> of(ServiceKey service) {
        refuseReading("read the triggers of " + service);
        return triggers.values().stream()
                .filter(trigger -> trigger.plan.service().equals(service))
                .map(InMemoryTriggers::settled)
                .toList();
    }

    private static TriggerSeen settled(Standing trigger) {
        if (trigger.delivery == null && trigger.readsLeft-- <= 0) {
            trigger.delivery = EVENTARCS_OWN;
        }
        return seen(trigger, trigger.delivery);
    }

    private static TriggerSeen seen(Standing trigger, @Nullable Delivery delivery) {
        return new TriggerSeen(
                trigger.plan.id(),
                trigger.location,
                trigger.plan.service(),
                trigger.failure,
                delivery);
    }

    @Override
    public List<TriggerSeen> all() {
        refuseReading("list the triggers");
        return triggers.values().stream().map(trigger -> seen(trigger, null)).toList();
    }

    private void refuseReading(String tried) {
        asked++;
        if (unreadable != null) {
            throw failure(unreadable, tried);
        }
    }

    @Override
    public TargetSeen target(TriggerPlan plan) {
        refuseReading("read " + plan.words());
        return switch (plan.trigger()) {
            case Pubsub pubsub ->
                    new TargetSeen(
                            plan, pubsub.topic() == null || topics.contains(pubsub.topic()), null);
            case Storage storage ->
                    new TargetSeen(
                            plan,
                            buckets.containsKey(storage.bucket()),
                            buckets.get(storage.bucket()));
        };
    }

    @Override
    public void create(TriggerPlan plan) {
        String tried = "create the trigger " + plan.id();
        refuseIfTold(tried);
        if (triggers.containsKey(plan.id())) {
            throw failure(FailureKind.ALREADY_EXISTS, tried);
        }
        if (!target(plan).there()) {
            throw failure(FailureKind.NOT_FOUND, tried);
        }
        String location =
                plan.trigger() instanceof Storage storage
                        ? buckets.getOrDefault(storage.bucket(), "")
                        : plan.service().region();
        triggers.put(plan.id(), new Standing(plan, location, settlesAfter));
        history.add("+ " + plan.words());
        loseAnswerIfTold(tried);
    }

    @Override
    public void adjust(TriggerPlan plan, TriggerSeen trigger) {
        String tried = "let the trigger " + trigger.id() + " deliver as wanted";
        refuseIfTold(tried);
        Standing standing = triggers.get(trigger.id());
        if (standing == null || standing.delivery == null) {
            throw failure(FailureKind.NOT_FOUND, tried);
        }
        standing.delivery = plan.delivery();
        loseAnswerIfTold(tried);
    }

    @Override
    public void delete(TriggerSeen trigger) {
        String tried = "delete the trigger " + trigger.id();
        refuseIfTold(tried);
        Standing gone = triggers.remove(trigger.id());
        if (gone != null) {
            history.add("- " + gone.plan.words());
        }
        loseAnswerIfTold(tried);
    }

    private void refuseIfTold(String tried) {
        asked++;
        if (!refusals.isEmpty()) {
            throw failure(refusals.removeFirst(), tried);
        }
    }

    private void loseAnswerIfTold(String tried) {
        if (lostAnswers > 0) {
            lostAnswers--;
            throw failure(FailureKind.TRANSIENT, tried);
        }
    }

    private static GatewayException failure(FailureKind kind, String tried) {
        return new GatewayException(kind, tried, "the answer was " + kind, null);
    }
}
