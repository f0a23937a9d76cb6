package dev.slipway.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class OrderTest {
    private static final Order FIRST = new Order(1_700_000_000_000L, 9, "a-bucket", "hello.zip");
    private static final List<Order> ASCENDING =
            List.of(
                    FIRST,
                    new Order(1_700_000_000_000L, 10, "a-bucket", "a.zip"),
                    new Order(1_700_000_000_000L, 10, "a-bucket", "b.zip"),
                    new Order(1_700_000_000_000L, 10, "b-bucket", "a.zip"),
                    new Order(1_700_000_000_001L, 1, "a-bucket", "a.zip"));

    @Test
    void laterCreationIsNewerThenGenerationThenName() {
        assertThat(ASCENDING.reversed().stream().sorted()).containsExactlyElementsOf(ASCENDING);
    }

    @Test
    void textSortsAsOrdersDo() {
        assertThat(ASCENDING.stream().map(Order::text)).isSorted();
    }

    @Test
    void textIsReadBack() {
        Order strange = new Order(1, 2, "bucket", "a/b\nc/d e.zip");

        assertThat(Order.parse(strange.text())).isEqualTo(strange);
        assertThat(FIRST.text()).isEqualTo("1700000000000-00000000000000000009-a-bucket/hello.zip");
    }

    @Test
    void otherTextIsRefused() {
        assertThatThrownBy(() -> Order.parse("12-34-bucket/object"))
                .hasMessageContaining("not an order");
    }
}
