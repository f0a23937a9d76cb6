package dev.slipway.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.DeploymentId;
import dev.slipway.contracts.ObjectVersion;
import dev.slipway.contracts.Outcome;
import dev.slipway.contracts.Request;
import dev.slipway.contracts.RequestAnswer;
import dev.slipway.contracts.SourceStored;
import dev.slipway.ledger.DeploymentRecord;
import dev.slipway.ledger.Stage;
import dev.slipway.ledger.Versioned;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The worker dies at each call while it carries a request out; another one continues. */
class RequestCrashTest {
    private static final int MORE_CALLS_THAN_ARE_MADE = 1000;

    private static boolean dies(
            Bench bench, int call, boolean afterwards, Asker asker, ObjectVersion asked) {
        bench.calls.crashAt(call, afterwards);
        try {
            asker.tell(asked);
            return false;
        } catch (Calls.Crash _) {
            return true;
        } finally {
            bench.calls.calm();
        }
    }

    /** One round over all markers, a request's first: it may be about one of the others. */
    private static void sweep(Bench bench, Asker asker, ObjectVersion asked) {
        DeploymentId request = DeploymentId.of(asked);
        List<DeploymentId> open = bench.ledger.openDeployments();
        if (open.contains(request) && bench.ledger.deployment(request).isEmpty()) {
            asker.sweepAfter(asked, Duration.ofSeconds(90)); // it may have no record before this
            asker.sweepAfter(asked, Duration.ofSeconds(90));
        }
        open.stream()
                .flatMap(deployment -> bench.ledger.deployment(deployment).stream())
                .map(Versioned::value)
                .forEach(record -> sweep(bench, record));
    }

    private static void sweep(Bench bench, DeploymentRecord record) {
        bench.now = bench.now.plusSeconds(90);
        bench.worker.resume().resumeOrigin(record, bench.now);
        if (bench.worker.resume().stages().contains(record.lastOpenStage())) {
            bench.sweepAfter(record.deployment(), Duration.ZERO);
        }
    }

    /** With the marker not written yet nobody but the message knows of the request. */
    private static void recover(Bench bench, Asker asker, ObjectVersion asked, boolean busWiped) {
        boolean known = bench.ledger.marker(DeploymentId.of(asked)).isPresent();
        if (!busWiped || !known) {
            asker.tell(asked);
        }
        sweep(bench, asker, asked);
        sweep(bench, asker, asked);
    }

    private static void crashes(
            boolean busWiped,
            Function<Bench, Request> given,
            BiConsumer<Bench, DeploymentId> check) {
        for (boolean afterwards : new boolean[] {false, true}) {
            boolean died = true;
            for (int call = 0; died; call++) {
                assertThat(call).isLessThan(MORE_CALLS_THAN_ARE_MADE);
                Bench bench = new Bench();
                Asker asker = new Asker(bench);
                ObjectVersion asked = asker.write(given.apply(bench));
                died = dies(bench, call, afterwards, asker, asked);
                recover(bench, asker, asked, busWiped);

                assertThat(asker.answer(asked).outcome())
                        .as("call %d, afterwards %s", call, afterwards)
                        .isEqualTo(RequestAnswer.Outcome.DONE);
                assertThat(asker.record(asked).isDone()).isTrue();
                check.accept(bench, DeploymentId.of(asked));
            }
        }
    }

    private static DeploymentId deployed(Bench bench, String content) {
        DeploymentId hello = bench.built(content);
        bench.deploy(hello);
        return hello;
    }

    private static void assertNothingOpen(Bench bench) {
        assertThat(bench.ledger.openDeployments()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aRollbackThatDiesAnywhereIsContinued(boolean busWiped) {
        crashes(
                busWiped,
                bench -> {
                    bench.deploy(bench.built("events", List.of(Given.onTopic(null))));
                    deployed(bench, "plain");
                    return Request.rollback(null);
                },
                (bench, _) -> {
                    List<String> revisions = bench.services.revisions(Bench.HELLO);
                    assertThat(bench.services.serving(Bench.HELLO)).contains(revisions.getFirst());
                    assertThat(bench.services.history()).hasSize(3);
                    assertThat(bench.triggers.of(Bench.HELLO)).hasSize(1);
                    assertNothingOpen(bench);
                });
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void anUndeployThatDiesAnywhereIsContinued(boolean busWiped) {
        crashes(
                busWiped,
                bench -> {
                    bench.deploy(bench.built("events", List.of(Given.onTopic(null))));
                    return Request.undeploy(false);
                },
                (bench, _) -> {
                    assertThat(bench.services.get(Bench.HELLO)).isEmpty();
                    assertThat(bench.triggers.all()).isEmpty();
                    assertThat(bench.services.history()).hasSize(2);
                    assertNothingOpen(bench);
                });
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aCancelBeforeDeployingThatDiesAnywhereIsContinued(boolean busWiped) {
        crashes(
                busWiped,
                bench -> {
                    deployed(bench, "first");
                    return Request.cancel(bench.built("second"));
                },
                (bench, _) -> {
                    assertThat(bench.services.revisions(Bench.HELLO)).hasSize(1);
                    assertCancelled(bench);
                });
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aCancelWhileDeployingThatDiesAnywhereIsContinued(boolean busWiped) {
        crashes(
                busWiped,
                bench -> {
                    deployed(bench, "first");
                    DeploymentId second = bench.built("second");
                    bench.begin(second);
                    return Request.cancel(second);
                },
                (bench, _) -> {
                    assertThat(bench.services.history()).hasSize(1);
                    assertCancelled(bench);
                });
    }

    private static void assertCancelled(Bench bench) {
        DeploymentId second =
                Objects.requireNonNull(bench.ledger.service(Bench.HELLO).newest()).deployment();
        assertThat(bench.outcomes(second)).containsExactly(Outcome.CANCELLED);
        assertNothingOpen(bench);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aRedriveThatDiesAnywhereIsContinued(boolean busWiped) {
        crashes(
                busWiped,
                bench -> Request.redrive(deployed(bench, "first")),
                RequestCrashTest::assertBegun);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aRedeployThatDiesAnywhereIsContinued(boolean busWiped) {
        crashes(
                busWiped,
                bench -> {
                    deployed(bench, "first");
                    return Request.redeploy();
                },
                RequestCrashTest::assertBegun);
    }

    /** The marker, which both share, is gone then: nobody would come back for the request. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aRedriveThatNobodyComesBackToIsAnsweredAsItsDeploymentEnds(boolean afterwards) {
        boolean died = true;
        int begun = 0;
        for (int call = 0; died; call++) {
            Bench bench = new Bench();
            Asker asker = new Asker(bench);
            ObjectVersion asked = asker.write(Request.redrive(deployed(bench, "first")));
            died = dies(bench, call, afterwards, asker, asked);
            if (bench.ledger.deployment(DeploymentId.of(asked)).isPresent()) {
                begun++;
                Versioned<DeploymentRecord> again = bench.read(DeploymentId.of(asked));
                var _ = bench.ledger.swap(again, again.value().built("image@again")).orElseThrow();
                bench.deploy(DeploymentId.of(asked));

                asker.assertDone(asked);
                assertNothingOpen(bench);
            }
        }
        assertThat(begun).isGreaterThan(3);
    }

    private static void assertBegun(Bench bench, DeploymentId again) {
        assertThat(bench.record(again).stage()).isEqualTo(Stage.VERIFIED);
        assertThat(bench.ledger.marker(again)).isPresent();
        assertThat(bench.ledger.service(Bench.HELLO).newest())
                .satisfies(newest -> assertThat(newest.deployment()).isEqualTo(again));
        assertThat(bench.published)
                .filteredOn(SourceStored.class::isInstance)
                .extracting(event -> event.deployment())
                .contains(again);
    }
}
