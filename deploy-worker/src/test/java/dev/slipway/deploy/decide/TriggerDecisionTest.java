package dev.slipway.deploy.decide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.Reason;
import dev.slipway.contracts.Verdict;
import dev.slipway.contracts.manifest.Access;
import dev.slipway.contracts.manifest.Trigger;
import dev.slipway.deploy.Given;
import dev.slipway.deploy.decide.DeployStep.AdjustTrigger;
import dev.slipway.deploy.decide.DeployStep.Await;
import dev.slipway.deploy.decide.DeployStep.Begin;
import dev.slipway.deploy.decide.DeployStep.Close;
import dev.slipway.deploy.decide.DeployStep.CreateTrigger;
import dev.slipway.deploy.decide.DeployStep.Delete;
import dev.slipway.deploy.decide.DeployStep.DeleteTrigger;
import dev.slipway.deploy.decide.DeployStep.End;
import dev.slipway.deploy.decide.DeployStep.RaiseAbsent;
import dev.slipway.deploy.decide.DeployStep.Route;
import dev.slipway.deploy.decide.RevisionSeen.State;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TriggerDecisionTest {
    private static final Trigger ORDERS = Given.onTopic("orders");
    private static final Trigger PHOTOS = Given.onBucket("photos");
    private static final Verdict REFUSED = Verdict.of(Reason.TRIGGER_REFUSED, "no");

    private static Situation live(Trigger... events) {
        Situation situation = Situation.written(State.READY);
        situation.events = List.of(events);
        return situation;
    }

    private static TriggerSeen ready(TriggerPlan plan) {
        return seen(plan, null, plan.delivery());
    }

    private static TriggerSeen seen(
            TriggerPlan plan, @Nullable String failure, @Nullable Delivery delivery) {
        return new TriggerSeen(plan.id(), "europe-west1", plan.service(), failure, delivery);
    }

    private static TriggerPlan surplus() {
        return TriggerPlan.of(
                        Situation.INSTALLATION,
                        Situation.HELLO,
                        Given.manifest("hello", List.of(Given.onTopic("yesterday"))))
                .getFirst();
    }

    private static void assertEnds(Situation situation, Reason reason) {
        assertThat(situation.next())
                .isInstanceOfSatisfying(
                        End.class, end -> assertThat(end.verdict().reason()).isEqualTo(reason));
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
            assertEnds(situation, Reason.DEPLOYED);
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

            assertEnds(situation, Reason.DEPLOYED);
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
            assertEnds(situation, Reason.ALREADY_LIVE);
        }
    }

    @Nested
    class ARefusedTrigger {
        private final Situation situation = live(ORDERS);

        ARefusedTrigger() {
            situation.record = Situation.DEPLOYING.closing(REFUSED);
        }

        @Test
        void givesTheTrafficBackToWhatWasLive() {
            assertThat(situation.next())
                    .isInstanceOfSatisfying(
                            Route.class,
                            route -> {
                                assertThat(route.revision()).isEqualTo(Situation.OLD_REVISION);
                                assertThat(route.marks().closed()).isEqualTo(Situation.MINE);
                                assertThat(route.marks().live()).isEqualTo(Situation.OLD_REVISION);
                                assertThat(route.access()).contains(Access.PRIVATE);
                            });
        }

        @Test
        void leavesNothingWhereNothingWasLive() {
            Situation first = Situation.firstWritten(State.READY);
            first.events = List.of(ORDERS);
            first.record = Situation.DEPLOYING.closing(REFUSED);

            assertThat(first.next()).isEqualTo(new RaiseAbsent());
            first.absent = Situation.MINE;
            assertThat(first.next()).isInstanceOf(Delete.class);

            first.present = false;
            TriggerSeen mine = ready(first.wanted().getFirst());
            first.standing = List.of(mine);
            assertThat(first.next()).isEqualTo(new DeleteTrigger(mine));
            first.standing = List.of();
            assertEnds(first, Reason.TRIGGER_REFUSED);
        }

        @Test
        void isSaidOnceOnlyTheTriggersOfBeforeStand() {
            situation.before = List.of(PHOTOS);
            situation.closed = Situation.MINE;
            situation.serving = Situation.OLD_REVISION;
            situation.wanted = Situation.OLD_REVISION;
            TriggerSeen mine = ready(situation.wanted().getFirst());
            TriggerSeen before = ready(situation.wantedBefore().getFirst());
            situation.standing = List.of(before, mine);

            assertThat(situation.next()).isEqualTo(new DeleteTrigger(mine));
            situation.standing = List.of(before);
            assertEnds(situation, Reason.TRIGGER_REFUSED);
        }

        @Test
        void isSaidThoughItsTriggersCannotBeTakenAway() {
            situation.closed = Situation.MINE;
            situation.serving = Situation.OLD_REVISION;
            situation.wanted = Situation.OLD_REVISION;
            situation.standing = List.of(ready(situation.wanted().getFirst()));
            situation.now = Situation.SINCE.plus(Duration.ofMinutes(30));

            assertEnds(situation, Reason.TRIGGER_REFUSED);
        }

        /** Another handler of it may have seen the trigger before it was ready. */
        @Test
        void givesTheTrafficBackThoughItBecameReadyAfterAll() {
            situation.standing = List.of(ready(situation.wanted().getFirst()));

            assertThat(situation.next()).isInstanceOf(Route.class);
        }

        @Test
        void isLiveWhereANewerOneWentBackToIt() {
            situation.fence = Situation.order(7);
            assertThat(situation.next())
                    .isInstanceOfSatisfying(
                            End.class,
                            end -> {
                                assertThat(end.verdict().reason()).isEqualTo(Reason.DEPLOYED);
                                assertThat(end.verdict().message())
                                        .contains("Not all of its triggers are ready", "no");
                                assertThat(end.url()).isEqualTo("http://hello");
                            });

            situation.standing = List.of(ready(situation.wanted().getFirst()));
            assertEnds(situation, Reason.DEPLOYED);
        }

        @Test
        void isSupersededWhereANewerOneServes() {
            situation.fence = Situation.order(7);
            situation.revisions.add(Situation.revision("hello-new", State.READY, 7, "newer"));
            situation.wanted = "hello-new";
            situation.serving = "hello-new";

            assertEnds(situation, Reason.NEWER_DEPLOYMENT);
        }
    }

    @Nested
    class BeforeAnythingIsWritten {
        private final Situation situation = Situation.olderServes();

        BeforeAnythingIsWritten() {
            situation.record = Situation.BUILT;
        }

        private void target(Trigger event, boolean there, @Nullable String location) {
            situation.events = List.of(event);
            List<TargetSeen> targets = new ArrayList<>(situation.targets);
            targets.add(new TargetSeen(situation.wanted().getFirst(), there, location));
            situation.targets = targets;
        }

        private void assertRefused(String field, String... texts) {
            assertThat(situation.next())
                    .isInstanceOfSatisfying(
                            End.class,
                            end -> {
                                assertThat(end.verdict().reason())
                                        .isEqualTo(Reason.TRIGGER_REFUSED);
                                assertThat(end.verdict().field()).isEqualTo(field);
                                assertThat(end.verdict().message()).contains(texts);
                            });
        }

        @Test
        void aMissingTopicIsNamed() {
            target(ORDERS, false, null);

            assertRefused("triggers.pubsub.topic", "gcloud pubsub topics create orders");
        }

        @Test
        void everythingThatIsMissingIsNamed() {
            target(ORDERS, false, null);
            target(PHOTOS, false, null);

            assertRefused(
                    "triggers.pubsub.topic",
                    "gcloud pubsub topics create orders",
                    "gcloud storage buckets create gs://photos --location=europe-west1");
        }

        @Test
        void undeliveredEventsDoNotGoRound() {
            target(Given.onTopic("inst-events-dead"), true, null);

            assertRefused("triggers.pubsub.topic", "its own undelivered events");
        }

        @ParameterizedTest
        @CsvSource({
            "europe-west1, true",
            "eu,           true",
            "us,           false",
            "asia,         false",
            "us-central1,  false",
            "eur4,         false"
        })
        void aBucketIsNearTheService(String location, boolean fits) {
            target(PHOTOS, true, location);

            if (fits) {
                assertThat(situation.next()).isEqualTo(new Begin());
            } else {
                assertRefused("triggers.storage.bucket", location, "europe-west1");
            }
        }

        @Test
        void whatIsThereKeepsNothingBack() {
            target(ORDERS, true, null);

            assertThat(situation.next()).isEqualTo(new Begin());
        }
    }

    @Nested
    class Names {
        private TriggerPlan plan(Trigger trigger) {
            Situation situation = new Situation();
            situation.events = List.of(trigger);
            return situation.wanted().getFirst();
        }

        @Test
        void tellEverything() {
            List<TriggerPlan> plans =
                    List.of(
                            plan(ORDERS),
                            plan(Given.onTopic(null)),
                            plan(Given.onTopic("photos")),
                            plan(PHOTOS),
                            plan(orders("/", 6, 1, 10)),
                            plan(orders("/x", 5, 1, 10)),
                            plan(orders("/", 5, 2, 10)),
                            plan(orders("/", 5, 1, 11)));

            assertThat(plans).extracting(TriggerPlan::id).doesNotHaveDuplicates();
            assertThat(plan(orders("/", 5, 1, 10))).isEqualTo(plan(ORDERS));
        }

        private Trigger orders(String path, int attempts, int least, int most) {
            return new Trigger.Pubsub(
                    "orders", path, attempts, Duration.ofSeconds(least), Duration.ofSeconds(most));
        }

        @Test
        void areShortEnoughForEventarc() {
            TriggerPlan plan =
                    TriggerPlan.of(
                                    "an-installation-with-a-long-name",
                                    Situation.HELLO,
                                    Given.manifest("hello", List.of(ORDERS)))
                            .getFirst();

            assertThat(plan.id()).matches("[a-z]([a-z0-9-]{0,61}[a-z0-9])?");
            assertThat(plan(ORDERS).id()).startsWith("inst-hello-");
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
