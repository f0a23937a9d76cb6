package dev.slipway.kit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.Answer;
import dev.slipway.contracts.Answer.State;
import dev.slipway.contracts.Answer.Step;
import dev.slipway.contracts.ArchiveSummary;
import dev.slipway.contracts.Outcome;
import dev.slipway.contracts.Reason;
import dev.slipway.contracts.Turn;
import dev.slipway.contracts.Verdict;
import dev.slipway.ledger.DeploymentRecord;
import dev.slipway.ledger.InMemoryObjectStore;
import dev.slipway.ledger.Versioned;
import dev.slipway.ledger.Waiting;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AnswerOfTest {
    private final MovingClock clock = new MovingClock(Drops.NOON);
    private final Drops drops = new Drops(new InMemoryObjectStore(clock));

    private static Answer of(Versioned<DeploymentRecord> read) {
        return AnswerOf.record(read);
    }

    @Test
    void namesTheDropAndItsOrder() {
        Answer answer = of(drops.received());

        assertThat(answer.object()).isEqualTo("hello.zip");
        assertThat(answer.generation()).isEqualTo("1");
        assertThat(answer.order()).isEqualTo(Drops.marker(1).order().text());
        assertThat(answer.service()).isEqualTo("hello");
        assertThat(answer.region()).isEqualTo("europe-west1");
        assertThat(answer.correlationId()).isEqualTo("order-17");
    }

    @Test
    void givesTheStoragesTimeOfEachState() {
        Versioned<DeploymentRecord> verified = drops.verified();
        clock.pass(Duration.ofSeconds(3));
        Versioned<DeploymentRecord> claimed = drops.moved(verified, verified.value().claimed());
        clock.pass(Duration.ofSeconds(4));

        Answer answer = of(drops.moved(claimed, claimed.value().building(Drops.BUILD)));

        assertThat(answer.steps())
                .containsExactly(
                        new Step(State.RECEIVED, Drops.NOON),
                        new Step(State.VERIFIED, Drops.NOON),
                        new Step(State.BUILDING, Drops.NOON.plusSeconds(7)));
        assertThat(answer.logUrl()).isEqualTo("http://log");
    }

    @Test
    void saysWhatWasFoundOnceItIsVerified() {
        Versioned<DeploymentRecord> verified = drops.verified();

        assertThat(of(drops.received()).archive()).isNull();
        assertThat(of(verified).archive()).isEqualTo(new ArchiveSummary(2, 30, 0, null));
    }

    @Test
    void aClaimIsNobodysBusiness() {
        Versioned<DeploymentRecord> verified = drops.verified();

        assertThat(of(drops.moved(verified, verified.value().claimed())).state())
                .isEqualTo(State.VERIFIED);
    }

    @Test
    void saysWhyAndWhoseTurnItIs() {
        Versioned<DeploymentRecord> received = drops.received();
        Verdict verdict =
                Verdict.of(Reason.MANIFEST_INVALID, "memory is 12 Gold")
                        .atEntry("slipway.yaml")
                        .atField(3, "memory")
                        .withLog("http://other", List.of("line"));

        Answer answer = of(drops.moved(received, received.value().finished(verdict, null)));

        assertThat(answer.outcome()).isEqualTo(Outcome.REJECTED);
        assertThat(answer.reason()).isEqualTo(Reason.MANIFEST_INVALID);
        assertThat(answer.turn()).isEqualTo(Turn.YOU);
        assertThat(answer.message()).isEqualTo("memory is 12 Gold");
        assertThat(answer.entry()).isEqualTo("slipway.yaml");
        assertThat(answer.line()).isEqualTo(3);
        assertThat(answer.field()).isEqualTo("memory");
        assertThat(answer.nextStep()).isEqualTo(Reason.MANIFEST_INVALID.nextStep());
        assertThat(answer.logUrl()).isEqualTo("http://other");
        assertThat(answer.logTail()).containsExactly("line");
    }

    @Test
    void aDropWithoutAServiceHasNone() {
        DeploymentRecord nameless = DeploymentRecord.received(Drops.marker(9), null, null);

        Answer answer = of(new Versioned<>(nameless, 1, Drops.NOON));

        assertThat(answer.service()).isNull();
        assertThat(answer.region()).isNull();
        assertThat(answer.correlationId()).isNull();
    }

    @ParameterizedTest
    @EnumSource
    void saysWhatIsWaitedFor(Waiting.Cause cause) {
        Versioned<DeploymentRecord> verified = drops.verified();
        DeploymentRecord waiting = verified.value().waiting(new Waiting(cause, Drops.NOON));

        assertThat(of(drops.moved(verified, waiting)).waitingFor())
                .matches("[a-z][a-z ,:]+[a-z]"); // it follows "waiting for"
    }
}
