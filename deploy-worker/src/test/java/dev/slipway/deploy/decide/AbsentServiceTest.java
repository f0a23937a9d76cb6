package dev.slipway.deploy.decide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.Outcome;
import dev.slipway.contracts.Reason;
import dev.slipway.deploy.decide.DeployStep.Create;
import dev.slipway.deploy.decide.DeployStep.Delete;
import dev.slipway.deploy.decide.DeployStep.Deploy;
import dev.slipway.deploy.decide.RevisionSeen.State;
import dev.slipway.deploy.decide.ServiceSeen.Progress;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What is done where there is no service, or one that should not be. */
class AbsentServiceTest {
    @Nested
    class WithoutService {
        private final Situation situation = Situation.empty();

        @Test
        void itIsCreatedWithMyFence() {
            assertThat(situation.next())
                    .isEqualTo(new Create(new Marks(Situation.MINE, null, null, null, "inst")));
        }

        @Test
        void itIsCreatedWhereAbsentIsBelowMine() {
            situation.absent = Situation.order(4);

            assertThat(situation.next()).isInstanceOf(Create.class);
        }

        @Test
        void itIsNotCreatedWhereAbsentIsAboveMine() {
            situation.absent = Situation.order(6);

            situation.assertEnds(Reason.NEWER_DEPLOYMENT);
        }
    }

    @Nested
    class GhostServices {
        @Test
        void belowAbsentIsDeleted() {
            Situation situation = Situation.olderServes();
            situation.absent = Situation.order(4);
            assertThat(situation.next()).isInstanceOf(Delete.class);

            situation.progress = Progress.SETTLING;
            assertThat(situation.next()).isInstanceOf(Delete.class);

            situation.record = Situation.CLOSING;
            assertThat(situation.next()).isInstanceOf(Delete.class);
        }

        @Test
        void ofTheOneThatWasDeclaredAbsentIsDeletedOnceThatEnded() {
            Situation situation = Situation.firstWritten(State.FAILED);
            situation.record = Situation.DEPLOYING;
            situation.fence = Situation.order(4);
            situation.absent = Situation.order(4);
            situation.revisions.clear();
            assertThat(situation.next()).isNotInstanceOf(Delete.class);

            situation.fenceOutcome = Optional.of(Outcome.FAILED);
            assertThat(situation.next()).isInstanceOf(Delete.class);
        }

        @Test
        void isNoneWhereAnotherOneServesAPart() {
            Situation situation = Situation.olderServes();
            situation.fence = Situation.order(4);
            situation.absent = Situation.order(4);
            situation.fenceOutcome = Optional.of(Outcome.FAILED);
            situation.servingPercent = 60;

            assertThat(situation.next()).isInstanceOf(Deploy.class);
        }

        @Test
        void isNoneWhereAnotherOneIsLive() {
            Situation situation = Situation.olderServes();
            situation.fence = Situation.order(4);
            situation.absent = Situation.order(4);
            situation.fenceOutcome = Optional.of(Outcome.FAILED);

            assertThat(situation.next()).isInstanceOf(Deploy.class);
        }

        @Test
        void isNoneWhereTheOneAtTheFenceWentLive() {
            Situation situation = Situation.firstWritten(State.FAILED);
            situation.fence = Situation.order(4);
            situation.absent = Situation.order(4);
            situation.revisions.clear();
            situation.fenceOutcome = Optional.of(Outcome.LIVE);

            assertThat(situation.next()).isNotInstanceOf(Delete.class);
        }
    }
}
