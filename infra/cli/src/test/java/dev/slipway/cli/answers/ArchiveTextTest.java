package dev.slipway.cli.answers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.ArchiveSummary;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArchiveTextTest {
    @Test
    void tellsWhatTheSourceIsAnotherInThanWhatWasPacked() {
        assertThat(ArchiveText.of(new ArchiveSummary(12, 34_500, 2, "hello-main/")))
                .isEqualTo(
                        "12 files, 34.5 kB; 2 litter files left out; folder hello-main/ unwrapped");
        assertThat(ArchiveText.of(new ArchiveSummary(1, 7, 1, "")))
                .isEqualTo("1 file, 7 B; 1 litter file left out");
    }

    @Test
    void saysNoMoreWhereNothingWasChangedOrNotedDown() {
        assertThat(ArchiveText.of(new ArchiveSummary(12, 34_500, 0, "")))
                .isEqualTo("12 files, 34.5 kB");
        assertThat(ArchiveText.changed(new ArchiveSummary(12, 34_500, null, null))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0 B",
        "999, 999 B",
        "1000, 1.0 kB",
        "1200000, 1.2 MB",
        "2147483648, 2.1 GB",
        "5000000000000, 5000.0 GB"
    })
    void givesSizesAsPeopleReadThem(long bytes, String text) {
        assertThat(ArchiveText.of(new ArchiveSummary(2, bytes, 0, "")))
                .isEqualTo("2 files, " + text);
    }
}
