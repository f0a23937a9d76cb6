package dev.slipway.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.DeploymentId;
import dev.slipway.contracts.Outcome;
import dev.slipway.contracts.Reason;
import dev.slipway.contracts.Verdict;
import dev.slipway.contracts.manifest.Access;
import dev.slipway.contracts.manifest.Trigger;
import dev.slipway.deploy.decide.Delivery;
import dev.slipway.deploy.decide.TriggerPlan;
import dev.slipway.deploy.decide.TriggerSeen;
import dev.slipway.kit.FailureKind;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class DeployTriggersTest {
    private static final Trigger ORDERS = Given.onTopic("orders");
    private static final Trigger RETURNS = Given.onTopic("returns");
    private static final Trigger PHOTOS = Given.onBucket("photos");

    private final Bench bench = bench();

    private static Bench bench() {
        Bench bench = new Bench();
        bench.triggers.addTopic("orders");
        bench.triggers.addTopic("returns");
        bench.triggers.addBucket("photos", "europe-west1");
        return bench;
    }

    private static Set<String> ids(Trigger... triggers) {
        return TriggerPlan.of(
                        Bench.INSTALLATION, Bench.HELLO, Given.manifest("hello", List.of(triggers)))
                .stream()
                .map(TriggerPlan::id)
                .collect(Collectors.toSet());
    }

    private Set<String> standing() {
        return bench.triggers.idsOf(Bench.HELLO);
    }

    private Verdict verdict(DeploymentId deployment) {
        return bench.record(deployment).requireVerdict();
    }

    private DeploymentId deployed(String source, Trigger... triggers) {
        DeploymentId deployment = bench.built(source, List.of(triggers));
        bench.deploy(deployment);
        return deployment;
    }

    /** A sweep, so long after the one in which the worker began to count. */
    private void converge(Duration later) {
        bench.worker.resume().converge(bench.now);
        bench.worker.resume().converge(bench.now.plus(later));
    }

    @Test
    void aServiceIsLiveWithItsTriggers() {
        DeploymentId hello = deployed("1", ORDERS, PHOTOS);

        assertThat(bench.outcomes(hello)).containsExactly(Outcome.LIVE);
        assertThat(standing()).isEqualTo(ids(ORDERS, PHOTOS));
        assertThat(bench.triggers.of(Bench.HELLO))
                .extracting(TriggerSeen::delivery)
                .allMatch(delivery -> Objects.requireNonNull(delivery).keepsUndelivered())
                .extracting(Delivery::maxDeliveryAttempts)
                .containsExactlyInAnyOrder(5, 20);
        assertThat(verdict(hello).message()).contains("'orders'", "'photos'");
    }

    @Test
    void theNextManifestChangesThemNewOnesFirst() {
        deployed("1", ORDERS, PHOTOS);
        deployed("2", RETURNS, PHOTOS);

        assertThat(standing()).isEqualTo(ids(RETURNS, PHOTOS));
        assertThat(bench.triggers.history())
                .endsWith("+ the topic 'returns'", "- the topic 'orders'");
    }

    @Test
    void aManifestWithoutTriggersLosesThem() {
        deployed("1", ORDERS);
        DeploymentId second = deployed("2");

        assertThat(bench.outcomes(second)).containsExactly(Outcome.LIVE);
        assertThat(standing()).isEmpty();
    }

    @Test
    void aServiceThatNeverHadAnyIsNotLookedUp() {
        deployed("1");
        deployed("2");

        assertThat(bench.triggers.asked()).isZero();
    }

    @Test
    void whatIsMissingIsSaidBeforeAnythingIsWritten() {
        DeploymentId first = deployed("1", ORDERS);
        DeploymentId second = deployed("2", Given.onTopic("nowhere"), Given.onBucket("nothing"));

        assertThat(verdict(second).reason()).isEqualTo(Reason.TRIGGER_REFUSED);
        assertThat(verdict(second).message()).contains("'nowhere'", "gs://nothing");
        assertThat(bench.services.serving(Bench.HELLO)).contains(bench.revision(first));
        assertThat(bench.services.revisions(Bench.HELLO)).hasSize(1);
        assertThat(standing()).isEqualTo(ids(ORDERS));
    }

    @Test
    void aRefusedTriggerGivesTheTrafficBack() {
        DeploymentId first = deployed("1", ORDERS);
        bench.triggers.refuse(FailureKind.REFUSED, 1);

        DeploymentId second = deployed("2", RETURNS);

        assertThat(bench.outcomes(second)).containsExactly(Outcome.FAILED);
        assertThat(verdict(second).reason()).isEqualTo(Reason.TRIGGER_REFUSED);
        assertThat(verdict(second).message()).contains("create the trigger inst-hello-");
        assertThat(bench.services.serving(Bench.HELLO)).contains(bench.revision(first));
        assertThat(standing()).isEqualTo(ids(ORDERS));
    }

    @Test
    void aRefusedTriggerGivesBackTheAccessOfBefore() {
        bench.deploy(bench.built("1", Access.PUBLIC));
        bench.triggers.refuse(FailureKind.REFUSED, 1);

        deployed("2", RETURNS);

        assertThat(bench.services.access(Bench.HELLO)).isEqualTo(Access.PUBLIC);
    }

    @Test
    void aTriggerOfAFirstDeploymentThatIsRefusedLeavesNothing() {
        bench.triggers.addTopic("orders");
        DeploymentId first = bench.built("1", List.of(ORDERS, RETURNS));
        bench.triggers.refuse(FailureKind.TRANSIENT, 1);
        bench.triggers.refuse(FailureKind.REFUSED, 1);

        bench.deploy(first);

        assertThat(bench.outcomes(first)).containsExactly(Outcome.FAILED);
        assertThat(bench.services.get(Bench.HELLO)).isEmpty();
        assertThat(standing()).isEmpty();
    }

    @Test
    void afterARefusalTheSameDropAgainGoesLive() {
        deployed("1", ORDERS);
        bench.triggers.refuse(FailureKind.REFUSED, 1);
        deployed("2", RETURNS);

        DeploymentId third = deployed("2", RETURNS);

        assertThat(bench.outcomes(third)).containsExactly(Outcome.LIVE);
        assertThat(standing()).isEqualTo(ids(RETURNS));
    }

    @ParameterizedTest
    @EnumSource(
            value = FailureKind.class,
            names = {"TRANSIENT", "BUSY", "CONFLICT", "DENIED"})
    void whatMaySucceedLaterIsTriedAgain(FailureKind kind) {
        bench.triggers.refuse(kind, 3);
        DeploymentId hello = deployed("1", ORDERS);

        for (int sweep = 0; sweep < 4 && !bench.record(hello).isDone(); sweep++) {
            bench.sweepAfter(hello, Duration.ofMinutes(2));
        }

        assertThat(bench.outcomes(hello)).containsExactly(Outcome.LIVE);
        assertThat(standing()).isEqualTo(ids(ORDERS));
    }

    @Test
    void aPermissionThatDoesNotComeIsTheOperatorsTurnAtTheDeadline() {
        deployed("0");
        bench.triggers.refuse(FailureKind.DENIED, 1000);
        DeploymentId hello = deployed("1", ORDERS);

        bench.sweepAfter(hello, Duration.ofMinutes(14));
        assertThat(bench.record(hello).isDone()).isFalse();
        bench.sweepAfter(hello, Duration.ofMinutes(2));

        assertThat(verdict(hello).reason()).isEqualTo(Reason.DEPLOY_REFUSED);
        assertThat(standing()).isEmpty();
    }

    @Test
    void aTriggerThatDoesNotGetReadyEndsAtTheDeadline() {
        DeploymentId first = deployed("1");
        bench.triggers.settleAfter(Integer.MAX_VALUE);
        DeploymentId second = deployed("2", ORDERS);
        assertThat(bench.record(second).isDone()).isFalse();

        bench.sweepAfter(second, Duration.ofMinutes(16));

        assertThat(verdict(second).reason()).isEqualTo(Reason.DEPLOY_TIMED_OUT);
        assertThat(verdict(second).message()).contains("'orders'");
        assertThat(bench.services.serving(Bench.HELLO)).contains(bench.revision(first));
        assertThat(standing()).isEmpty();
    }

    @Test
    void theSameBytesMendTheirTriggers() {
        deployed("1", ORDERS);
        bench.triggers.of(Bench.HELLO).forEach(bench.triggers::delete);

        DeploymentId again = deployed("1", ORDERS);

        assertThat(bench.outcomes(again)).containsExactly(Outcome.UNCHANGED);
        assertThat(standing()).isEqualTo(ids(ORDERS));
    }

    @Test
    void aLostAnswerMakesOneTrigger() {
        bench.triggers.loseAnswers(1);

        DeploymentId hello = deployed("1", ORDERS);

        assertThat(bench.outcomes(hello)).containsExactly(Outcome.LIVE);
        assertThat(bench.triggers.history()).containsExactly("+ the topic 'orders'");
    }

    @Test
    void anOldTriggerThatCannotBeTakenAwayKeepsNothingBack() {
        deployed("1", ORDERS);
        bench.triggers.refuse(FailureKind.DENIED, 1000);
        DeploymentId second = deployed("2");

        bench.sweepAfter(second, Duration.ofMinutes(16));
        assertThat(bench.outcomes(second)).containsExactly(Outcome.LIVE);
        assertThat(standing()).isEqualTo(ids(ORDERS));

        bench.triggers.accept();
        converge(Duration.ofMinutes(20));
        assertThat(standing()).isEmpty();
    }

    @Test
    void theSweepTakesAwayWhatWasCreatedLate() {
        deployed("1", ORDERS);
        converge(Duration.ofSeconds(30));
        late(RETURNS);

        converge(Duration.ofSeconds(60));

        assertThat(standing()).isEqualTo(ids(ORDERS));
    }

    private void late(Trigger trigger) {
        bench.triggers.create(
                TriggerPlan.of(
                                Bench.INSTALLATION,
                                Bench.HELLO,
                                Given.manifest("hello", List.of(trigger)))
                        .getFirst());
    }

    @Test
    void theSweepBringsBackWhatWasDeletedLate() {
        deployed("1", ORDERS);
        converge(Duration.ofSeconds(30));
        bench.triggers.of(Bench.HELLO).forEach(bench.triggers::delete);

        converge(Duration.ofSeconds(60));
        converge(Duration.ofSeconds(90));

        assertThat(standing()).isEqualTo(ids(ORDERS));
        assertThat(bench.triggers.of(Bench.HELLO).getFirst().delivery())
                .isEqualTo(
                        TriggerPlan.of(
                                        Bench.INSTALLATION,
                                        Bench.HELLO,
                                        Given.manifest("hello", List.of(ORDERS)))
                                .getFirst()
                                .delivery());
    }

    @Test
    void theSweepTakesAwayWhatBelongsToNoService() {
        late(ORDERS);

        converge(Duration.ofSeconds(30));

        assertThat(standing()).isEmpty();
    }

    @Test
    void theSweepTakesAwayWhatAnEarlierServiceOfThatNameLeft() {
        late(ORDERS); // its undeploy died and was overtaken
        deployed("1");

        converge(Duration.ofSeconds(30));

        assertThat(standing()).isEmpty();
    }

    @Test
    void theSweepAsksOnceWhereNothingChanged() {
        deployed("1", ORDERS);
        converge(Duration.ofSeconds(30));
        int asked = bench.triggers.asked();

        bench.worker.resume().converge(bench.now.plusSeconds(60));

        assertThat(bench.triggers.asked()).isEqualTo(asked + 1);
    }

    @Test
    void theSweepOfAnInstallationWithoutTriggersAsksSeldom() {
        deployed("1");
        converge(Duration.ofSeconds(30));
        int asked = bench.triggers.asked();

        bench.worker.resume().converge(bench.now.plusSeconds(60));
        assertThat(bench.triggers.asked()).isEqualTo(asked);
        bench.worker.resume().converge(bench.now.plus(Duration.ofMinutes(6)));
        assertThat(bench.triggers.asked()).isEqualTo(asked + 1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void changedTriggersThatDieAnywhereAreContinued(boolean afterwards) {
        crashes(
                afterwards,
                each -> each.built("2", List.of(RETURNS, PHOTOS)),
                Outcome.LIVE,
                ids(RETURNS, PHOTOS));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void refusedTriggersThatDieAnywhereAreContinued(boolean afterwards) {
        crashes(
                afterwards,
                each -> {
                    each.triggers.refuse(FailureKind.REFUSED, 1);
                    return each.built("2", List.of(RETURNS));
                },
                Outcome.FAILED,
                ids(ORDERS, PHOTOS));
    }

    /** The worker dies at each of its calls in turn; another one continues. */
    private static void crashes(
            boolean afterwards,
            Function<Bench, DeploymentId> given,
            Outcome outcome,
            Set<String> triggers) {
        boolean died = true;
        for (int call = 0; died; call++) {
            Bench each = bench();
            each.deploy(each.built("1", List.of(ORDERS, PHOTOS)));
            DeploymentId second = given.apply(each);
            died = dies(each, call, afterwards, second);
            each.sweepAfter(second, Duration.ofSeconds(90));

            // an answer that was lost with its worker is a second chance
            assertThat(each.outcomes(second))
                    .hasSize(1)
                    .allMatch(ended -> ended == outcome || ended == Outcome.LIVE);
            if (each.outcomes(second).contains(outcome)) {
                assertThat(each.triggers.idsOf(Bench.HELLO)).isEqualTo(triggers);
            }
        }
    }

    private static boolean dies(
            Bench bench, int call, boolean afterwards, DeploymentId deployment) {
        bench.calls.crashAt(call, afterwards);
        try {
            bench.deploy(deployment);
            return false;
        } catch (Calls.Crash _) {
            return true;
        } finally {
            bench.calls.calm();
        }
    }
}
