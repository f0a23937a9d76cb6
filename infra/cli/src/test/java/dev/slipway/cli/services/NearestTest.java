package dev.slipway.cli.services;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.cli.terminal.Distance;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestTest {
    @ParameterizedTest
    @CsvSource({"kitten,sitting,3", "hello,hello,0", "'',abc,3", "abc,'',3", "ab,ba,1"})
    void countsLettersThatDiffer(String one, String other, int distance) {
        assertThat(Distance.between(one, other)).isEqualTo(distance);
    }

    @Test
    void suggestsOnlyWhatIsNear() {
        List<String> names = List.of("orders", "hello-node", "hello-java");

        assertThat(Nearest.to("helo-node", names)).contains("hello-node");
        assertThat(Nearest.to("hello", names)).contains("hello-java");
        assertThat(Nearest.to("payments", names)).isEmpty();
        assertThat(Nearest.to("x".repeat(100_000), names)).isEmpty();
    }
}
