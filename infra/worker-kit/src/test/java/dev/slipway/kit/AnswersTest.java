package dev.slipway.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.slipway.contracts.Answer;
import dev.slipway.contracts.Answer.State;
import dev.slipway.contracts.Outcome;
import dev.slipway.contracts.Reason;
import dev.slipway.contracts.Verdict;
import dev.slipway.ledger.DeploymentRecord;
import dev.slipway.ledger.InMemoryObjectStore;
import dev.slipway.ledger.Marker;
import dev.slipway.ledger.ObjectStore;
import dev.slipway.ledger.StoreUnavailable;
import dev.slipway.ledger.UnreadableObject;
import dev.slipway.ledger.Versioned;
import dev.slipway.ledger.Waiting;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnswersTest {
    private static final String NAME = "status/hello.zip.json";

    private final MovingClock clock = new MovingClock(Drops.NOON);
    private final Contested dropBucket = new Contested(new InMemoryObjectStore(clock));
    private final Answers answers = new Answers(dropBucket, Drops.backoff(), Later.NOW);
    private final Drops drops = new Drops(new InMemoryObjectStore(clock));

    /** A store whose next writes come too late, or whose next calls find it busy. */
    private static final class Contested implements ObjectStore {
        private final ObjectStore store;
        private int lostWrites;
        private int busyCalls;

        Contested(ObjectStore store) {
            this.store = store;
        }

        private <T> T called(Supplier<T> call) {
            if (busyCalls > 0) {
                busyCalls--;
                throw new StoreUnavailable("429", true, null);
            }
            return call.get();
        }

        private Write write(Supplier<Write> write) {
            if (lostWrites > 0) {
                lostWrites--;
                return new Conflict();
            }
            return called(write);
        }

        @Override
        public Optional<Stored> get(String name) {
            return called(() -> store.get(name));
        }

        @Override
        public Write create(String name, byte[] body) {
            return write(() -> store.create(name, body));
        }

        @Override
        public Write swap(String name, long generation, byte[] body) {
            return write(() -> store.swap(name, generation, body));
        }

        @Override
        public boolean delete(String name, long generation) {
            return store.delete(name, generation);
        }

        @Override
        public List<Listed> list(String prefix, int atMost) {
            return store.list(prefix, atMost);
        }
    }

    private Versioned<DeploymentRecord> finished(Versioned<DeploymentRecord> read) {
        return drops.moved(
                read, read.value().finished(Verdict.of(Reason.BUILD_STUCK, "It stuck."), null));
    }

    private Optional<Answer> standing() {
        return dropBucket.store.get(NAME).flatMap(stored -> Answer.parse(stored.body()));
    }

    private void somebodyWrites(String body) {
        dropBucket.store.create(NAME, body.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void showsHowFarADeploymentIs() {
        answers.show(drops.verified());

        assertThat(standing().map(Answer::state)).contains(State.VERIFIED);
    }

    @Test
    void leavesOutAStateThatAnotherOneFollowsSoon() {
        List<Runnable> postponed = new ArrayList<>();
        Answers patient = new Answers(dropBucket, Drops.backoff(), postponed::add);
        Versioned<DeploymentRecord> verified = drops.verified();
        patient.show(verified);
        patient.show(drops.moved(verified, verified.value().built(Drops.IMAGE)));
        assertThat(standing()).isEmpty();

        assertThat(postponed).hasSize(1);
        postponed.forEach(Runnable::run);

        assertThat(standing().map(Answer::state)).contains(State.BUILT);
    }

    @Test
    void leavesOutAStateThatTheLastOneFollowsSoon() {
        List<Runnable> postponed = new ArrayList<>();
        Answers patient = new Answers(dropBucket, Drops.backoff(), postponed::add);
        Versioned<DeploymentRecord> verified = drops.verified();
        patient.show(verified);
        patient.showLast(finished(verified));

        postponed.forEach(Runnable::run);

        assertThat(standing().map(Answer::state)).contains(State.DONE);
    }

    private UnreadableObject torn(Versioned<DeploymentRecord> read) {
        InMemoryObjectStore other = new InMemoryObjectStore(clock);
        other.create("deployments/" + read.value().deployment(), new byte[] {'{'});
        return catchThrowableOfType(
                UnreadableObject.class,
                () -> new Drops(other).ledger.deployment(read.value().deployment()));
    }

    @Test
    void showsThatADeploymentWaitsForWhatMustBeMended() {
        Versioned<DeploymentRecord> verified = drops.verified();
        UnreadableObject torn = torn(verified);
        answers.show(verified);

        answers.showBlocked(Marker.of(verified.value().order()), torn);

        assertThat(standing().map(Answer::waitingFor)).contains(torn.awaited());
        assertThat(standing().map(Answer::state)).contains(State.VERIFIED);
    }

    @Test
    void whatWasMendedIsShownAsItGoesOn() {
        Versioned<DeploymentRecord> verified = drops.verified();
        answers.show(verified);
        answers.showBlocked(Marker.of(verified.value().order()), torn(verified));

        answers.show(verified);

        assertThat(standing().flatMap(answer -> Optional.ofNullable(answer.waitingFor())))
                .isEmpty();
    }

    @Test
    void doesNotShowThatOneIsBlockedWhereItIsOverOrNewerOnesAre() {
        Versioned<DeploymentRecord> older = drops.verified();
        Versioned<DeploymentRecord> newer = drops.verified();
        answers.showLast(finished(newer));
        byte[] before = dropBucket.get(NAME).orElseThrow().body();

        answers.showBlocked(Marker.of(older.value().order()), torn(older));
        answers.showBlocked(Marker.of(newer.value().order()), torn(newer));

        assertThat(dropBucket.get(NAME).orElseThrow().body()).isEqualTo(before);
    }

    @Test
    void doesNotPostponeThatADeploymentWaits() {
        List<Runnable> postponed = new ArrayList<>();
        Answers patient = new Answers(dropBucket, Drops.backoff(), postponed::add);
        Versioned<DeploymentRecord> verified = drops.verified();

        patient.show(
                drops.moved(
                        verified,
                        verified.value().waiting(new Waiting(Waiting.Cause.QUOTA, Drops.NOON))));

        assertThat(postponed).isEmpty();
        assertThat(standing().map(Answer::waitingFor))
                .contains("a free place: the quota is used up");
    }

    @Test
    void goesForwardOnly() {
        Versioned<DeploymentRecord> verified = drops.verified();
        answers.show(drops.moved(verified, verified.value().built(Drops.IMAGE)));

        answers.show(verified);

        assertThat(standing().map(Answer::state)).contains(State.BUILT);
    }

    @Test
    void showsThatADeploymentWaitsAndThatItWaitsNoMore() {
        Versioned<DeploymentRecord> verified = drops.verified();
        answers.show(verified);
        Versioned<DeploymentRecord> waiting =
                drops.moved(
                        verified,
                        verified.value().waiting(new Waiting(Waiting.Cause.QUOTA, Drops.NOON)));

        answers.show(waiting);
        assertThat(standing().map(Answer::waitingFor))
                .contains("a free place: the quota is used up");

        answers.show(drops.moved(waiting, waiting.value().injected()));
        assertThat(standing().map(Answer::waitingFor)).isEmpty();
    }

    @Test
    void neverChangesALastAnswer() {
        Versioned<DeploymentRecord> verified = drops.verified();
        answers.showLast(finished(verified));
        byte[] last = dropBucket.store.get(NAME).orElseThrow().body();
        clock.pass(Duration.ofSeconds(5));

        answers.show(verified);
        answers.showLast(drops.again(verified));

        assertThat(dropBucket.store.get(NAME).orElseThrow().body()).isEqualTo(last);
    }

    @Test
    void neverCoversTheAnswerToANewerGeneration() {
        Versioned<DeploymentRecord> older = drops.verified();
        Versioned<DeploymentRecord> newer = drops.received();
        answers.show(newer);

        answers.show(older);
        answers.showLast(finished(older));

        assertThat(standing().map(Answer::deployment)).contains(newer.value().deployment().value());
        assertThat(standing().map(Answer::state)).contains(State.RECEIVED);
    }

    @Test
    void coversTheAnswerToAnOlderGeneration() {
        answers.showLast(finished(drops.verified()));
        Versioned<DeploymentRecord> newer = drops.received();

        answers.show(newer);

        assertThat(standing().map(Answer::deployment)).contains(newer.value().deployment().value());
        assertThat(standing().map(Answer::outcome)).isEmpty();
    }

    @Test
    void mayLeaveOutAStateThatSomebodyContests() {
        dropBucket.lostWrites = 1;

        answers.show(drops.verified());

        assertThat(standing()).isEmpty();
    }

    @Test
    void mayLeaveOutAStateWhileTheStoreIsBusy() {
        dropBucket.busyCalls = 1;

        assertThatCode(() -> answers.show(drops.verified())).doesNotThrowAnyException();

        assertThat(standing()).isEmpty();
    }

    @Test
    void neverLeavesOutTheLastAnswer() {
        dropBucket.lostWrites = 5;
        dropBucket.busyCalls = 5;

        answers.showLast(finished(drops.verified()));

        assertThat(standing().map(Answer::outcome)).contains(Outcome.FAILED);
    }

    @Test
    void saysSoWhereTheLastAnswerCannotBeShown() {
        dropBucket.lostWrites = 1000;

        assertThatThrownBy(() -> answers.showLast(finished(drops.verified())))
                .isInstanceOf(StoreUnavailable.class)
                .hasMessageContaining(NAME);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{\"deployment\":\"d",
                "{}",
                "null",
                "hello",
                "{\"order\":\"1\",\"state\":\"DONE\"}"
            })
    void whatIsNoAnswerIsInNobodysWay(String body) {
        somebodyWrites(body);

        answers.show(drops.verified());

        assertThat(standing().map(Answer::state)).contains(State.VERIFIED);
    }

    @Test
    void anAnswerWithAnOrderThatIsNoneIsInNobodysWay() {
        answers.showLast(finished(drops.verified()));
        String forged =
                new String(dropBucket.store.get(NAME).orElseThrow().body(), StandardCharsets.UTF_8)
                        .replaceFirst("\"order\":\"[^\"]*\"", "\"order\":\"zzz\"");
        dropBucket.store.delete(NAME, dropBucket.store.get(NAME).orElseThrow().generation());
        somebodyWrites(forged);

        answers.show(drops.received());

        assertThat(standing().map(Answer::state)).contains(State.RECEIVED);
    }
}
