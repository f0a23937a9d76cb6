package dev.slipway.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FiguresTest {
    @Test
    void aPercentileIsTheSmallestValueThatSoManyDoNotExceed() {
        double[] values = {5, 1, 4, 2, 3};

        assertThat(Figures.percentile(values, 50)).isEqualTo(3);
        assertThat(Figures.percentile(values, 99)).isEqualTo(5);
        assertThat(Figures.percentile(values, 1)).isEqualTo(1);
        assertThat(values).containsExactly(5, 1, 4, 2, 3);
    }
}
