package dev.slipway.kit.google;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipway.kit.HeldPause;
import dev.slipway.ledger.Backoff;
import io.quarkus.runtime.StartupEvent;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PrerequisitesTest {
    private final List<String> ran = new CopyOnWriteArrayList<>();
    private final AtomicInteger checks = new AtomicInteger();
    private final HeldPause pauses = new HeldPause();
    private volatile List<String> missing = List.of();
    private final Prerequisites prerequisites =
            new Prerequisites(this::look, pauses, new Backoff(_ -> {}, new Random(1)));

    private List<String> look() {
        checks.incrementAndGet();
        return missing;
    }

    @AfterEach
    void stop() {
        prerequisites.stop();
        pauses.endAll();
    }

    private void startAndMeet() {
        prerequisites.started(new StartupEvent());
        await().until(() -> prerequisites.missing().isEmpty());
    }

    private HealthCheckResponse ready() {
        return new PrerequisitesReady(prerequisites).call();
    }

    @Test
    void runsWhatWaitedOnceNothingIsMissing() {
        missing = List.of("the bucket b: 404");
        prerequisites.whenMet(() -> ran.add("first"));
        prerequisites.started(new StartupEvent());
        await().until(() -> pauses.asked().size() == 1);
        assertThat(ran).isEmpty();

        missing = List.of();
        pauses.end();

        await().until(() -> ran.equals(List.of("first")));
    }

    @Test
    void looksLessAndLessOften() {
        missing = List.of("the bucket b: 404");
        prerequisites.started(new StartupEvent());

        int looks = 0;
        for (long ceiling : new long[] {100, 200, 400, 800, 1600, 2000, 2000}) {
            int expected = ++looks;
            await().until(() -> pauses.asked().size() == expected);
            assertThat(pauses.asked().getLast())
                    .isBetween(Duration.ofMillis(1), Duration.ofMillis(ceiling));
            pauses.end();
        }
        assertThat(pauses.asked().getFirst()).isNotEqualTo(Duration.ofMillis(100));
    }

    @Test
    void runsAtOnceWhatComesLater() {
        startAndMeet();

        prerequisites.whenMet(() -> ran.add("late"));

        assertThat(ran).containsExactly("late");
    }

    @Test
    void whatRanIsNotRunAgainByALaterCheck() {
        prerequisites.whenMet(() -> ran.add("once"));
        startAndMeet();
        await().until(() -> ran.size() == 1);

        prerequisites.recheck("the subscription s failed");
        prerequisites.whenMet(() -> ran.add("again"));
        pauses.end();

        await().until(() -> ran.equals(List.of("once", "again")));
        assertThat(checks).hasValue(2);
    }

    @Test
    void oneLookServesAllWhoMissSomething() {
        startAndMeet();

        prerequisites.recheck("the subscription s failed");
        prerequisites.recheck("the subscription t failed");
        prerequisites.whenMet(() -> ran.add("s"));
        prerequisites.whenMet(() -> ran.add("t"));
        await().until(() -> pauses.asked().size() == 1);
        pauses.end();

        await().until(() -> ran.equals(List.of("s", "t")));
        assertThat(checks).hasValue(2);
        assertThat(pauses.asked()).hasSize(1);
    }

    @Test
    void whatCannotBeStartedIsTriedAgainAndKeepsNothingBack() {
        AtomicInteger tries = new AtomicInteger();
        prerequisites.whenMet(
                () -> {
                    if (tries.incrementAndGet() == 1) {
                        throw new IllegalStateException("no channel");
                    }
                    ran.add("first");
                });
        prerequisites.whenMet(() -> ran.add("second"));

        prerequisites.started(new StartupEvent());
        await().until(() -> pauses.asked().size() == 1);
        assertThat(ran).containsExactly("second");
        assertThat(prerequisites.missing())
                .containsExactly("not all of the work could be started: no channel");
        pauses.end();

        await().until(() -> ran.equals(List.of("second", "first")));
    }

    @Test
    void readinessNamesWhatIsMissing() {
        assertThat(ready().getStatus()).isEqualTo(HealthCheckResponse.Status.DOWN);
        missing = List.of("the bucket b: 404", "the topic t: NOT_FOUND");
        prerequisites.started(new StartupEvent());
        await().until(() -> pauses.asked().size() == 1);

        assertThat(ready().getStatus()).isEqualTo(HealthCheckResponse.Status.DOWN);
        assertThat(ready().getData().orElseThrow())
                .containsEntry("missing-1", "the bucket b: 404")
                .containsEntry("missing-2", "the topic t: NOT_FOUND");

        missing = List.of();
        pauses.end();
        await().until(() -> ready().getStatus() == HealthCheckResponse.Status.UP);
    }

    @Test
    void aWorkerWithAFailedSubscriptionIsNotReady() {
        startAndMeet();

        prerequisites.recheck("the subscription s failed");

        assertThat(ready().getStatus()).isEqualTo(HealthCheckResponse.Status.DOWN);
        assertThat(ready().getData().orElseThrow())
                .containsEntry("missing-1", "the subscription s failed");
    }

    @Test
    void looksNoMoreOnceItStops() {
        startAndMeet();
        prerequisites.stop();

        prerequisites.recheck("the subscription s failed");

        assertThat(pauses.asked()).isEmpty();
        assertThat(checks).hasValue(1);
    }
}
