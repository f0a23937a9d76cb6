package dev.slipway.kit.google;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.pubsub.v1.PublishRequest;
import com.google.pubsub.v1.PubsubMessage;
import dev.slipway.contracts.EventCodec;
import dev.slipway.contracts.Topology;
import dev.slipway.kit.GivenConfig;
import dev.slipway.kit.Handled;
import dev.slipway.kit.Message;
import dev.slipway.kit.MessageHandler;
import io.grpc.Status;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.runtime.StartupEvent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Google's own subscriber over gRPC, against a stand-in that notes what it does. */
@SuppressWarnings("NullAway.Init") // set before each test
class PubSubInboxTest {
    private static final Topology TOPOLOGY = Topology.of("p", "inst");
    private static final Duration GRACE = Duration.ofSeconds(3);

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final List<String> handled = new CopyOnWriteArrayList<>();
    private final List<Duration> pauses = new CopyOnWriteArrayList<>();
    private final Semaphore goOn = new Semaphore(0);
    private volatile List<String> missing = List.of();
    private PubSubStandIn google;
    private PubSubOutbox outbox;
    private Prerequisites prerequisites;
    private PubSubInbox inbox;

    @BeforeEach
    void start() throws IOException {
        google = new PubSubStandIn();
        GivenConfig config = GivenConfig.of("build").at(google.endpoint()).stoppingWithin(GRACE);
        GoogleAccess access = new GoogleAccess(config);
        outbox = new PubSubOutbox(access, config, TOPOLOGY, new EventCodec("p", "inst"));
        prerequisites = new Prerequisites(() -> missing, this::paused);
        inbox =
                new PubSubInbox(
                        access,
                        config,
                        TOPOLOGY,
                        outbox,
                        prerequisites,
                        meters,
                        InstantSource.system());
    }

    private void paused(Duration duration) {
        if (duration.isPositive()) {
            pauses.add(duration);
            goOn.acquireUninterruptibly();
        }
    }

    @AfterEach
    void stop() {
        prerequisites.stop();
        goOn.release(1000);
        inbox.stop();
        inbox.awaitStopped(Instant.now().plus(GRACE));
        outbox.close();
        google.close();
    }

    private void feed(MessageHandler handler) {
        inbox.feed("source-stored", handler);
        prerequisites.started(new StartupEvent());
        await().until(() -> google.streams() == 1);
    }

    private Handled handle(Message message) {
        handled.add(message.id());
        return Handled.DONE;
    }

    private double count(String result) {
        return meters.counter("slipway.messages", "subscription", "source-stored", "result", result)
                .count();
    }

    @Test
    void pullsNothingBeforeAllThatIsNeededIsThere() {
        missing = List.of("the topic t: NOT_FOUND");
        inbox.feed("source-stored", this::handle);
        prerequisites.started(new StartupEvent());
        await().until(() -> pauses.size() == 1);
        assertThat(google.opened()).isZero();
        assertThat(prerequisites.missing()).containsExactly("the topic t: NOT_FOUND");

        missing = List.of();
        goOn.release();

        await().until(() -> google.streams() == 1);
        assertThat(prerequisites.missing()).isEmpty();
    }

    @Test
    void acknowledgesOnceTheHandlerIsDoneAndNotBefore() {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch durable = new CountDownLatch(1);
        feed(
                message -> {
                    begun.countDown();
                    await().until(() -> durable.getCount() == 0);
                    return handle(message);
                });

        google.deliver("m1", Map.of());
        await().until(() -> begun.getCount() == 0);
        assertThat(google.acknowledged()).isEmpty();
        durable.countDown();

        await().until(() -> google.acknowledged().equals(List.of("m1")));
        assertThat(google.handedBack()).isEmpty();
        await().until(() -> count("done") == 1);
    }

    @Test
    void handsBackWhatAHandlerFailsOn() {
        feed(
                _ -> {
                    throw new IllegalStateException("not now");
                });

        google.deliver("m1", Map.of());

        await().until(() -> google.handedBack().equals(List.of("m1")));
        assertThat(google.acknowledged()).isEmpty();
        await().until(() -> count("failed") == 1);
    }

    @Test
    void handsBackWhatAHandlerDiesOn() {
        feed(
                _ -> {
                    throw new StackOverflowError("too deep");
                });

        google.deliver("m1", Map.of());

        await().until(() -> google.handedBack().equals(List.of("m1")));
        assertThat(google.acknowledged()).isEmpty();
    }

    @Test
    void putsAsideWhatCannotBeReadAndSaysWhy() {
        feed(_ -> Handled.unreadable("it is torn"));

        google.deliver("m1", Map.of("ce-type", "x"));

        await().until(() -> google.acknowledged().equals(List.of("m1")));
        PublishRequest aside = google.published().getFirst();
        assertThat(aside.getTopic())
                .isEqualTo("projects/p/topics/inst-build-worker-source-stored-dead");
        PubsubMessage message = aside.getMessages(0);
        assertThat(message.getData().toStringUtf8()).isEqualTo("m1");
        assertThat(message.getAttributesMap())
                .isEqualTo(
                        Map.of(
                                "ce-type", "x",
                                "slipway-reason", "it is torn",
                                "slipway-subscription", "inst-build-worker-source-stored",
                                "slipway-message-id", "m1"));
        await().until(() -> count("unreadable") == 1);
    }

    @Test
    void putsAsideWhateverItsAttributesAreWithinPubSubsLimits() {
        Map<String, String> attributes = new HashMap<>();
        for (int number = 0; number < 100; number++) {
            attributes.put("a" + number, "x");
        }
        feed(_ -> Handled.unreadable("é".repeat(2000)));

        google.deliver("m1", attributes);

        await().until(() -> google.acknowledged().equals(List.of("m1")));
        Map<String, String> kept = google.published().getFirst().getMessages(0).getAttributesMap();
        assertThat(kept).hasSizeLessThanOrEqualTo(100).containsKey("slipway-reason");
        assertThat(String.valueOf(kept.get("slipway-reason")).getBytes(StandardCharsets.UTF_8))
                .hasSizeLessThanOrEqualTo(1024);
    }

    @Test
    void handsBackWhatCouldNotBePutAside() {
        google.publishing(Status.PERMISSION_DENIED);
        feed(_ -> Handled.unreadable("it is torn"));

        google.deliver("m1", Map.of());

        await().until(() -> google.handedBack().equals(List.of("m1")));
        assertThat(google.acknowledged()).isEmpty();
    }

    @Test
    void aSubscriptionThatWentIsFedAgainOnceAndOnlyAfterAPause() {
        feed(this::handle);
        google.pulling(Status.NOT_FOUND.withDescription("no such subscription"));

        await().until(() -> pauses.size() == 1);
        assertThat(prerequisites.missing())
                .singleElement()
                .asString()
                .startsWith("the subscription inst-build-worker-source-stored failed: ")
                .contains("no such subscription");
        int before = google.opened();
        google.pulling(Status.OK);
        goOn.release();

        await().until(() -> google.streams() == 1);
        assertThat(google.opened()).isEqualTo(before + 1);
        assertThat(prerequisites.missing()).isEmpty();
        google.deliver("m1", Map.of());
        await().until(() -> google.acknowledged().equals(List.of("m1")));
        assertThat(handled).containsExactly("m1");
    }

    @Test
    void finishesWhatIsInHandAndPullsNothingMoreWhenItStops() {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch durable = new CountDownLatch(1);
        feed(
                message -> {
                    begun.countDown();
                    await().until(() -> durable.getCount() == 0);
                    return handle(message);
                });
        google.deliver("m1", Map.of());
        await().until(() -> begun.getCount() == 0);

        inbox.stop();
        await().until(() -> google.streams() == 0);
        durable.countDown();
        inbox.awaitStopped(Instant.now().plus(GRACE));

        assertThat(google.acknowledged()).containsExactly("m1");
        assertThat(google.handedBack()).isEmpty();
    }

    @Test
    void handsBackWhatIsNotFinishedWithinTheGrace() {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch released = new CountDownLatch(1);
        feed(
                message -> {
                    begun.countDown();
                    await().forever().until(() -> released.getCount() == 0);
                    return handle(message);
                });
        google.deliver("m1", Map.of());
        await().until(() -> begun.getCount() == 0);
        Instant until = Instant.now().plus(GRACE);

        inbox.stop();
        inbox.awaitStopped(until);

        assertThat(google.handedBack()).containsExactly("m1");
        assertThat(google.acknowledged()).isEmpty();
        assertThat(Instant.now()).isBefore(until.plusSeconds(1));
        released.countDown();
    }

    @Test
    void startsNothingOnceItStops() {
        prerequisites.started(new StartupEvent());
        await().until(() -> prerequisites.missing().isEmpty());
        inbox.stop();

        inbox.feed("source-stored", this::handle);

        assertThat(google.opened()).isZero();
    }
}
