package dev.slipway.local.build.node;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EngineRangeTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "20", "20.x", "20.20", "20.20.2", "v20.20.2", ">=18", ">= 18", ">=18 <21", "^20.1",
                "~20.20.0", "18 || 20", "18 - 20", "*", "x", "", "<=20", ">20.20.1", "<21.0.0"
            })
    void admits(String range) {
        assertThat(EngineRange.admits(range, "v20.20.2")).contains(true);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "22",
                "18.x",
                ">=22",
                "<20",
                "^18.0.0",
                "~20.19.0",
                "18 || 22",
                "16 - 18",
                ">20",
                "<=20.19",
                "=20.20.1",
                ">=18 <20"
            })
    void doesNotAdmit(String range) {
        assertThat(EngineRange.admits(range, "v20.20.2")).contains(false);
    }

    @Test
    void doesNotGuess() {
        assertThat(EngineRange.admits("lts/*", "v20.20.2")).isEmpty();
        assertThat(EngineRange.admits("20", "")).isEmpty();
    }
}
