package dev.slipway.kit.google;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.pubsub.v1.PublishRequest;
import com.google.pubsub.v1.PubsubMessage;
import dev.slipway.contracts.EventCodec;
import dev.slipway.contracts.Topology;
import dev.slipway.kit.GivenConfig;
import dev.slipway.kit.Handled;
import dev.slipway.kit.HeldPause;
import dev.slipway.kit.Message;
import dev.slipway.kit.MessageHandler;
import dev.slipway.ledger.Backoff;
import dev.slipway.ledger.InMemoryObjectStore;
import dev.slipway.ledger.Ledger;
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
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
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
    private final HeldPause pauses = new HeldPause();
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
        prerequisites =
                new Prerequisites(() -> missing, pauses, new Backoff(_ -> {}, new Random(1)));
        inbox =
                new PubSubInbox(
                        access,
                        config,
                        TOPOLOGY,
                        outbox,
                        prerequisites,
                        meters,
                        InstantSource.system());
        inbox.resume();
    }

    @AfterEach
    void stop() {
        prerequisites.stop();
        pauses.endAll();
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

    /** Handles one message, taking as long as a test wants. */
    private final class Slow implements MessageHandler {
        private final CountDownLatch begun = new CountDownLatch(1);
        private final CountDownLatch durable = new CountDownLatch(1);

        @Override
        public Handled handle(Message message) {
            begun.countDown();
            await().forever().until(() -> durable.getCount() == 0);
            return PubSubInboxTest.this.handle(message);
        }

        void awaitBegun() {
            await().until(() -> begun.getCount() == 0);
        }

        void finish() {
            durable.countDown();
        }
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
        await().until(() -> pauses.asked().size() == 1);
        assertThat(google.opened()).isZero();
        assertThat(prerequisites.missing()).containsExactly("the topic t: NOT_FOUND");

        missing = List.of();
        pauses.end();

        await().until(() -> google.streams() == 1);
        assertThat(prerequisites.missing()).isEmpty();
    }

    @Test
    void acknowledgesOnceTheHandlerIsDoneAndNotBefore() {
        Slow slow = new Slow();
        feed(slow);

        google.deliver("m1", Map.of());
        slow.awaitBegun();
        assertThat(google.acknowledged()).isEmpty();
        slow.finish();

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
    void acknowledgesWhatAnUnreadableObjectRefusesSinceTheSweepGoesOnTellingOfIt() {
        InMemoryObjectStore store = new InMemoryObjectStore(() -> Instant.EPOCH);
        store.create("watermarks/drop", new byte[] {'{'});
        Ledger ledger =
                new Ledger(
                        store,
                        () -> "token",
                        new Backoff(_ -> {}, new Random(1)),
                        new UnreadableObjects(meters));
        feed(
                message -> {
                    ledger.watermark("drop");
                    return handle(message);
                });

        google.deliver("m1", Map.of());

        await().until(() -> google.acknowledged().equals(List.of("m1")));
        assertThat(google.handedBack()).isEmpty();
        assertThat(google.published()).isEmpty();
        await().until(() -> count("refused") == 1);
        assertThat(meters.counter("slipway.ledger.unreadable", "kind", "watermarks").count())
                .isEqualTo(1);
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

        await().until(() -> pauses.asked().size() == 1);
        assertThat(prerequisites.missing())
                .singleElement()
                .asString()
                .startsWith("the subscription inst-build-worker-source-stored failed: ")
                .contains("no such subscription");
        int before = google.opened();
        google.pulling(Status.OK);
        pauses.end();

        await().until(() -> google.streams() == 1);
        assertThat(google.opened()).isEqualTo(before + 1);
        assertThat(prerequisites.missing()).isEmpty();
        google.deliver("m1", Map.of());
        await().until(() -> google.acknowledged().equals(List.of("m1")));
        assertThat(handled).containsExactly("m1");
    }

    @Test
    void finishesWhatIsInHandAndPullsNothingMoreWhenItStops() {
        Slow slow = new Slow();
        feed(slow);
        google.deliver("m1", Map.of());
        slow.awaitBegun();

        inbox.stop();
        await().until(() -> google.streams() == 0);
        slow.finish();
        inbox.awaitStopped(Instant.now().plus(GRACE));

        assertThat(google.acknowledged()).containsExactly("m1");
        assertThat(google.handedBack()).isEmpty();
    }

    @Test
    void handsBackWhatIsNotFinishedWithinTheGrace() {
        Slow slow = new Slow();
        feed(slow);
        google.deliver("m1", Map.of());
        slow.awaitBegun();
        Instant until = Instant.now().plus(GRACE);

        inbox.stop();
        inbox.awaitStopped(until);

        assertThat(google.handedBack()).containsExactly("m1");
        assertThat(google.acknowledged()).isEmpty();
        assertThat(Instant.now()).isBefore(until.plusSeconds(1));
        slow.finish();
    }

    @Test
    void pullsNothingMoreWhileItsStageIsPausedAndFinishesWhatIsInHand() {
        Slow slow = new Slow();
        feed(slow);
        google.deliver("m1", Map.of());
        slow.awaitBegun();

        inbox.pause();
        await().until(() -> google.streams() == 0);
        slow.finish();

        await().until(() -> google.acknowledged().equals(List.of("m1")));
        assertThat(google.handedBack()).isEmpty();
        assertThat(google.opened()).isEqualTo(1);
    }

    @Test
    void goesOnWhenItsStageIsResumed() {
        feed(this::handle);
        inbox.pause();
        await().until(() -> google.streams() == 0);

        inbox.resume();
        inbox.resume();

        await().until(() -> google.streams() == 1);
        google.deliver("m1", Map.of());
        await().until(() -> google.acknowledged().equals(List.of("m1")));
        assertThat(google.opened()).isEqualTo(2);
    }

    @Test
    void aWorkerThatStartsWhileItsStageIsPausedWaitsForTheResume() {
        inbox.pause();
        inbox.feed("source-stored", this::handle);
        prerequisites.started(new StartupEvent());
        await().until(() -> prerequisites.missing().isEmpty());
        assertThat(google.opened()).isZero();

        inbox.resume();

        await().until(() -> google.streams() == 1);
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
