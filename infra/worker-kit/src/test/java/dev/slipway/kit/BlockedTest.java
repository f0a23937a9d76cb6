package dev.slipway.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.slipway.contracts.ObjectVersion;
import dev.slipway.contracts.RequestAnswer;
import dev.slipway.contracts.RequestAnswer.State;
import dev.slipway.contracts.RequestKind;
import dev.slipway.contracts.RequestName;
import dev.slipway.ledger.InMemoryObjectStore;
import dev.slipway.ledger.Marker;
import dev.slipway.ledger.Order;
import dev.slipway.ledger.RequestRecord;
import dev.slipway.ledger.RequestRecord.End;
import dev.slipway.ledger.UnreadableObject;
import dev.slipway.ledger.Versioned;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BlockedTest {
    private static final String LEDGER = "ledger";
    private static final RequestName NAME = RequestName.of(Drops.HELLO, "r1");

    private final InMemoryObjectStore store = new InMemoryObjectStore(new MovingClock(Drops.NOON));
    private final Drops drops = new Drops(store);
    private final Blocked blocked =
            new Blocked(
                    drops.ledger,
                    LEDGER,
                    new Answers(
                            new InMemoryObjectStore(new MovingClock(Drops.NOON)),
                            Drops.backoff(),
                            Later.NOW));

    private Marker asked(String bucket) {
        Marker marker =
                Marker.of(
                        Order.of(
                                new ObjectVersion(bucket, NAME.object(), 1),
                                Drops.NOON.toEpochMilli()));
        return drops.ledger.mark(marker).value();
    }

    private UnreadableObject torn() {
        store.create("services/" + Drops.HELLO, new byte[] {'{'});
        return catchThrowableOfType(
                UnreadableObject.class, () -> drops.ledger.service(Drops.HELLO));
    }

    private Optional<RequestAnswer> answer() {
        return store.get(RequestName.answerTo(NAME.object()))
                .flatMap(stored -> RequestAnswer.parse(stored.body()));
    }

    @Test
    void whoAskedReadsWhatItWaitsFor() {
        Marker marker = asked(LEDGER);

        blocked.accept(marker.deployment(), torn());

        assertThat(answer())
                .hasValueSatisfying(
                        told -> {
                            assertThat(told.request()).isEqualTo(marker.deployment());
                            assertThat(told.state()).isEqualTo(State.WAITING);
                            assertThat(told.waitingFor())
                                    .isEqualTo(
                                            "your operator to mend services/europe-west1/hello of"
                                                    + " the ledger, which does not parse");
                        });
    }

    @Test
    void howItEndedStays() {
        Marker marker = asked(LEDGER);
        Versioned<RequestRecord> read =
                drops.ledger.begin(
                        RequestRecord.received(
                                marker, Drops.HELLO, RequestKind.HOLD, null, null, false, null));
        RequestRecord over = read.value().finished(End.done("It is held."));
        drops.ledger.answerRequest(over.answerName(), over.answer());

        blocked.accept(marker.deployment(), torn());

        assertThat(answer().map(RequestAnswer::state)).contains(State.DONE);
    }

    @Test
    void aDropThatIsCalledLikeARequestIsNone() {
        blocked.accept(asked("drop").deployment(), torn());

        assertThat(answer()).isEmpty();
    }
}
