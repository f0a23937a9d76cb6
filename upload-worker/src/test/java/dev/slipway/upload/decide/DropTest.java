package dev.slipway.upload.decide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.ObjectVersion;
import dev.slipway.ledger.Order;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DropTest {
    private static final ObjectVersion VERSION = new ObjectVersion("drop", "hello.zip", 7);

    private static @Nullable String correlation(@Nullable String raw) {
        return new Drop(VERSION, 1, 1, raw).correlation();
    }

    @Test
    void keepsAnOrdinaryCorrelation() {
        assertThat(correlation("build-7/2026")).isEqualTo("build-7/2026");
    }

    @Test
    void noCorrelationIsNone() {
        assertThat(correlation(null)).isNull();
        assertThat(correlation("")).isNull();
        assertThat(correlation("  ")).isNull();
    }

    @Test
    void aCorrelationAlwaysFitsIntoAnAttribute() {
        for (String hostile : new String[] {"\u202e", "\udbff\udfff", "é", "x\n", "𝄞", "a"}) {
            String shown = Objects.requireNonNull(correlation(hostile.repeat(2000)));

            assertThat(shown.getBytes(StandardCharsets.UTF_8).length).isLessThanOrEqualTo(1024);
            assertThat(shown.codePoints().noneMatch(Character::isISOControl)).isTrue();
        }
    }

    @Test
    void itsMarkerCarriesItsOrder() {
        Drop drop = new Drop(VERSION, 1234, 1, null);

        assertThat(drop.order()).isEqualTo(Order.of(VERSION, 1234));
        assertThat(drop.marker().drop()).isEqualTo(VERSION);
        assertThat(drop.marker().order()).isEqualTo(drop.order());
    }
}
