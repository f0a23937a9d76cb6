package dev.slipway.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Many schedules without a violation. Which ones: the system properties {@code simulation.from} and
 * {@code simulation.to}; to go on with a long campaign, begin with the last seed that was told.
 */
class SimulationTest {
    private static final long FROM = Long.getLong("simulation.from", 0);
    private static final long TO = Long.getLong("simulation.to", 20_000);
    private static final long TOLD_EVERY = 50_000;
    private static final int MOST_VIOLATIONS = 5;

    private static Path folder = Path.of("");

    @BeforeAll
    static void begin() throws IOException {
        Simulate.silence();
        folder = Simulate.folder();
    }

    private static void progress(long over) {
        if (over % TOLD_EVERY == 0) {
            System.out.println("simulated up to about seed " + (FROM + over));
        }
    }

    private static String story(Campaign.Failed failed) {
        List<String> timeline =
                new Campaign(folder, List.of(failed.generator()))
                        .once(failed.generator(), failed.seed(), true)
                        .timeline();
        return timeline.stream().collect(Collectors.joining("\n", "", "\n" + failed));
    }

    @Test
    void noScheduleViolatesAnInvariant() {
        Campaign campaign = new Campaign(folder, Arrays.asList(Generator.values()));

        Campaign.Outcome outcome =
                campaign.run(FROM, TO, MOST_VIOLATIONS, SimulationTest::progress);

        assertThat(outcome.failed())
                .as(
                        () ->
                                outcome.failed().stream()
                                        .findFirst()
                                        .map(SimulationTest::story)
                                        .orElse(""))
                .isEmpty();
        assertThat(outcome.schedules()).isEqualTo(TO - FROM);
        assertThat(outcome.faults()).isGreaterThan(outcome.schedules());
    }

    @ParameterizedTest
    @EnumSource
    void aSeedAlwaysTellsTheSameStory(Generator generator) {
        Campaign campaign = new Campaign(folder, List.of(generator));

        List<String> story = campaign.once(generator, 7, true).timeline();

        assertThat(story).hasSizeGreaterThan(50);
        assertThat(campaign.once(generator, 7, true).timeline()).isEqualTo(story);
    }

    /**
     * 217279: an undeploy died before it took a trigger away, and a newer drop had none. 324586:
     * two handlers of a cancelled deployment saw its trigger differently. 88450: a newer deployment
     * failed and went back to one that was cancelled, which was told SUPERSEDED. 326394: an
     * undeploy found a newer service, which failed, where it had deleted the one before. 596463: a
     * hold was heard after its service had been taken away and made anew. 611954: a newer
     * deployment failed and went back to where a rollback had just gone, which was told SUPERSEDED.
     */
    @ParameterizedTest
    @CsvSource({
        "FOCUS, 217279",
        "DIRECTED, 324586",
        "DIRECTED, 88450",
        "DIRECTED, 326394",
        "FOCUS, 596463",
        "DIRECTED, 611954"
    })
    void whatOnceViolatedAnInvariantDoesNotAnyMore(Generator generator, long seed) {
        assertThat(new Campaign(folder, List.of(generator)).once(generator, seed, true).violation())
                .isNull();
    }
}
