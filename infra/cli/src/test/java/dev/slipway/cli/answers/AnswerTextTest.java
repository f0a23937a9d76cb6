package dev.slipway.cli.answers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.cli.services.Deployed;
import dev.slipway.contracts.Answer.State;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AnswerTextTest {
    private static final Deployed NOTHING_KNOWN = new Deployed(Map.of());

    @Test
    void endsALiveDeploymentWithACommandThatCallsIt() {
        assertThat(AnswerText.ending(Given.live()))
                .containsExactly(
                        "hello in europe-west1 is live at http://localhost:9000",
                        "  curl http://localhost:9000");
    }

    @Test
    void tellsTheEntryTheLineTheFieldAndWhoseTurnItIs() {
        assertThat(String.join("\n", AnswerText.ending(Given.rejected())))
                .isEqualTo(
                        """
                        hello in europe-west1 was rejected
                          memory is 12 Gold; it is a number and Mi or Gi
                          at entry slipway.yaml, line 3, field memory
                          reason: MANIFEST_INVALID
                          your turn: Correct slipway.yaml at the named line and upload again.""");
    }

    @Test
    void showsTheLogsLastLinesWithoutLettingThemSteerTheTerminal() {
        assertThat(String.join("\n", AnswerText.ending(Given.failed())))
                .isEqualTo(
                        """
                        hello in europe-west1 failed
                          The build ended with status 1.
                          reason: BUILD_FAILED
                          the log's last lines:
                          | npm ERR! missing: left
                          | \\u{1b}[31mnpm ERR!
                          whole log: http://127.0.0.1:8470/log
                          your turn: Read the log's last lines, correct the source and upload again.""");
    }

    @Test
    void givesTheTimesOfTheStagesInItsDetails() {
        assertThat(String.join("\n", AnswerText.details(Given.at(State.BUILDING))))
                .startsWith(
                        """
                        deployment daaaaaaaaaaaaaaaaaaa of hello.zip#7 (12 files, 34.6 kB)
                        received      0.0 s
                        verified      1.0 s
                        building      2.0 s
                        hello in europe-west1 is building""");
    }

    @Test
    void listsDeploymentsAsATable() {
        assertThat(
                        Table.of(
                                java.util.List.of(Given.live(), Given.rejected()),
                                NOTHING_KNOWN,
                                Given.NOON.plusSeconds(125)))
                .containsExactly(
                        "SERVICE  REGION        STATE     AGE    URL",
                        "hello    europe-west1  live      2 min  http://localhost:9000",
                        "hello    europe-west1  rejected  2 min  -");
    }

    @Test
    void notesInALastColumnWhatWasTakenBack() {
        Deployed nothingThere = new Deployed(Map.of("europe-west1", Map.of()));

        assertThat(
                        Table.of(
                                java.util.List.of(Given.live(), Given.rejected()),
                                nothingThere,
                                Given.NOON.plusSeconds(125)))
                .containsExactly(
                        "SERVICE  REGION        STATE     AGE    URL                    NOTE",
                        "hello    europe-west1  live      2 min  http://localhost:9000  not"
                                + " deployed any more",
                        "hello    europe-west1  rejected  2 min  -");
    }

    @Test
    void keepsTheNewestAnswerOfEachService() {
        assertThat(Listing.newestOfEach(java.util.List.of(Given.live(), Given.failed())))
                .containsExactly(Given.live());
    }
}
