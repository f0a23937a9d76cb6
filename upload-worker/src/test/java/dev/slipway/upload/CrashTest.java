package dev.slipway.upload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.DeploymentFinished;
import dev.slipway.contracts.DeploymentId;
import dev.slipway.contracts.ObjectVersion;
import dev.slipway.contracts.Reason;
import dev.slipway.contracts.SourceStored;
import dev.slipway.ledger.Stage;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The worker dies at each of its calls to the outside in turn; another one continues. */
@SuppressWarnings("NullAway.Init") // JUnit sets the fields
class CrashTest {
    private static final int MORE_CALLS_THAN_ARE_MADE = 200;
    private static final Duration UNCHANGED = Duration.ofSeconds(60);

    @TempDir Path spool;

    /** Runs the action, dying at this call; whether it came to that. */
    private static boolean dies(Bench bench, int call, boolean afterwards, Runnable action) {
        bench.crashes.at(call, afterwards);
        try {
            action.run();
            return false;
        } catch (Crashes.Crash _) {
            return true;
        } finally {
            bench.crashes.noMore();
        }
    }

    /** Tries a death at every call, before and after its effect. */
    private void atEachCall(byte[] content, BiConsumer<Bench, ObjectVersion> recoverAndCheck) {
        for (boolean afterwards : new boolean[] {false, true}) {
            boolean died = true;
            int call = 0;
            for (; died; call++) {
                assertThat(call).isLessThan(MORE_CALLS_THAN_ARE_MADE);
                Bench bench = new Bench(spool);
                bench.resume.converge(bench.now);
                bench.now = bench.now.plusSeconds(1);
                ObjectVersion version = bench.drops.put("hello.zip", content, "c-1");
                died = dies(bench, call, afterwards, () -> bench.announce(version));
                recoverAndCheck.accept(bench, version);
            }
            assertThat(call).as("calls that were made").isGreaterThan(10);
        }
    }

    private static void assertStoredOnce(Bench bench, ObjectVersion version) {
        DeploymentId hello = DeploymentId.of(version);
        assertThat(bench.record(hello).stage()).isEqualTo(Stage.VERIFIED);
        assertThat(bench.record(hello).correlation()).isEqualTo("c-1");
        assertThat(bench.record(hello).previous()).isNull();
        assertThat(bench.staging.names()).hasSize(1);
        assertThat(bench.stored())
                .isNotEmpty()
                .extracting(SourceStored::source)
                .containsOnly(bench.record(hello).requireSource().staged());
        assertThat(Objects.requireNonNull(bench.newest("hello")).deployment()).isEqualTo(hello);
    }

    private static void assertRejectedOnce(Bench bench, ObjectVersion version) {
        assertThat(bench.finished())
                .isNotEmpty()
                .extracting(DeploymentFinished::reason)
                .containsOnly(Reason.NOT_AN_ARCHIVE);
        assertThat(bench.ledger.openDeployments()).isEmpty();
        assertThat(bench.answer(version.object()).reason()).isEqualTo(Reason.NOT_AN_ARCHIVE);
    }

    /** The message was not acknowledged, so it comes again. */
    private static void redeliver(Bench bench, ObjectVersion version) {
        bench.announce(version);
    }

    /** The bus was wiped: the sweep and the listing are all that is left. */
    private static void sweep(Bench bench, ObjectVersion version) {
        bench.sweepAfter(DeploymentId.of(version), UNCHANGED);
        bench.now = bench.now.plus(Duration.ofMinutes(15));
        bench.resume.converge(bench.now);
    }

    @Test
    void aDropThatDiesAnywhereIsContinuedByItsMessage() {
        atEachCall(
                Archives.function("1"),
                (bench, version) -> {
                    redeliver(bench, version);
                    assertStoredOnce(bench, version);
                });
    }

    /** From VERIFIED on the sweep is the build-worker's, which tells itself. */
    @Test
    void aDropThatDiesAnywhereIsContinuedWithoutAnyMessage() {
        atEachCall(
                Archives.function("1"),
                (bench, version) -> {
                    boolean verified =
                            bench.ledger
                                    .deployment(DeploymentId.of(version))
                                    .filter(read -> read.value().stage() == Stage.VERIFIED)
                                    .isPresent();
                    sweep(bench, version);
                    if (verified) {
                        assertThat(bench.record(DeploymentId.of(version)).stage())
                                .isEqualTo(Stage.VERIFIED);
                    } else {
                        assertStoredOnce(bench, version);
                    }
                });
    }

    @Test
    void aRejectionThatDiesAnywhereIsToldByItsMessage() {
        atEachCall(
                "no archive".getBytes(StandardCharsets.UTF_8),
                (bench, version) -> {
                    redeliver(bench, version);
                    assertRejectedOnce(bench, version);
                });
    }

    @Test
    void aRejectionThatDiesAnywhereIsToldWithoutAnyMessage() {
        atEachCall(
                "no archive".getBytes(StandardCharsets.UTF_8),
                (bench, version) -> {
                    sweep(bench, version);
                    assertRejectedOnce(bench, version);
                });
    }
}
