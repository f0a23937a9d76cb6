package dev.slipway.build.decide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.build.decide.AfterFailure.Failed;
import dev.slipway.build.decide.BuildSeen.Status;
import dev.slipway.build.decide.BuildStep.End;
import dev.slipway.build.decide.BuildStep.Wait;
import dev.slipway.contracts.Digest;
import dev.slipway.contracts.ObjectVersion;
import dev.slipway.contracts.Reason;
import dev.slipway.contracts.ServiceKey;
import dev.slipway.contracts.ServiceName;
import dev.slipway.kit.FailureKind;
import dev.slipway.ledger.DeploymentRecord;
import dev.slipway.ledger.Jitter;
import dev.slipway.ledger.Marker;
import dev.slipway.ledger.Order;
import dev.slipway.ledger.ServiceEntry;
import dev.slipway.ledger.Source;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every kind of failure, at every age that counts. */
class AfterFailureTest {
    private static final Instant SINCE = Instant.parse("2026-01-01T00:00:00Z");
    private static final BuildSeen RUNNING =
            new BuildSeen(
                    "projects/p/locations/l/builds/b",
                    Status.WORKING,
                    "http://log",
                    SINCE,
                    Duration.ofMinutes(60),
                    Duration.ofMinutes(10),
                    List.of(),
                    null);

    /** How it goes on, in a few words. */
    private static String words(BuildStep step, Instant now) {
        return switch (step) {
            case Wait(var waiting) ->
                    waiting.cause() + " " + Duration.between(now, waiting.notBefore()).toSeconds();
            case End(var verdict) -> verdict.reason().name();
            case BuildStep.BuildAgain _ -> "again";
            case BuildStep.Leave _,
                    BuildStep.Claim _,
                    BuildStep.Adopt _,
                    BuildStep.TakeImage _,
                    BuildStep.TellImage _ ->
                    throw new AssertionError(step + " is no answer to a failure");
        };
    }

    /** What is drawn is the ceiling. */
    private static Failed failed(FailureKind kind, Duration asked) {
        return new Failed(kind, "no", asked, new Jitter(1));
    }

    private static String toSubmit(FailureKind kind, Duration age, Duration asked) {
        Instant now = SINCE.plus(age);
        return words(AfterFailure.toSubmit(failed(kind, asked), SINCE, now), now);
    }

    private static String toRead(FailureKind kind, int attempt, Duration age, Duration asked) {
        BuildFacts facts = facts(attempt, age);
        return AfterFailure.toRead(failed(kind, asked), facts)
                .map(step -> words(step, facts.now()))
                .orElse("the same");
    }

    private static BuildFacts facts(int attempt, Duration age) {
        DeploymentRecord record =
                DeploymentRecord.received(
                                Marker.of(new Order(1000, 1, "drop", "hello.zip")),
                                new ServiceKey("europe-west1", new ServiceName("hello")),
                                null)
                        .verified(
                                new Source(
                                        new ObjectVersion("staging", "x", 1),
                                        Digest.of("source"),
                                        Digest.of("build"),
                                        1,
                                        1,
                                        0,
                                        ""),
                                Digest.of("manifest"),
                                null)
                        .claimed()
                        .building(RUNNING.recorded());
        for (int made = 1; made < attempt; made++) {
            record = record.buildAgain().claimed().building(RUNNING.recorded());
        }
        return new BuildFacts(
                record,
                new Asked.ByMessage(),
                SINCE,
                SINCE.plus(age),
                new ServiceEntry(null, null),
                Optional.empty(),
                new Window(0, 20, false),
                Optional.empty(),
                "europe-west1-docker.pkg.dev/p/r/hello");
    }

    @ParameterizedTest
    @CsvSource({
        "BUSY, QUOTA 30, QUOTA 60, QUOTA 120, QUOTA 120",
        "TRANSIENT, PLATFORM 10, PLATFORM 60, PLATFORM 120, PLATFORM 120",
        "CONFLICT, PLATFORM 10, PLATFORM 60, PLATFORM 120, PLATFORM 120",
        "ALREADY_EXISTS, PLATFORM 10, PLATFORM 60, PLATFORM 120, PLATFORM 120",
        "DENIED, PERMISSION 30, PERMISSION 60, PERMISSION 120, BUILD_REFUSED",
        "REFUSED, BUILD_REFUSED, BUILD_REFUSED, BUILD_REFUSED, BUILD_REFUSED",
        "NOT_FOUND, BUILD_REFUSED, BUILD_REFUSED, BUILD_REFUSED, BUILD_REFUSED"
    })
    void aFailedSubmissionIsToldByItsKindAndAge(
            FailureKind kind, String first, String soon, String before, String later) {
        Duration limit = AfterFailure.PERMISSION_SPREADS;

        assertThat(toSubmit(kind, Duration.ZERO, Duration.ZERO)).isEqualTo(first);
        assertThat(toSubmit(kind, Duration.ofMinutes(1), Duration.ZERO)).isEqualTo(soon);
        assertThat(toSubmit(kind, limit.minusMillis(1), Duration.ZERO)).isEqualTo(before);
        assertThat(toSubmit(kind, limit, Duration.ZERO)).isEqualTo(later);
    }

    @ParameterizedTest
    @CsvSource({
        "BUSY, QUOTA 30, QUOTA 120, QUOTA 120",
        "TRANSIENT, the same, the same, the same",
        "CONFLICT, the same, the same, the same",
        "ALREADY_EXISTS, the same, the same, the same",
        "DENIED, PERMISSION 30, PERMISSION 120, BUILD_STUCK",
        "REFUSED, PERMISSION 30, PERMISSION 120, BUILD_STUCK",
        "NOT_FOUND, again, again, again"
    })
    void aBuildThatCannotBeReadIsToldByTheKindAndItsDeadline(
            FailureKind kind, String first, String before, String after) {
        Duration limit = Duration.ofMinutes(75);

        assertThat(toRead(kind, 1, Duration.ZERO, Duration.ZERO)).isEqualTo(first);
        assertThat(toRead(kind, 1, limit.minusMillis(1), Duration.ZERO)).isEqualTo(before);
        assertThat(toRead(kind, 1, limit, Duration.ZERO)).isEqualTo(after);
    }

    @Test
    void aBuildThatIsGoneIsBuiltThreeTimesAtMost() {
        Stream<String> attempts =
                Stream.of(1, 2, 3)
                        .map(
                                attempt ->
                                        toRead(
                                                FailureKind.NOT_FOUND,
                                                attempt,
                                                Duration.ZERO,
                                                Duration.ZERO));

        assertThat(attempts).containsExactly("again", "again", Reason.BUILD_UNAVAILABLE.name());
    }

    @ParameterizedTest
    @CsvSource({"1, 11, 31", "20, 30, 50", "31, 41, 61", "600, 610, 630", "86400, 610, 630"})
    void aPlatformThatSaysForHowLongIsLeftAloneForThatLong(int asked, int soon, int late) {
        for (FailureKind kind : FailureKind.values()) {
            String submitted = toSubmit(kind, Duration.ZERO, Duration.ofSeconds(asked));
            String read = toRead(kind, 1, Duration.ZERO, Duration.ofSeconds(asked));
            List<String> both = List.of(submitted, read);

            switch (kind) {
                case BUSY -> assertThat(both).containsOnly("QUOTA " + late);
                case TRANSIENT, CONFLICT, ALREADY_EXISTS ->
                        assertThat(both).containsOnly("PLATFORM " + soon);
                case DENIED -> assertThat(both).containsOnly("PERMISSION " + late);
                case REFUSED ->
                        assertThat(both).containsExactly("BUILD_REFUSED", "PERMISSION " + late);
                case NOT_FOUND -> assertThat(both).containsExactly("BUILD_REFUSED", "again");
            }
        }
    }

    @Test
    void twoThatFailTogetherDoNotComeTogether() {
        Failed mine = new Failed(FailureKind.BUSY, "no", Duration.ofSeconds(5), new Jitter(0.1));
        Failed theirs = new Failed(FailureKind.BUSY, "no", Duration.ofSeconds(5), new Jitter(0.7));

        assertThat(words(AfterFailure.toSubmit(mine, SINCE, SINCE), SINCE)).isEqualTo("QUOTA 8");
        assertThat(words(AfterFailure.toSubmit(theirs, SINCE, SINCE), SINCE)).isEqualTo("QUOTA 26");
    }

    @Test
    void onlyWhatMayPassIsWaitedFor() {
        assertThat(Arrays.stream(FailureKind.values()).filter(FailureKind::worthRetrying))
                .allSatisfy(
                        kind ->
                                assertThat(toSubmit(kind, Duration.ZERO, Duration.ZERO))
                                        .matches("(QUOTA|PLATFORM|PERMISSION) \\d+"));
    }
}
