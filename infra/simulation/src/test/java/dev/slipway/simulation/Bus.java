package dev.slipway.simulation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Pub/Sub: at least once, in no order, again after the deadline or a nack, aside after 100
 * deliveries.
 */
final class Bus {
    private static final int MOST_DELIVERIES = 100;
    private static final int MOST_REFUSALS = 1;
    private static final long LONGEST_BACKOFF = 600_000;

    /** Who takes messages of a subscription. */
    interface Consumer {
        /** A process that lives, if one does. */
        @Nullable Worker anyOf(String subscription);
    }

    private final Scheduler scheduler;
    private final Chance chance;
    private final Conditions conditions;
    private final Timeline timeline;
    private final Consumer consumer;
    private final Map<String, List<String>> subscriptions = new HashMap<>();
    private final Set<Letter> open = new LinkedHashSet<>();
    private final List<Letter> dead = new ArrayList<>();
    private final Function<Letter, @Nullable String> tooEarly;
    private final LongSupplier faultsSoFar;

    /**
     * A bus without topics.
     *
     * @param tooEarly why a message may not be acknowledged yet; null where it may
     * @param faultsSoFar how many calls have failed
     */
    Bus(
            Scheduler scheduler,
            Chance chance,
            Conditions conditions,
            Timeline timeline,
            Consumer consumer,
            Function<Letter, @Nullable String> tooEarly,
            LongSupplier faultsSoFar) {
        this.scheduler = scheduler;
        this.chance = chance;
        this.conditions = conditions;
        this.timeline = timeline;
        this.consumer = consumer;
        this.tooEarly = tooEarly;
        this.faultsSoFar = faultsSoFar;
    }

    void subscribe(String topic, String subscription) {
        subscriptions.computeIfAbsent(topic, _ -> new ArrayList<>()).add(subscription);
    }

    /** What a producer sends whose messages get lost at times. */
    void publishUnreliably(String topic, Object content, double lost) {
        if (chance.hits(lost)) {
            timeline.note(() -> "lost: " + topic + " " + content);
        } else {
            publish(topic, content);
        }
    }

    void publish(String topic, Object content) {
        for (String subscription : subscriptions.getOrDefault(topic, List.of())) {
            send(new Letter(subscription, content));
            if (chance.hits(conditions.likely(Trouble.DUPLICATES))) {
                send(new Letter(subscription, content));
            }
        }
    }

    private void send(Letter letter) {
        open.add(letter);
        long delay =
                chance.hits(conditions.likely(Trouble.DELAYS))
                        ? chance.skewed(100, 200_000)
                        : chance.skewed(1, 50);
        scheduler.after(delay, () -> deliver(letter));
    }

    /** All that waits is gone. */
    void wipe() {
        timeline.note(() -> "the bus is wiped: " + open);
        open.forEach(letter -> letter.acknowledged = true);
        open.clear();
    }

    boolean isIdle() {
        return open.isEmpty();
    }

    List<Letter> dead() {
        return List.copyOf(dead);
    }

    private void deliver(Letter letter) {
        if (letter.acknowledged) {
            return;
        }
        Worker worker = consumer.anyOf(letter.subscription);
        if (worker == null) {
            scheduler.after(1_000, () -> deliver(letter));
            return;
        }
        if (++letter.deliveries > MOST_DELIVERIES) {
            putAside(letter);
            return;
        }
        Delivery delivery = new Delivery(letter, worker);
        scheduler.spawn(worker.process(), delivery::handle);
        scheduler.after(Doors.ACK_DEADLINE, delivery::lookAfter);
    }

    private void putAside(Letter letter) {
        dead.add(letter);
        forget(letter);
    }

    private void forget(Letter letter) {
        letter.acknowledged = true;
        open.remove(letter);
    }

    /** One time that a message is in hand; its lease is extended while its process runs. */
    private final class Delivery {
        private final Letter letter;
        private final Worker worker;
        private boolean handling;
        private boolean over;

        Delivery(Letter letter, Worker worker) {
            this.letter = letter;
            this.worker = worker;
        }

        void handle() {
            handling = true;
            long faults = faultsSoFar.getAsLong();
            boolean done = worker.handle(letter);
            handling = false;
            if (done && worker.acknowledges(letter)) {
                acknowledge();
            } else if (done) {
                timeline.note(() -> "acknowledgement lost: " + letter);
            } else {
                refused(faults == faultsSoFar.getAsLong());
                again(backoff());
            }
        }

        /** Waiting is never a nack: it would put the message aside in the end. */
        private void refused(boolean withoutFault) {
            if (withoutFault && ++letter.refusals > MOST_REFUSALS) {
                throw new Violation(
                        "dead letters", letter + " is refused again and again, and no call failed");
            }
        }

        private void acknowledge() {
            over = true;
            String early = letter.acknowledged ? null : tooEarly.apply(letter);
            if (early != null) {
                throw new Violation("I8", letter + " is acknowledged while " + early);
            }
            forget(letter);
        }

        private void again(long delay) {
            over = true;
            scheduler.after(delay, () -> deliver(letter));
        }

        private long backoff() {
            return Math.min(LONGEST_BACKOFF, 10_000L << Math.min(letter.deliveries, 6));
        }

        /** Whoever holds it may be dead, or frozen and then go on with it all the same. */
        void lookAfter() {
            if (over || letter.acknowledged) {
                return;
            }
            boolean runs =
                    worker.process().isAlive() && worker.process().frozenUntil() <= scheduler.now();
            if (runs && handling) {
                scheduler.after(Doors.ACK_DEADLINE, this::lookAfter);
            } else {
                again(0);
            }
        }
    }
}
