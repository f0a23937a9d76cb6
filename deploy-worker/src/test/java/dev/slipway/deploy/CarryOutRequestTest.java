package dev.slipway.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.DeploymentId;
import dev.slipway.contracts.ObjectVersion;
import dev.slipway.contracts.Outcome;
import dev.slipway.contracts.Request;
import dev.slipway.contracts.RequestAnswer;
import dev.slipway.contracts.RequestAnswer.Refusal;
import dev.slipway.contracts.RequestAnswer.State;
import dev.slipway.contracts.manifest.Access;
import dev.slipway.deploy.decide.RevisionSeen.Failure;
import dev.slipway.kit.FailureKind;
import dev.slipway.kit.Handled;
import dev.slipway.kit.Message;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Undeploying, cancelling, and what no request can be made of. */
class CarryOutRequestTest {
    private final Bench bench = new Bench();
    private final Asker asker = new Asker(bench);

    private DeploymentId deployed() {
        DeploymentId hello = bench.built();
        bench.deploy(hello);
        return hello;
    }

    private Optional<String> serving() {
        return bench.services.serving(Bench.HELLO);
    }

    @Test
    void anUndeployTakesTheServiceAndItsTriggersAway() {
        bench.deploy(bench.built("events", List.of(Given.onTopic(null))));
        assertThat(bench.triggers.all()).isNotEmpty();

        ObjectVersion undeploy = asker.ask(Request.undeploy(false));

        asker.assertDone(undeploy);
        assertThat(bench.services.exists(Bench.HELLO)).isFalse();
        assertThat(bench.triggers.all()).isEmpty();
        assertThat(bench.ledger.service(Bench.HELLO).absent())
                .isEqualTo(asker.record(undeploy).order());
    }

    @Test
    void aDryRunSaysWhatWouldGoAndTakesNothing() {
        bench.deploy(bench.built("events", List.of(Given.onTopic(null))));

        ObjectVersion undeploy = asker.ask(Request.undeploy(true));

        asker.assertDone(undeploy);
        assertThat(asker.answer(undeploy).wouldDelete())
                .contains("service europe-west1/hello with 1 revisions")
                .anyMatch(going -> going.startsWith("trigger "));
        assertThat(serving()).isPresent();
        assertThat(bench.triggers.all()).isNotEmpty();
        assertThat(bench.ledger.service(Bench.HELLO).absent()).isNull();
    }

    @Test
    void aCreateThatLandsAfterTheUndeployIsAGhostAndGoes() {
        DeploymentId late = deployed();
        var plan = bench.services.planOf(Bench.HELLO, bench.revision(late));
        var annotations = bench.services.annotations(Bench.HELLO);
        asker.assertDone(asker.ask(Request.undeploy(false)));
        bench.services.create(plan, annotations);

        bench.worker.resume().converge(bench.now);
        bench.services.settleAfter(0);
        bench.services.get(Bench.HELLO);
        bench.services.get(Bench.HELLO);
        bench.services.get(Bench.HELLO);

        assertThat(bench.services.exists(Bench.HELLO)).isFalse();
    }

    @Test
    void anUndeployWhileTheFirstOneIsCreatedLeavesNothing() {
        for (int call = 0; call < 40; call++) {
            Bench other = new Bench();
            Asker asking = new Asker(other);
            DeploymentId first = other.built();
            ObjectVersion undeploy = asking.write(Request.undeploy(false));
            other.calls.interruptAt(call, () -> asking.tell(undeploy));
            other.deploy(first);
            if (!other.calls.isPast()) {
                asking.tell(undeploy);
            }
            other.calls.calm();
            other.sweepAfter(first, Duration.ofSeconds(90));
            other.worker.resume().converge(other.now);
            other.sweepAfter(first, Duration.ofSeconds(90));

            asking.assertDone(undeploy);
            assertThat(other.services.get(Bench.HELLO)).as("undeploy at %d", call).isEmpty();
            assertThat(other.outcomes(first)).hasSize(1);
        }
    }

    @Test
    void afterAnUndeployANewerDropGoesLive() {
        deployed();
        asker.ask(Request.undeploy(false));

        DeploymentId next = deployed();

        assertThat(bench.outcomes(next)).containsExactly(Outcome.LIVE);
    }

    @Test
    void oneThatIsBuiltIsCancelledWithoutAWrite() {
        DeploymentId first = deployed();
        DeploymentId second = bench.built();

        ObjectVersion cancel = asker.ask(Request.cancel(second));
        bench.deploy(second);

        asker.assertDone(cancel);
        assertThat(bench.outcomes(second)).containsExactly(Outcome.CANCELLED);
        assertThat(bench.services.revisions(Bench.HELLO)).containsExactly(bench.revision(first));
        assertThat(bench.ledger.marker(second)).isEmpty();
    }

    @Test
    void oneThatIsDeployingIsClosedAndThePreviousOneServes() {
        DeploymentId first = deployed();
        DeploymentId second = bench.built();
        bench.begin(second);

        ObjectVersion cancel = asker.ask(Request.cancel(second));
        bench.deploy(second);

        asker.assertDone(cancel);
        assertThat(bench.outcomes(second)).containsExactly(Outcome.CANCELLED);
        assertThat(bench.services.revisions(Bench.HELLO)).containsExactly(bench.revision(first));
        assertThat(serving()).contains(bench.revision(first));
    }

    private ObjectVersion cancelWhileItStarts(DeploymentId second) {
        bench.services.settleAfter(200);
        bench.deploy(second);
        ObjectVersion cancel = asker.ask(Request.cancel(second));
        assertThat(asker.answer(cancel).state()).isEqualTo(State.WAITING);
        bench.services.settleAfter(2);
        for (int round = 0; round < 5 && !asker.record(cancel).isDone(); round++) {
            asker.sweepAfter(cancel, Duration.ofMinutes(4));
        }
        return cancel;
    }

    @Test
    void oneWhoseRevisionFailsAfterwardsEndsCancelled() {
        DeploymentId first = deployed();
        DeploymentId second = bench.builtFailing(Failure.Cause.CONTAINER);

        asker.assertDone(cancelWhileItStarts(second));

        assertThat(bench.outcomes(second)).containsExactly(Outcome.CANCELLED);
        assertThat(serving()).contains(bench.revision(first));
    }

    @Test
    void oneThatServesBeforeItCouldBeClosedIsLive() {
        deployed();
        DeploymentId second = bench.built();

        asker.assertRefused(cancelWhileItStarts(second), Refusal.ALREADY_ENDED);

        assertThat(bench.outcomes(second)).containsExactly(Outcome.LIVE);
        assertThat(serving()).contains(bench.revision(second));
    }

    @Test
    void oneThatIsOverCannotBeCancelled() {
        DeploymentId first = deployed();

        ObjectVersion cancel = asker.ask(Request.cancel(first));

        asker.assertRefused(cancel, Refusal.ALREADY_ENDED);
        assertThat(asker.answer(cancel).message()).contains("LIVE");
        assertThat(serving()).contains(bench.revision(first));
    }

    @Test
    void oneThatIsNotKnownCannotBeCancelled() {
        DeploymentId unknown = DeploymentId.of(new ObjectVersion("drop", "other.zip", 1));

        asker.assertRefused(asker.ask(Request.cancel(unknown)), Refusal.NO_SUCH_DEPLOYMENT);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}|allowed is 1",
                "{'schema':1,'kind':'explode'}|allowed are rollback, hold, release, undeploy,"
                        + " cancel, redrive, redeploy",
                "{'schema':1,'kind':'hold','dryRun':true}|dryRun does not fit a request to hold",
                "no json|no JSON object"
            })
    void whatIsNotUnderstoodIsRefusedWithWhatIsAllowed(String body, String told) {
        ObjectVersion request =
                asker.write(body.replace('\'', '"').getBytes(StandardCharsets.UTF_8));

        assertThat(asker.tell(request)).isEqualTo(Handled.DONE);

        asker.assertRefused(request, Refusal.UNREADABLE_REQUEST);
        assertThat(asker.answer(request).message()).contains(told);
        assertThat(asker.answer(request).kind()).isNull();
    }

    @Test
    void aMessageThatIsNoneIsPutAside() {
        assertThat(bench.worker.request().handle(new Message("m", Map.of(), new byte[0])))
                .isInstanceOf(Handled.Unreadable.class);
    }

    @Test
    void answersAndOtherBucketsAreNoRequests() {
        ObjectVersion request = asker.ask(Request.redeploy());
        ObjectVersion answer =
                new ObjectVersion(
                        Asker.BUCKET,
                        asker.answerObject(request).name(),
                        asker.answerObject(request).generation());

        asker.tell(answer);
        asker.tell(new ObjectVersion("drop", request.object(), request.generation()));

        assertThat(bench.kept.list("requested/", 10)).hasSize(1);
    }

    @Test
    void aRequestThatIsToldAgainIsCarriedOutOnce() {
        deployed();
        DeploymentId second = deployed();
        ObjectVersion rollback = asker.ask(Request.rollback(null));
        long answered = asker.answerObject(rollback).generation();
        List<String> history = bench.services.history();

        asker.tell(rollback);
        asker.sweepAfter(rollback, Duration.ofMinutes(5));

        assertThat(bench.services.history()).isEqualTo(history);
        assertThat(asker.answerObject(rollback).generation()).isEqualTo(answered);
        assertThat(serving()).isNotEqualTo(Optional.of(bench.revision(second)));
    }

    @Test
    void theAnswerSaysWhatWasAskedAndRepeatsTheAskersId() {
        bench.deploy(bench.built("open", Access.PUBLIC));
        deployed();
        ObjectVersion rollback =
                asker.ask(
                        new Request(
                                1, Request.rollback(null).kind(), null, null, false, "order-17"));

        RequestAnswer answer = asker.answer(rollback);

        assertThat(answer.request()).isEqualTo(DeploymentId.of(rollback));
        assertThat(answer.service()).isEqualTo("hello");
        assertThat(answer.generation()).isEqualTo(Long.toString(rollback.generation()));
        assertThat(answer.order()).isEqualTo(asker.record(rollback).order().text());
        assertThat(answer.correlation()).isEqualTo("order-17");
        assertThat(answer.url()).isEqualTo("http://hello.local");
        assertThat(bench.services.access(Bench.HELLO)).isEqualTo(Access.PUBLIC);
    }

    @Test
    void aRequestThatCannotBeCarriedOutNowWaitsForTheSweep() {
        DeploymentId first = deployed();
        deployed();
        bench.services.refuse(FailureKind.BUSY, 1);

        ObjectVersion rollback = asker.ask(Request.rollback(null));
        assertThat(asker.answer(rollback).state()).isEqualTo(State.WAITING);
        assertThat(Objects.requireNonNull(asker.answer(rollback).waitingFor())).isNotEmpty();

        asker.sweepAfter(rollback, Duration.ofSeconds(30));
        asker.assertDone(rollback);
        assertThat(serving()).contains(bench.revision(first));
    }

    @Test
    void aRequestThatIsNeverAllowedIsRefusedAfterAQuarterOfAnHour() {
        deployed();
        DeploymentId second = deployed();
        bench.services.refuse(FailureKind.DENIED, 100);

        ObjectVersion rollback = asker.ask(Request.rollback(null));
        asker.sweepAfter(rollback, Duration.ofMinutes(14));
        assertThat(asker.answer(rollback).waitingFor()).contains("a permission");

        asker.sweepAfter(rollback, Duration.ofMinutes(1));
        asker.assertRefused(rollback, Refusal.NOT_ALLOWED);
        assertThat(serving()).contains(bench.revision(second));
    }

    @ParameterizedTest
    @EnumSource(
            value = FailureKind.class,
            names = {"BUSY", "TRANSIENT", "CONFLICT"})
    void aRequestThatNeverGetsThroughIsRefusedAfterAQuarterOfAnHour(FailureKind kind) {
        deployed();
        bench.services.refuse(kind, 100);

        ObjectVersion hold = asker.ask(Request.hold());
        asker.sweepAfter(hold, Duration.ofMinutes(14));
        assertThat(asker.answer(hold).state()).isEqualTo(State.WAITING);

        asker.sweepAfter(hold, Duration.ofMinutes(1));
        asker.assertRefused(hold, Refusal.TIMED_OUT);
    }

    @Test
    void anUndeployThatWasBegunWaitsForThePermission() {
        deployed();
        bench.services.refuse(FailureKind.DENIED, 100);

        ObjectVersion undeploy = asker.ask(Request.undeploy(false));
        asker.sweepAfter(undeploy, Duration.ofHours(5));
        assertThat(asker.answer(undeploy).waitingFor()).contains("a permission");

        bench.services.accept();
        asker.sweepAfter(undeploy, Duration.ofMinutes(3));
        asker.assertDone(undeploy);
        assertThat(bench.services.exists(Bench.HELLO)).isFalse();
    }

    @Test
    void aRequestOfWhichNoMessageToldIsFoundByListing() {
        DeploymentId first = deployed();
        deployed();
        ObjectVersion rollback = asker.write(Request.rollback(null));
        bench.worker.resume().converge(bench.now);
        assertThat(bench.ledger.marker(DeploymentId.of(rollback))).isEmpty();

        bench.now = bench.now.plus(Duration.ofMinutes(15));
        bench.worker.resume().converge(bench.now);
        asker.sweepAfter(rollback, Duration.ofMinutes(2));

        asker.assertDone(rollback);
        assertThat(serving()).contains(bench.revision(first));
    }

    @Test
    void aRequestThatIsHeardLateIsCarriedOutAllTheSame() {
        DeploymentId first = deployed();
        deployed();
        ObjectVersion rollback = asker.write(Request.rollback(null));

        bench.now = bench.now.plus(Duration.ofHours(2));
        asker.tell(rollback);

        asker.assertDone(rollback);
        assertThat(serving()).contains(bench.revision(first));
    }

    @Test
    void whatWasAnsweredIsNotListedAgain() {
        deployed();
        deployed();
        ObjectVersion rollback = asker.ask(Request.rollback(null));
        long generation = asker.answerObject(rollback).generation();

        bench.worker.resume().converge(bench.now.plus(Duration.ofHours(1)));

        assertThat(bench.ledger.unansweredRequests(bench.now.plus(Duration.ofHours(1)))).isEmpty();
        assertThat(bench.ledger.marker(DeploymentId.of(rollback))).isEmpty();
        assertThat(asker.answerObject(rollback).generation()).isEqualTo(generation);
    }
}
