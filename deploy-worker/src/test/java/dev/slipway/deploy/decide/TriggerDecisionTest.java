package dev.slipway.deploy.decide;

import static dev.slipway.deploy.decide.GivenTriggers.ORDERS;
import static dev.slipway.deploy.decide.GivenTriggers.PHOTOS;
import static dev.slipway.deploy.decide.GivenTriggers.live;
import static dev.slipway.deploy.decide.GivenTriggers.ready;
import static dev.slipway.deploy.decide.GivenTriggers.seen;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.Reason;
import dev.slipway.deploy.Given;
import dev.slipway.deploy.decide.DeployStep.AdjustTrigger;
import dev.slipway.deploy.decide.DeployStep.Await;
import dev.slipway.deploy.decide.DeployStep.Close;
import dev.slipway.deploy.decide.DeployStep.CreateTrigger;
import dev.slipway.deploy.decide.DeployStep.DeleteTrigger;
import dev.slipway.deploy.decide.DeployStep.End;
import dev.slipway.deploy.decide.RevisionSeen.State;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class TriggerDecisionTest {
    private static TriggerPlan surplus() {
        return TriggerPlan.of(
                        Situation.INSTALLATION,
                        Situation.HELLO,
                        Given.manifest("hello", List.of(Given.onTopic("yesterday"))))
                .getFirst();
    }

    @Nested
    class WhatServesGetsItsTriggers {
        @Test
        void oneAfterTheOther() {
            Situation situation = live(ORDERS, PHOTOS);
            TriggerPlan orders = situation.wanted().getFirst();
            TriggerPlan photos = situation.wanted().getLast();

            assertThat(situation.next()).isEqualTo(new CreateTrigger(orders));

            situation.standing = List.of(ready(orders));
            assertThat(situation.next()).isEqualTo(new CreateTrigger(photos));

            situation.standing = List.of(ready(orders), ready(photos));
            situation.assertEnds(Reason.DEPLOYED);
        }

        @Test
        void andIsLiveOnlyOnceTheyAreReady() {
            Situation situation = live(ORDERS);
            TriggerPlan orders = situation.wanted().getFirst();

            situation.standing = List.of(seen(orders, null, null));
            assertThat(situation.next()).isInstanceOf(Await.class);

            Delivery eventarcs =
                    new Delivery(0, Duration.ofSeconds(10), Duration.ofMinutes(10), false);
            TriggerSeen made = seen(orders, null, eventarcs);
            situation.standing = List.of(made);
            assertThat(situation.next()).isEqualTo(new AdjustTrigger(orders, made));

            situation.standing = List.of(seen(orders, "the topic is gone", orders.delivery()));
            assertThat(situation.next()).isInstanceOf(Await.class);
        }

        @Test
        void beforeOldOnesAreTakenAway() {
            Situation situation = live(ORDERS);
            TriggerPlan orders = situation.wanted().getFirst();
            TriggerSeen old = ready(surplus());

            situation.standing = List.of(old);
            assertThat(situation.next()).isEqualTo(new CreateTrigger(orders));

            situation.standing = List.of(old, seen(orders, null, null));
            assertThat(situation.next()).isInstanceOf(Await.class);

            situation.standing = List.of(old, ready(orders));
            assertThat(situation.next()).isEqualTo(new DeleteTrigger(old));
        }

        @Test
        void andLosesThoseThatItsManifestDoesNotName() {
            Situation situation = live();
            TriggerSeen old = ready(surplus());
            situation.standing = List.of(old);

            assertThat(situation.next()).isEqualTo(new DeleteTrigger(old));
        }

        @Test
        void andSaysWhatItGets() {
            Situation situation = live(ORDERS);
            situation.standing = situation.wanted().stream().map(plan -> ready(plan)).toList();

            assertThat(situation.next())
                    .isInstanceOfSatisfying(
                            End.class,
                            end ->
                                    assertThat(end.verdict().message())
                                            .contains("the events of the topic 'orders'"));
        }

        @Test
        void whileAnotherServesNothingIsMade() {
            Situation situation = Situation.olderServes();
            situation.events = List.of(ORDERS);

            assertThat(situation.next()).isInstanceOf(DeployStep.Deploy.class);
        }
    }

    @Nested
    class Late {
        private final Situation situation = live(ORDERS);
        private final TriggerPlan orders = situation.wanted().getFirst();

        Late() {
            situation.now = Situation.SINCE.plus(Duration.ofMinutes(15));
        }

        @Test
        void whatWasNotTriedIsTried() {
            assertThat(situation.next()).isEqualTo(new CreateTrigger(orders));
        }

        @Test
        void whatIsNotReadyIsNamed() {
            situation.standing = List.of(seen(orders, "the topic is gone", orders.delivery()));

            assertThat(situation.next())
                    .isInstanceOfSatisfying(
                            Close.class,
                            close -> {
                                assertThat(close.verdict().reason())
                                        .isEqualTo(Reason.DEPLOY_TIMED_OUT);
                                assertThat(close.verdict().message())
                                        .contains(orders.id(), "orders", "the topic is gone");
                            });
        }

        @Test
        void whatOnlyIsInTheWayKeepsNothingBack() {
            situation.standing = List.of(ready(orders), ready(surplus()));

            situation.assertEnds(Reason.DEPLOYED);
        }
    }

    @Nested
    class TheSameBytes {
        private final Situation situation = Situation.olderServes();

        TheSameBytes() {
            situation.revisions.set(
                    0, Situation.revision(Situation.OLD_REVISION, State.READY, 3, "source"));
            situation.fence = Situation.MINE;
            situation.live = Situation.OLD_REVISION;
            situation.events = List.of(ORDERS);
        }

        @Test
        void areUnchangedOnceTheirTriggersAreThere() {
            TriggerPlan orders = situation.wanted().getFirst();
            assertThat(situation.next()).isEqualTo(new CreateTrigger(orders));

            situation.standing = List.of(ready(orders));
            situation.assertEnds(Reason.ALREADY_LIVE);
        }
    }

    @Nested
    class WhoHasNone {
        @Test
        void isNotAskedForAny() {
            Situation situation = live();

            assertThat(
                            DeployDecision.dependsOnTriggers(
                                    situation.record,
                                    situation.facts().manifest(),
                                    situation.facts().service()))
                    .isFalse();
        }
    }
}
