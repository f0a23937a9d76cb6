package dev.slipway.endtoend;

import com.google.cloud.pubsub.v1.SubscriptionAdminClient;
import com.google.protobuf.Timestamp;
import com.google.pubsub.v1.SeekRequest;
import com.google.pubsub.v1.Subscription;
import com.google.pubsub.v1.SubscriptionName;
import dev.slipway.contracts.Topology;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Takes everything away that waits in the chain's subscriptions. */
final class WipedBus {
    private static final long CENTURY_SECONDS = 100L * 365 * 24 * 60 * 60;

    private final Cloud cloud;

    WipedBus(Cloud cloud) {
        this.cloud = cloud;
    }

    /** Calls all that was published so far acknowledged. */
    void seekBeyondEverything() throws IOException {
        long future = System.currentTimeMillis() / 1000 + CENTURY_SECONDS;
        try (SubscriptionAdminClient client = cloud.subscriptions()) {
            for (String name : names()) {
                client.seek(
                        SeekRequest.newBuilder()
                                .setSubscription(name)
                                .setTime(Timestamp.newBuilder().setSeconds(future))
                                .build());
            }
        }
    }

    /** Deletes the subscriptions, and makes them anew as they were. */
    void recreate() throws IOException {
        try (SubscriptionAdminClient client = cloud.subscriptions()) {
            List<Subscription> deleted = new ArrayList<>();
            for (String name : names()) {
                deleted.add(client.getSubscription(name));
                client.deleteSubscription(name);
            }
            deleted.forEach(client::createSubscription);
        }
    }

    private static List<String> names() {
        return Cloud.TOPOLOGY.subscriptions().stream()
                .map(Topology.Subscription::name)
                .map(name -> SubscriptionName.format(Cloud.PROJECT, name))
                .toList();
    }
}
