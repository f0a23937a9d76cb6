package dev.slipway.archive.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.archive.fuzz.Campaign.Total;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The first seeds; how many, say the system properties, and the profile {@code long} more. */
class ArchivesFromSeedsTest {
    private static final long LEGAL = Long.getLong("fuzz.legal", 1_500);
    private static final long MUTATIONS = Long.getLong("fuzz.mutations", 20_000);

    private static Path folder = Path.of("");

    @BeforeAll
    static void begin() throws IOException {
        folder = Fuzz.folder();
    }

    @AfterAll
    static void end() throws IOException {
        Fuzz.delete(folder);
    }

    @Test
    void aLegalTreeIsPackedAsItIsWhoeverWroteIt() throws IOException {
        Total total = Campaign.run(folder, LegalCheck::new, 0, LEGAL);
        assertThat(total.findings()).isEmpty();
        assertThat(total.accepted()).isEqualTo(LEGAL);
    }

    /** Some are accepted, or nothing behind the first check would be seen. */
    @Test
    void whatIsDamagedIsRefusedOrReadAsOthersReadIt() throws IOException {
        Total total = Campaign.run(folder, MutantCheck::new, 0, MUTATIONS);
        assertThat(total.findings()).isEmpty();
        assertThat(total.accepted()).isGreaterThan(MUTATIONS / 50);
    }
}
