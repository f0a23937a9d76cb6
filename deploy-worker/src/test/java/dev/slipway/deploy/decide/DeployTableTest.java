package dev.slipway.deploy.decide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.Outcome;
import dev.slipway.deploy.decide.DeployStep.AdjustTrigger;
import dev.slipway.deploy.decide.DeployStep.Await;
import dev.slipway.deploy.decide.DeployStep.Begin;
import dev.slipway.deploy.decide.DeployStep.Close;
import dev.slipway.deploy.decide.DeployStep.Create;
import dev.slipway.deploy.decide.DeployStep.CreateTrigger;
import dev.slipway.deploy.decide.DeployStep.Delete;
import dev.slipway.deploy.decide.DeployStep.DeleteTrigger;
import dev.slipway.deploy.decide.DeployStep.Deploy;
import dev.slipway.deploy.decide.DeployStep.DeployAgain;
import dev.slipway.deploy.decide.DeployStep.End;
import dev.slipway.deploy.decide.DeployStep.Leave;
import dev.slipway.deploy.decide.DeployStep.RaiseAbsent;
import dev.slipway.deploy.decide.DeployStep.Route;
import dev.slipway.deploy.decide.DeployStep.Wait;
import dev.slipway.deploy.decide.RevisionSeen.State;
import dev.slipway.deploy.decide.ServiceSeen.Progress;
import dev.slipway.ledger.DeploymentRecord;
import dev.slipway.ledger.Order;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Every combination of what can stand around a deployment, against the rules of the protocol. */
class DeployTableTest {
    private static final List<@Nullable Long> ORDERS = Arrays.asList(null, 3L, 5L, 7L);
    private static final List<@Nullable Long> ABSENTS = Arrays.asList(null, 2L, 4L, 5L, 7L);
    private static final List<Optional<State>> MINE =
            List.of(
                    Optional.empty(),
                    Optional.of(State.UNDECIDED),
                    Optional.of(State.READY),
                    Optional.of(State.FAILED));

    private long situations;
    private final Set<Class<?>> steps = new HashSet<>();

    private static @Nullable Order order(@Nullable Long number) {
        return number == null ? null : Situation.order(number);
    }

    private void everywhere(Consumer<Situation> check) {
        for (DeploymentRecord record :
                List.of(Situation.BUILT, Situation.DEPLOYING, Situation.CLOSING)) {
            for (Long absent : ABSENTS) {
                for (Optional<Outcome> ended :
                        List.of(Optional.<Outcome>empty(), Optional.of(Outcome.FAILED))) {
                    around(record, absent, ended, check);
                }
            }
        }
    }

    private void around(
            DeploymentRecord record,
            @Nullable Long absent,
            Optional<Outcome> ended,
            Consumer<Situation> check) {
        Consumer<Situation> base =
                situation -> {
                    situation.record = record;
                    situation.absent = order(absent);
                    situation.fenceOutcome = ended;
                };
        Situation empty = Situation.empty();
        base.accept(empty);
        look(empty, check);
        for (Long fence : ORDERS) {
            for (Long closed : ORDERS) {
                services(base, fence, closed, check);
            }
        }
    }

    private void services(
            Consumer<Situation> base,
            @Nullable Long fence,
            @Nullable Long closed,
            Consumer<Situation> check) {
        for (Progress progress : EnumSet.allOf(Progress.class)) {
            for (Optional<State> mine : MINE) {
                for (String served : Arrays.asList(null, "old", "mine")) {
                    for (boolean held : new boolean[] {false, true}) {
                        Situation situation = service(fence, closed, progress, mine, served, held);
                        base.accept(situation);
                        look(situation, check);
                    }
                }
            }
        }
    }

    private static Situation service(
            @Nullable Long fence,
            @Nullable Long closed,
            Progress progress,
            Optional<State> mine,
            @Nullable String served,
            boolean held) {
        Situation situation = new Situation();
        situation.fence = order(fence);
        situation.closed = order(closed);
        situation.progress = progress;
        situation.held = held ? new Held(true, Situation.order(1)) : null;
        situation.revisions.add(
                Situation.revision(Situation.OLD_REVISION, State.READY, 3, "other"));
        mine.ifPresent(
                state -> {
                    situation.revisions.add(Situation.mine(state));
                    situation.template = Situation.MY_REVISION;
                    situation.wanted = Situation.MY_REVISION;
                });
        situation.serving =
                served == null
                        ? null
                        : served.equals("old") ? Situation.OLD_REVISION : Situation.MY_REVISION;
        return situation;
    }

    private void look(Situation situation, Consumer<Situation> check) {
        situations++;
        steps.add(situation.next().getClass());
        check.accept(situation);
    }

    private static boolean isGhost(Situation situation) {
        return situation.facts().isGhost(situation.service());
    }

    private static Optional<Marks> written(DeployStep step) {
        return switch (step) {
            case Create(Marks marks) -> Optional.of(marks);
            case Deploy(Marks marks) -> Optional.of(marks);
            case Route(Marks marks, _, _) -> Optional.of(marks);
            case Leave _,
                    Wait _,
                    Await _,
                    Begin _,
                    Delete _,
                    RaiseAbsent _,
                    DeployAgain _,
                    Close _,
                    CreateTrigger _,
                    AdjustTrigger _,
                    DeleteTrigger _,
                    End _ ->
                    Optional.empty();
        };
    }

    @Test
    void everyCombinationHasAStepAndEveryStepItsCombination() {
        everywhere(situation -> assertThat(situation.next()).isNotNull());

        assertThat(situations).isGreaterThan(20_000);
        assertThat(steps)
                .contains(
                        Wait.class,
                        Await.class,
                        Begin.class,
                        Create.class,
                        Deploy.class,
                        Route.class,
                        Delete.class,
                        RaiseAbsent.class,
                        Close.class,
                        End.class);
    }

    @Test
    void nobodyWritesWhileTheStatusLags() {
        everywhere(
                situation -> {
                    if (situation.present && situation.service().isLagging()) {
                        assertThat(written(situation.next())).isEmpty();
                    }
                });
    }

    @Test
    void nobodyWritesWhileTheServiceIsHeld() {
        everywhere(
                situation -> {
                    if (situation.present && situation.service().isHeld()) {
                        assertThat(written(situation.next())).isEmpty();
                    }
                });
    }

    @Test
    void nothingIsWrittenToCloudRunBeforeDeploying() {
        everywhere(
                situation -> {
                    if (situation.record.equals(Situation.BUILT)) {
                        assertThat(situation.next())
                                .isInstanceOfAny(Begin.class, End.class, Await.class, Wait.class);
                    }
                });
    }

    @Test
    void theFenceIsNeverLoweredAndNeverPassed() {
        everywhere(
                situation ->
                        written(situation.next())
                                .ifPresent(
                                        marks -> {
                                            assertThat(marks.order()).isEqualTo(Situation.MINE);
                                            if (situation.present) {
                                                assertThat(situation.service().fence())
                                                        .isNotEqualTo(
                                                                Optional.of(Situation.order(7)));
                                            }
                                        }));
    }

    @Test
    void everyWriteSettlesWhatIsLiveAndKeepsTheHold() {
        everywhere(
                situation -> {
                    Optional<Marks> marks = written(situation.next());
                    if (situation.present && marks.isPresent()) {
                        assertThat(Optional.ofNullable(marks.get().live()))
                                .isEqualTo(situation.service().live());
                        assertThat(marks.get().held()).isEqualTo(situation.held);
                        assertThat(marks.get().installation()).isEqualTo("inst");
                    }
                });
    }

    @Test
    void trafficGoesToWhatIsLiveOrToMineWhereItIsNotClosed() {
        everywhere(
                situation -> {
                    if (situation.next() instanceof Route(Marks marks, String revision, _)
                            && !revision.equals(marks.live())) {
                        assertThat(revision).isEqualTo(Situation.MY_REVISION);
                        assertThat(situation.closed).isNotEqualTo(Situation.MINE);
                        assertThat(situation.record.closing()).isNull();
                    }
                });
    }

    @Test
    void liveIsSaidOfWhatServesSettledAndWasNotClosed() {
        everywhere(
                situation -> {
                    if (situation.next() instanceof End(var verdict, _)
                            && verdict.outcome() == Outcome.LIVE) {
                        assertThat(situation.service().isLagging()).isFalse();
                        assertThat(situation.service().live()).contains(Situation.MY_REVISION);
                        assertThat(situation.closed).isNotEqualTo(Situation.MINE);
                    }
                });
    }

    @Test
    void aFailureIsSaidOnceItIsCarriedOut() {
        everywhere(
                situation -> {
                    if (situation.next() instanceof End(var verdict, _)
                            && verdict.outcome() == Outcome.FAILED) {
                        assertThat(situation.record.closing()).isEqualTo(verdict);
                        if (situation.present) {
                            assertThat(situation.closed).isEqualTo(Situation.MINE);
                            assertThat(situation.service().isLagging()).isFalse();
                        } else {
                            assertThat(Objects.requireNonNull(situation.absent))
                                    .isGreaterThanOrEqualTo(Situation.MINE);
                        }
                    }
                });
    }

    @Test
    void whatIsDeletedIsAGhostOrNeverServedAndIsDeclaredAbsent() {
        everywhere(
                situation -> {
                    if (situation.next() instanceof Delete && !isGhost(situation)) {
                        assertThat(situation.record.closing()).isNotNull();
                        assertThat(situation.service().live()).isEmpty();
                        assertThat(situation.service().isLagging()).isFalse();
                        assertThat(Objects.requireNonNull(situation.absent))
                                .isGreaterThanOrEqualTo(Situation.MINE);
                    }
                });
    }

    @Test
    void nothingIsCreatedThatWasDeclaredAbsent() {
        everywhere(
                situation -> {
                    if (situation.next() instanceof Create && situation.absent != null) {
                        assertThat(situation.absent).isLessThan(Situation.MINE);
                    }
                });
    }
}
