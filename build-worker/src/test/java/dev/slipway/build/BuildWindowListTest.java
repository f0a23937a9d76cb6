package dev.slipway.build;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.DeploymentId;
import dev.slipway.contracts.ObjectVersion;
import dev.slipway.ledger.Backoff;
import dev.slipway.ledger.InMemoryObjectStore;
import dev.slipway.ledger.Ledger;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BuildWindowListTest {
    private static final DeploymentId ONE = deployment(1);
    private static final DeploymentId TWO = deployment(2);

    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private final Backoff backoff = new Backoff(_ -> {}, new Random(1));
    private final Ledger ledger =
            new Ledger(new InMemoryObjectStore(() -> now), () -> "token", backoff);
    private final BuildWindow window = new BuildWindow(ledger, 3, () -> now, Duration.ofSeconds(1));

    private static DeploymentId deployment(long generation) {
        return DeploymentId.of(new ObjectVersion("drop", "hello.zip", generation));
    }

    @Test
    void knowsWhatThisProcessDidWithoutListingAgain() {
        assertThat(window.seenBy(ONE).building()).isZero();

        window.enter(ONE, 1);
        assertThat(window.seenBy(ONE).building()).isOne();
        assertThat(window.seenBy(ONE).inside()).isTrue();
        assertThat(ledger.building()).containsExactly(ONE);

        window.leave(ONE);
        assertThat(window.seenBy(ONE).building()).isZero();
        assertThat(ledger.building()).isEmpty();
    }

    @Test
    void seesWhatOthersDidOnceItsListIsOld() {
        assertThat(window.free()).isEqualTo(3);
        ledger.enterBuilding(ONE, 1);
        now = now.plusMillis(999);
        assertThat(window.free()).isEqualTo(3);

        now = now.plusMillis(1);

        assertThat(window.free()).isEqualTo(2);
    }

    @Test
    void aClockThatIsSetBackMakesNoListGoodForLonger() {
        assertThat(window.free()).isEqualTo(3);
        ledger.enterBuilding(ONE, 1);

        now = now.minus(Duration.ofHours(6));

        assertThat(window.free()).isEqualTo(2);
    }

    @Test
    void looksAgainBeforeItSaysThatItIsFull() {
        window.enter(ONE, 1);
        window.enter(TWO, 1);
        ledger.leaveBuilding(ONE);

        assertThat(window.free()).isEqualTo(2);
    }
}
