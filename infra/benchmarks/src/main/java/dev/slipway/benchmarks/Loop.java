package dev.slipway.benchmarks;

import com.google.cloud.pubsub.v1.Subscriber;
import dev.slipway.contracts.ObjectVersion;
import dev.slipway.contracts.Topology;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The same calls as the chain's, and nothing else: no record is read or written in a form of its
 * own, nothing is decided, nothing awaits anything but its own call. Messages are taken from the
 * chain's own subscriptions, so the workers must not run.
 */
final class Loop implements AutoCloseable {
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(5);

    private final LoopCalls calls;
    private final Drops drops;
    private final Map<String, Long> once;
    private final int inHand;
    private final long messagesEach;
    private final AtomicLong received = new AtomicLong();
    private final List<Subscriber> subscribers = new ArrayList<>();

    /**
     * @param recorded the calls of one deployment by the workers
     * @param inHandEach how many messages a worker has in hand of each subscription
     */
    Loop(Cloud cloud, Clients clients, Calls recorded, int inHandEach) throws IOException {
        this.calls = new LoopCalls(cloud, clients);
        this.drops = new Drops(clients.storage(), cloud.drops());
        this.once = recorded.only(kind -> !kind.caller().equals(Calls.MESSAGE)).byKind();
        this.messagesEach =
                recorded.only(kind -> kind.api().equals("acknowledged"))
                        .only(kind -> kind.method().contains("-worker-"))
                        .total();
        List<Topology.Subscription> fed =
                cloud.topology().subscriptions().stream()
                        .filter(subscription -> !subscription.id().startsWith("service"))
                        .toList();
        for (Topology.Subscription subscription : fed) {
            subscribers.add(
                    clients.subscriber(
                            subscription.name(),
                            inHandEach,
                            (_, reply) -> {
                                reply.ack();
                                received.incrementAndGet();
                            }));
        }
        this.inHand = inHandEach * subscribers.size();
        subscribers.forEach(subscriber -> subscriber.startAsync().awaitRunning());
    }

    /** Makes the calls of so many deployments and waits until all of their messages are here. */
    void run(String region, String name, int deployments) throws Exception {
        long before = received.get();
        Semaphore places = new Semaphore(inHand);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < deployments; i++) {
                String own = name + "-" + i;
                all.add(
                        threads.submit(
                                () -> {
                                    places.acquire();
                                    try {
                                        one(region, own);
                                    } finally {
                                        places.release();
                                    }
                                    return null;
                                }));
            }
            for (Future<?> one : all) {
                one.get();
            }
        }
        await(before + messagesEach * deployments);
    }

    private void one(String region, String name) throws Exception {
        ObjectVersion drop = drops.upload(Drops.Source.of(name, name));
        LoopCalls.Deployment deployment = calls.deployment(region, name, drop);
        for (Map.Entry<String, Long> kind : once.entrySet()) {
            for (int i = 0; i < kind.getValue(); i++) {
                deployment.call(kind.getKey());
            }
        }
    }

    private void await(long messages) throws InterruptedException {
        long end = System.nanoTime() + LONGEST_WAIT.toNanos();
        while (received.get() < messages) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException(
                        "%d of %d messages came".formatted(received.get(), messages));
            }
            Thread.sleep(1);
        }
    }

    @Override
    public void close() {
        subscribers.forEach(subscriber -> subscriber.stopAsync().awaitTerminated());
        calls.close();
    }
}
