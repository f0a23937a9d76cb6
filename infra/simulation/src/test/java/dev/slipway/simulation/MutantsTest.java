package dev.slipway.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each rule that is left out shows in the schedule that is pinned for it, and only then. */
class MutantsTest {
    private static Path folder = Path.of("");

    @BeforeAll
    static void begin() throws IOException {
        Simulate.silence();
        folder = Simulate.folder();
    }

    @ParameterizedTest
    @EnumSource
    void isCaught(Mutant mutant) throws IOException {
        Mutant.Pin pin = mutant.pin();
        assertThat(
                        new Campaign(folder, List.of(pin.generator()))
                                .once(pin.generator(), pin.seed(), false)
                                .violation())
                .isNull();
        try (MutantClasses classes = MutantClasses.of(mutant, folder)) {
            assertThat(classes.hunt(folder, pin.generator(), pin.seed(), pin.seed() + 1))
                    .as(mutant.rule())
                    .singleElement()
                    .asString()
                    .startsWith(pin.generator() + " " + pin.seed() + " " + pin.invariant());
        }
    }
}
