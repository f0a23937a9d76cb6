package dev.slipway.upload.decide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.DeploymentId;
import dev.slipway.contracts.Digest;
import dev.slipway.contracts.ObjectVersion;
import dev.slipway.contracts.Reason;
import dev.slipway.contracts.ServiceKey;
import dev.slipway.contracts.ServiceName;
import dev.slipway.contracts.Verdict;
import dev.slipway.ledger.Build;
import dev.slipway.ledger.DeploymentRecord;
import dev.slipway.ledger.Marker;
import dev.slipway.ledger.Order;
import dev.slipway.ledger.ServiceEntry;
import dev.slipway.ledger.Source;
import dev.slipway.upload.decide.UploadStep.End;
import dev.slipway.upload.decide.UploadStep.Leave;
import dev.slipway.upload.decide.UploadStep.TellStored;
import dev.slipway.upload.decide.UploadStep.Verify;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UploadDecisionTest {
    private static final Instant SINCE = Instant.parse("2026-01-01T00:00:00Z");
    private static final ObjectVersion DROP = new ObjectVersion("drop", "hello.zip", 7);
    private static final Order ORDER = Order.of(DROP, SINCE.toEpochMilli());
    private static final ServiceKey HELLO =
            new ServiceKey("europe-west1", new ServiceName("hello"));
    private static final ServiceEntry NOBODY = new ServiceEntry(null, null);
    private static final DeploymentRecord RECEIVED =
            DeploymentRecord.received(Marker.of(ORDER), HELLO, null);
    private static final DeploymentRecord VERIFIED =
            RECEIVED.verified(
                    new Source(DROP, Digest.of("s"), Digest.of("b"), 1, 1, 0, ""),
                    Digest.of("m"),
                    null);
    private static final DeploymentRecord BUILDING =
            VERIFIED.claimed().building(new Build("projects/p/b", "log", SINCE, SINCE));

    private static UploadStep next(DeploymentRecord record, ServiceEntry entry, Duration later) {
        return UploadDecision.next(
                new UploadFacts(record, new DropName.To(HELLO), SINCE, SINCE.plus(later), entry));
    }

    private static Reason ends(UploadStep step) {
        return step instanceof End(Verdict verdict) ? verdict.reason() : Reason.DEPLOYED;
    }

    private static Order at(long laterMillis) {
        return new Order(ORDER.timeCreated() + laterMillis, 1, "drop", "hello.zip");
    }

    private static ServiceEntry newest(long laterMillis) {
        return new ServiceEntry(
                new ServiceEntry.Newest(at(laterMillis), DeploymentId.of(DROP)), null);
    }

    private static ServiceEntry absent(long laterMillis) {
        return new ServiceEntry(null, at(laterMillis));
    }

    @Test
    void aReceivedOneIsVerified() {
        assertThat(next(RECEIVED, NOBODY, Duration.ZERO)).isEqualTo(new Verify());
        assertThat(next(RECEIVED, newest(-1), Duration.ZERO)).isEqualTo(new Verify());
        assertThat(next(RECEIVED, absent(-1), Duration.ZERO)).isEqualTo(new Verify());
    }

    @Test
    void oneBelowANewerOneOrAnUndeployIsSuperseded() {
        assertThat(ends(next(RECEIVED, newest(1), Duration.ZERO)))
                .isEqualTo(Reason.NEWER_DEPLOYMENT);
        assertThat(ends(next(RECEIVED, absent(1), Duration.ZERO)))
                .isEqualTo(Reason.NEWER_DEPLOYMENT);
    }

    @Test
    void oneThatTakesTenMinutesIsGivenUp() {
        Duration limit = UploadDecision.VERIFIED_WITHIN;

        assertThat(next(RECEIVED, NOBODY, limit.minusMillis(1))).isEqualTo(new Verify());
        assertThat(ends(next(RECEIVED, NOBODY, limit))).isEqualTo(Reason.VERIFY_TIMED_OUT);
    }

    @Test
    void supersededGoesBeforeTimedOut() {
        assertThat(ends(next(RECEIVED, newest(1), Duration.ofHours(1))))
                .isEqualTo(Reason.NEWER_DEPLOYMENT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Hello.zip", "hello.zip", "hello.txt"})
    void oneWithoutAServiceIsRejectedWhateverItsNameSaysToday(String object) {
        DeploymentRecord nameless = DeploymentRecord.received(Marker.of(ORDER), null, null);

        UploadStep step =
                UploadDecision.next(
                        new UploadFacts(
                                nameless,
                                DropName.of(object, List.of("europe-west1")),
                                SINCE,
                                SINCE,
                                NOBODY));

        assertThat(ends(step)).isEqualTo(Reason.NAME_INVALID);
    }

    @Test
    void aVerifiedOneIsToldAgainWhoeverStandsAboveIt() {
        assertThat(next(VERIFIED, NOBODY, Duration.ofHours(1))).isEqualTo(new TellStored());
        assertThat(next(VERIFIED, newest(1), Duration.ZERO)).isEqualTo(new TellStored());
    }

    @Test
    void whatIsFurtherIsLeft() {
        DeploymentRecord built = BUILDING.built("image");
        Verdict verdict = Verdict.of(Reason.DEPLOYED, "live");

        for (DeploymentRecord record :
                List.of(
                        VERIFIED.claimed(),
                        BUILDING,
                        built,
                        built.deploying(),
                        built.finished(verdict, null))) {
            assertThat(next(record, NOBODY, Duration.ZERO)).isInstanceOf(Leave.class);
        }
    }

    @Test
    void goneMeansOverwrittenOrDeleted() {
        assertThat(UploadDecision.gone(true).reason()).isEqualTo(Reason.DROP_OVERWRITTEN);
        assertThat(UploadDecision.gone(false).reason()).isEqualTo(Reason.DROP_DELETED);
    }
}
