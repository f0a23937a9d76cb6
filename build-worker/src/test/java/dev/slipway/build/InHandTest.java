package dev.slipway.build;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.DeploymentId;
import dev.slipway.contracts.ObjectVersion;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class InHandTest {
    private static final DeploymentId ONE =
            DeploymentId.of(new ObjectVersion("drop", "one.zip", 1));
    private static final DeploymentId TWO =
            DeploymentId.of(new ObjectVersion("drop", "two.zip", 1));

    private final List<String> happened = new ArrayList<>();
    private final InHand inHand = new InHand(_ -> happened.add("waited"));

    @Test
    void waitsForNobody() {
        inHand.awaitSubmitted(ONE);

        assertThat(happened).isEmpty();
    }

    @Test
    void waitsForTheOneThatSubmitsAndNotForever() {
        inHand.during(ONE, () -> inHand.awaitSubmitted(ONE));

        assertThat(happened).hasSize(1000);
    }

    @Test
    void doesNotWaitForOthers() {
        inHand.during(ONE, () -> inHand.awaitSubmitted(TWO));

        assertThat(happened).isEmpty();
    }

    @Test
    void isOverWhenTheLastOfTwoIsNot() {
        inHand.during(ONE, () -> inHand.during(ONE, () -> happened.add("inner")));
        inHand.awaitSubmitted(ONE);

        assertThat(happened).containsExactly("inner");
    }
}
