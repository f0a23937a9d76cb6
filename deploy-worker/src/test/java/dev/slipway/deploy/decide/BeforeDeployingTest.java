package dev.slipway.deploy.decide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.Reason;
import dev.slipway.contracts.manifest.Access;
import dev.slipway.deploy.decide.DeployStep.Await;
import dev.slipway.deploy.decide.DeployStep.Begin;
import dev.slipway.deploy.decide.DeployStep.Leave;
import dev.slipway.deploy.decide.ServiceSeen.Progress;
import dev.slipway.ledger.DeploymentRecord;
import dev.slipway.ledger.Marker;
import dev.slipway.ledger.Waiting;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Until the first write: what ends a deployment, and what it waits for. */
class BeforeDeployingTest {
    private final Situation situation = Situation.olderServes();

    BeforeDeployingTest() {
        situation.record = Situation.BUILT;
    }

    @Test
    void itIsRecordedBeforeAnythingIsWritten() {
        assertThat(situation.next()).isEqualTo(new Begin());
        situation.present = false;
        assertThat(situation.next()).isEqualTo(new Begin());
    }

    @Test
    void aNewerDeploymentSupersedesIt() {
        situation.newest = Situation.order(6);

        situation.assertEnds(Reason.NEWER_DEPLOYMENT);
    }

    @Test
    void anUndeployAboveItSupersedesIt() {
        situation.absent = Situation.order(6);

        situation.assertEnds(Reason.NEWER_DEPLOYMENT);
    }

    @Test
    void aNewerFenceSupersedesIt() {
        situation.fence = Situation.order(6);

        situation.assertEnds(Reason.NEWER_DEPLOYMENT);
    }

    @Test
    void aForeignServiceIsRefusedWithoutAWrite() {
        situation.installation = null;
        situation.assertEnds(Reason.SERVICE_FOREIGN);

        situation.installation = "theirs";
        situation.assertEnds(Reason.SERVICE_FOREIGN);
    }

    @Test
    void aForeignServiceIsAdoptedWhereThatIsAllowed() {
        situation.installation = null;
        situation.rules = new Rules("inst", true, true, Duration.ofMinutes(15), "inst-events-dead");

        assertThat(situation.next()).isEqualTo(new Begin());
    }

    @Test
    void aForeignServiceWithoutOneServingRevisionIsNeverAdopted() {
        situation.installation = null;
        situation.serving = null;
        situation.rules = new Rules("inst", true, true, Duration.ofMinutes(15), "inst-events-dead");

        situation.assertEnds(Reason.SERVICE_FOREIGN);
    }

    @Test
    void publicAccessIsRefusedWhereItIsNotAllowed() {
        situation.access = Access.PUBLIC;
        situation.rules =
                new Rules("inst", false, false, Duration.ofMinutes(15), "inst-events-dead");

        situation.assertEnds(Reason.DEPLOY_REFUSED);
    }

    @Test
    void aHeldServiceIsWaitedFor() {
        situation.held = new Held(true, Situation.order(4));

        situation.assertWaits(Waiting.Cause.HOLD);
    }

    @Test
    void anotherRolloutIsWaitedFor() {
        situation.progress = Progress.SETTLING;

        assertThat(situation.next())
                .isInstanceOfSatisfying(
                        Await.class,
                        step -> assertThat(step.cause()).isEqualTo(Waiting.Cause.ROLLOUT));
    }

    @Test
    void beforeItsImageIsThereNothingIsDone() {
        Situation empty = Situation.empty();
        empty.record = DeploymentRecord.received(Marker.of(Situation.MINE), Situation.HELLO, null);

        assertThat(empty.next()).isInstanceOf(Leave.class);
    }
}
