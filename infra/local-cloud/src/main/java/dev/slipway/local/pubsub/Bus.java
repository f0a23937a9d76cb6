package dev.slipway.local.pubsub;

import com.google.protobuf.util.Durations;
import com.google.protobuf.util.Timestamps;
import com.google.pubsub.v1.PubsubMessage;
import com.google.pubsub.v1.Subscription;
import com.google.pubsub.v1.SubscriptionName;
import com.google.pubsub.v1.Topic;
import dev.slipway.local.State;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The topics, the subscriptions and what runs between them. */
final class Bus implements DeadLetters {
    /** The topic of a subscription whose topic was deleted. */
    static final String DELETED_TOPIC = "_deleted-topic_";

    private static final Logger LOG = LoggerFactory.getLogger(Bus.class);
    private static final String SOURCE = "CloudPubSubDeadLetterSource";
    private static final long MICROS_PER_MILLI = 1000;

    private final State state;
    private final InstantSource clock;
    private final Executor later;
    private final Pushes pushes;
    private final Table<Topic> topics;
    private final Table<Subscription> subscriptions;
    private final Map<String, List<Feed>> attached = new ConcurrentHashMap<>();
    private final Map<String, Feed> feeds = new ConcurrentHashMap<>();
    private final AtomicLong sequences;
    private final AtomicLong leases;
    private final Traffic traffic = new Traffic();

    Bus(State state, InstantSource clock, Executor later, Pushes pushes) {
        this.state = state;
        this.clock = clock;
        this.later = later;
        this.pushes = pushes;
        this.leases = new AtomicLong(clock.millis() * MICROS_PER_MILLI);
        this.sequences = new AtomicLong(Messages.lastSequence(state));
        this.topics = new Table<>(state.map("pubsub.topics"), Topic.parser(), Topic::getName);
        this.subscriptions =
                new Table<>(
                        state.map("pubsub.subscriptions"),
                        Subscription.parser(),
                        Subscription::getName);
        topics.all().forEach(topic -> attached.put(topic.getName(), newList()));
        subscriptions.all().forEach(this::start);
    }

    private static List<Feed> newList() {
        return new CopyOnWriteArrayList<>();
    }

    Table<Topic> topics() {
        return topics;
    }

    Table<Subscription> subscriptions() {
        return subscriptions;
    }

    /** Throws ALREADY_EXISTS where there is one of this name. */
    synchronized Topic create(Topic topic) {
        if (topics.find(topic.getName()) != null) {
            throw Refusal.exists(topic.getName());
        }
        topics.put(topic);
        attached.put(topic.getName(), newList());
        return topic;
    }

    /** Throws NOT_FOUND where there is none of this name, and what the change throws. */
    synchronized Topic updateTopic(String name, UnaryOperator<Topic> change) {
        Topic changed = change.apply(topics.get(name));
        topics.put(changed);
        attached.getOrDefault(name, List.of())
                .forEach(feed -> feed.update(feed.subscription(), retention(name)));
        return changed;
    }

    /** Deletes a topic; its subscriptions keep what they have. */
    synchronized void deleteTopic(String name) {
        topics.get(name);
        topics.remove(name);
        List<Feed> orphans = attached.remove(name);
        for (Feed feed : orphans == null ? List.<Feed>of() : orphans) {
            Subscription orphan =
                    feed.subscription().toBuilder()
                            .setTopic(DELETED_TOPIC)
                            .clearTopicMessageRetentionDuration()
                            .build();
            subscriptions.put(orphan);
            feed.update(orphan, Duration.ZERO);
        }
    }

    /** Throws ALREADY_EXISTS, or NOT_FOUND where its topic does not exist. */
    synchronized Subscription create(Subscription subscription) {
        if (feeds.containsKey(subscription.getName())) {
            throw Refusal.exists(subscription.getName());
        }
        topics.get(subscription.getTopic());
        new Messages(state, subscription.getName()).clear();
        subscriptions.put(subscription);
        start(subscription);
        return shown(subscription);
    }

    /** Throws NOT_FOUND where there is none of this name, and what the change throws. */
    synchronized Subscription updateSubscription(String name, UnaryOperator<Subscription> change) {
        Feed feed = feed(name);
        Subscription changed = change.apply(feed.subscription());
        subscriptions.put(changed);
        feed.update(changed, retention(changed.getTopic()));
        pushes.follow(feed);
        return shown(changed);
    }

    synchronized void deleteSubscription(String name) {
        stop(feed(name), Refusal.missing(name));
        subscriptions.remove(name);
        feeds.remove(name);
    }

    /** Cuts a subscription off from its topic, and drops what it has. */
    synchronized void detach(String name) {
        updateSubscription(name, was -> was.toBuilder().setDetached(true).build());
        stop(feed(name), Refusal.detached(name));
    }

    private void start(Subscription subscription) {
        String name = subscription.getName();
        Feed feed = new Feed(subscription, new Messages(state, name), clock, leases, this, traffic);
        feed.update(subscription, retention(subscription.getTopic()));
        feeds.put(name, feed);
        if (subscription.getDetached()) {
            feed.end(Refusal.detached(name));
        } else {
            attached.getOrDefault(subscription.getTopic(), newList()).add(feed);
            pushes.follow(feed);
        }
    }

    private void stop(Feed feed, StatusRuntimeException why) {
        pushes.forget(feed);
        attached.getOrDefault(feed.subscription().getTopic(), newList()).remove(feed);
        feed.end(why);
    }

    private Duration retention(String topic) {
        Topic found = topics.find(topic);
        return found == null
                ? Duration.ZERO
                : Duration.ofMillis(Durations.toMillis(found.getMessageRetentionDuration()));
    }

    /** A subscription as it is answered: with what its topic gives it. */
    Subscription shown(Subscription subscription) {
        Topic topic = topics.find(subscription.getTopic());
        return topic == null || !topic.hasMessageRetentionDuration()
                ? subscription
                : subscription.toBuilder()
                        .setTopicMessageRetentionDuration(topic.getMessageRetentionDuration())
                        .build();
    }

    /** Throws NOT_FOUND where there is no such subscription. */
    Feed feed(String subscription) {
        Feed feed = feeds.get(subscription);
        if (feed == null) {
            throw Refusal.missing(subscription);
        }
        return feed;
    }

    /** The names of the subscriptions that get what the topic gets. */
    List<String> attachedTo(String topic) {
        return attached.getOrDefault(topic, List.of()).stream()
                .map(feed -> feed.subscription().getName())
                .sorted()
                .toList();
    }

    /**
     * Gives the messages their ids and time and hands them to every subscription.
     *
     * @throws StatusRuntimeException NOT_FOUND where the topic does not exist
     */
    List<String> publish(String topic, List<PubsubMessage> messages) {
        List<Feed> to = attached.get(topic);
        if (to == null) {
            throw Refusal.missing(topic);
        }
        long now = clock.millis();
        List<Published> published =
                messages.stream().map(message -> published(message, now)).toList();
        traffic.published(topic, published.size());
        to.forEach(feed -> feed.offer(published));
        return published.stream().map(one -> one.message().getMessageId()).toList();
    }

    private Published published(PubsubMessage message, long now) {
        long sequence = sequences.updateAndGet(last -> Math.max(last + 1, now * MICROS_PER_MILLI));
        return Published.of(
                sequence,
                message.toBuilder()
                        .setMessageId(Long.toString(sequence))
                        .setPublishTime(Timestamps.fromMillis(now))
                        .build());
    }

    @Override
    public void later(Runnable action) {
        later.execute(action);
    }

    @Override
    public boolean forward(Subscription from, PubsubMessage message, int deliveries) {
        SubscriptionName name = SubscriptionName.parse(from.getName());
        String topic = from.getDeadLetterPolicy().getDeadLetterTopic();
        PubsubMessage dead =
                message.toBuilder()
                        .putAttributes(SOURCE + "DeliveryCount", Integer.toString(deliveries))
                        .putAttributes(SOURCE + "Subscription", name.getSubscription())
                        .putAttributes(SOURCE + "SubscriptionProject", name.getProject())
                        .putAttributes(
                                SOURCE + "TopicPublishTime",
                                Timestamps.toString(message.getPublishTime()))
                        .build();
        if (!attached.containsKey(topic)) {
            LOG.warn("{}: the dead-letter topic {} does not exist", from.getName(), topic);
            return false;
        }
        publish(topic, List.of(dead));
        return true;
    }

    /** How many messages went which way. */
    Traffic traffic() {
        return traffic;
    }

    /** Does what is due by the clock. */
    void tick() {
        for (Map.Entry<String, Feed> feed : feeds.entrySet()) {
            feed.getValue().tick();
            if (feed.getValue().expired()) {
                deleteSubscription(feed.getKey());
            }
        }
    }
}
