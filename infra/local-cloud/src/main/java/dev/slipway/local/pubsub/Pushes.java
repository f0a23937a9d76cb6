package dev.slipway.local.pubsub;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;

/** The subscriptions that push, each while its settings say so. */
final class Pushes {
    private final Courier courier;
    private final ScheduledExecutorService scheduler;
    private final Map<Feed, Push> running = new ConcurrentHashMap<>();

    Pushes(Courier courier, ScheduledExecutorService scheduler) {
        this.courier = courier;
        this.scheduler = scheduler;
    }

    /** Lets a feed push, or no longer, as its subscription now says. */
    void follow(Feed feed) {
        Push push = running.get(feed);
        boolean wanted =
                PushRules.pushes(feed.subscription()) && !feed.subscription().getDetached();
        if (wanted && push == null) {
            feed.turnAway(Refusal.pushed());
            Push next = new Push(feed, courier, scheduler);
            running.put(feed, next);
            feed.join(next);
        } else if (!wanted && push != null) {
            forget(feed);
        }
    }

    /** What is on its way still counts when it is answered. */
    void forget(Feed feed) {
        Push push = running.remove(feed);
        if (push != null) {
            push.stop();
            feed.leave(push);
        }
    }

    /** Lets everything that waits go: from now on endpoints are called. */
    void start() {
        courier.start();
        running.keySet().forEach(Feed::resume);
    }
}
