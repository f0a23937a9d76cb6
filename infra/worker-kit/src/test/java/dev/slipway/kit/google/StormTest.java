package dev.slipway.kit.google;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipway.contracts.EventCodec;
import dev.slipway.contracts.Topology;
import dev.slipway.kit.Breaker;
import dev.slipway.kit.FailureKind;
import dev.slipway.kit.GatewayException;
import dev.slipway.kit.GivenConfig;
import dev.slipway.kit.Guarded;
import dev.slipway.kit.Handled;
import dev.slipway.kit.HeldPause;
import dev.slipway.kit.Message;
import dev.slipway.kit.MovingClock;
import dev.slipway.ledger.Backoff;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.runtime.StartupEvent;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Google's own subscriber, a handler that needs an API, and that API failing. */
@SuppressWarnings("NullAway.Init") // set before each test
class StormTest {
    private static final Topology TOPOLOGY = Topology.of("p", "inst");
    private static final Duration GRACE = Duration.ofSeconds(3);

    /** What the handler needs. */
    public interface Api {
        /** Answers, or fails. */
        void ask(String message);
    }

    private final MovingClock clock = new MovingClock(Instant.parse("2026-01-01T12:00:00Z"));
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final Breakers breakers = new Breakers(clock, new Random(1), meters);
    private final HeldPause pauses = new HeldPause();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final List<String> putOff = new CopyOnWriteArrayList<>();
    private final Breaker breaker = breakers.vital("cloud-build");
    private final Breaker beside = breakers.of("eventarc");
    private final Api api = Guarded.gateway(Api.class, this::answer, breaker);
    private final Api other = Guarded.gateway(Api.class, this::answer, beside);
    private volatile boolean fails;
    private volatile boolean hangs;
    private PubSubStandIn google;
    private PubSubOutbox outbox;
    private Prerequisites prerequisites;
    private PubSubInbox inbox;
    private Storm storm;

    @BeforeEach
    void start() throws IOException {
        google = new PubSubStandIn();
        GivenConfig config = GivenConfig.of("build").at(google.endpoint()).stoppingWithin(GRACE);
        GoogleAccess access = new GoogleAccess(config);
        outbox = new PubSubOutbox(access, config, TOPOLOGY, new EventCodec("p", "inst"));
        prerequisites = new Prerequisites(List::of, _ -> {}, new Backoff(_ -> {}, new Random(1)));
        inbox =
                new PubSubInbox(
                        access, config, TOPOLOGY, outbox, prerequisites, meters, Instant::now);
        storm = new Storm(inbox, pauses, breakers);
        inbox.feed("source-stored", this::handle);
        prerequisites.started(new StartupEvent());
        storm.resume();
        await().until(() -> google.streams() == 1);
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

    private void answer(String message) {
        asked.add(message);
        if (hangs) {
            await().forever().until(() -> !hangs);
        }
        if (fails) {
            throw new GatewayException(FailureKind.TRANSIENT, "ask", "the answer was 503", null);
        }
    }

    /** Like the workers' own: what the API has no time for is recorded as waiting. */
    private Handled handle(Message message) {
        try {
            api.ask(message.id());
        } catch (GatewayException e) {
            putOff.add(message.id());
        }
        return Handled.DONE;
    }

    private void deliver(int from, int to) {
        for (int number = from; number < to; number++) {
            String id = "m" + number;
            google.deliver(id, Map.of());
            await().until(() -> google.acknowledged().contains(id));
        }
    }

    private void stormBegins() {
        fails = true;
        deliver(0, Breaker.ENOUGH);
        await().until(() -> pauses.asked().size() == 1);
        await().until(() -> google.streams() == 0);
    }

    /** The time that was waited for has passed. */
    private void trialIsDue() {
        clock.pass(breaker.openFor());
        pauses.end();
        await().until(() -> google.streams() == 1);
    }

    private double gauge(String name) {
        return meters.get(Breakers.METER).tag("api", name).gauge().value();
    }

    @Test
    void anApiThatFailsStopsThePullingForAsLongAsItIsNotAsked() {
        stormBegins();

        assertThat(pauses.asked()).containsExactly(breaker.openFor());
        assertThat(google.opened()).isEqualTo(1);
        assertThat(gauge("cloud-build")).isEqualTo(1);
        assertThat(google.handedBack()).isEmpty();
        assertThat(putOff).hasSize(Breaker.ENOUGH);
        assertThat(new ApisAnswer(breakers).call().getData().orElseThrow())
                .containsOnlyKeys("cloud-build");
    }

    @Test
    void pullsAgainForTheTrialAndGoesOnWhenItSucceeds() {
        stormBegins();
        fails = false;

        trialIsDue();
        pauses.endAll();
        deliver(20, 21);

        assertThat(asked).last().isEqualTo("m20");
        assertThat(gauge("cloud-build")).isZero();
        await().until(() -> google.streams() == 1);
        assertThat(new ApisAnswer(breakers).call().getData()).isEmpty();
    }

    @Test
    void aTrialThatFailsStopsThePullingAgain() {
        stormBegins();

        trialIsDue();
        deliver(20, 21);
        await().until(() -> google.streams() == 0);

        await().until(() -> pauses.asked().size() >= 2);
        assertThat(pauses.asked().getFirst()).isLessThanOrEqualTo(Duration.ofSeconds(2));
        assertThat(pauses.asked().getLast()).isBetween(Duration.ZERO, Duration.ofSeconds(4));
    }

    @Test
    void nothingIsPulledWhileATrialTakesItsTime() {
        stormBegins();
        fails = false;
        hangs = true;

        trialIsDue();
        google.deliver("m20", Map.of());
        await().until(() -> google.streams() == 0);
        assertThat(google.acknowledged()).doesNotContain("m20");

        hangs = false;
        await().until(() -> google.acknowledged().contains("m20"));
        pauses.endAll();
        await().until(() -> google.streams() == 1);
    }

    @Test
    void whatAnOperatorPausedStaysPausedAfterTheStorm() {
        stormBegins();
        storm.pause();
        fails = false;

        clock.pass(breaker.openFor());
        pauses.endAll();
        api.ask("by the sweep");

        assertThat(breaker.isOpen()).isFalse();
        storm.resume();
        await().until(() -> google.streams() == 1);
        assertThat(google.opened()).isEqualTo(2);
    }

    @Test
    void resumedByAnOperatorInTheMiddleOfAStormItWaitsForItsEnd() {
        storm.pause();
        await().until(() -> google.streams() == 0);
        fails = true;
        for (int time = 0; time < Breaker.ENOUGH; time++) {
            ask(api);
        }
        await().until(() -> pauses.asked().size() == 1);

        storm.resume();
        assertThat(google.opened()).isEqualTo(1);

        trialIsDue();
        assertThat(google.opened()).isEqualTo(2);
    }

    @Test
    void anApiThatOnlySomeOfTheWorkNeedsStopsNothing() {
        fails = true;
        for (int time = 0; time < Breaker.ENOUGH; time++) {
            ask(other);
        }

        assertThat(gauge("eventarc")).isEqualTo(1);
        fails = false;
        deliver(0, 1);
        assertThat(google.streams()).isEqualTo(1);
        assertThat(pauses.asked()).isEmpty();
    }

    private static void ask(Api asked) {
        try {
            asked.ask("?");
            throw new AssertionError("it answers");
        } catch (GatewayException e) {
            assertThat(e.kind()).isEqualTo(FailureKind.TRANSIENT);
        }
    }
}
