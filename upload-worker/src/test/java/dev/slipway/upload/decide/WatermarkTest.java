package dev.slipway.upload.decide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.ledger.Order;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class WatermarkTest {
    private static final Instant SETTLED = Instant.parse("2026-01-01T00:00:00Z");

    private static Order at(long secondsLater, String bucket) {
        return new Order(SETTLED.plusSeconds(secondsLater).toEpochMilli(), 7, bucket, "hello.zip");
    }

    @Test
    void standsAtTheListingWhereNothingOlderIsOpen() {
        Order listed = Watermark.at("drop", SETTLED);

        assertThat(Watermark.after("drop", SETTLED, List.of())).isEqualTo(listed);
        assertThat(Watermark.after("drop", SETTLED, List.of(at(1, "drop")))).isEqualTo(listed);
    }

    @Test
    void standsAtTheOldestOpenOne() {
        assertThat(
                        Watermark.after(
                                "drop",
                                SETTLED,
                                List.of(at(-5, "drop"), at(-9, "drop"), at(2, "drop"))))
                .isEqualTo(at(-9, "drop"));
    }

    @Test
    void otherBucketsDoNotCount() {
        assertThat(Watermark.after("drop", SETTLED, List.of(at(-5, "ledger"))))
                .isEqualTo(Watermark.at("drop", SETTLED));
    }

    @Test
    void whatIsCreatedInTheSameMillisecondIsNewer() {
        assertThat(at(0, "drop").newerThan(Watermark.at("drop", SETTLED))).isTrue();
    }

    @Test
    void survivesBeingWritten() {
        Order mark = Watermark.at("drop", SETTLED);

        assertThat(Order.parse(mark.text())).isEqualTo(mark);
    }
}
