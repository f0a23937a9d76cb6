package dev.slipway.cli.answers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.cli.drop.Upload;
import dev.slipway.cli.terminal.Terminal;
import dev.slipway.contracts.Answer;
import dev.slipway.contracts.Answer.State;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FollowTest {
    private final ByteArrayOutputStream said = new ByteArrayOutputStream();
    private Instant now = Given.NOON;

    private Optional<String> lost = Optional.empty();
    private Optional<String> missing = Optional.empty();

    private final Surroundings surroundings =
            new Surroundings() {
                @Override
                public Optional<String> lost() {
                    return lost;
                }

                @Override
                public Optional<String> missing() {
                    return missing;
                }

                @Override
                public String silent() {
                    return "upload-worker sleeps";
                }
            };

    private final List<Duration> pauses = new ArrayList<>();

    private Follow follow(long generation, boolean live, Answer... answers) {
        Deque<Answer> rest = new ArrayDeque<>(Arrays.asList(answers));
        Upload upload = new Upload("drop", "hello.zip", generation, Given.NOON);
        Terminal terminal =
                new Terminal(new PrintStream(said, true, StandardCharsets.UTF_8), live, live);
        return new Follow(
                upload,
                () -> Optional.ofNullable(rest.poll()),
                surroundings,
                new TellingOne(terminal).listener(upload),
                Follow.BETWEEN_LOOKS,
                () -> now,
                duration -> {
                    pauses.add(duration);
                    now = now.plus(duration);
                });
    }

    private String said() {
        return said.toString(StandardCharsets.UTF_8);
    }

    @Test
    void tellsEveryStageOnceEvenWhenAnswersWereMissed() {
        Follow.End end =
                follow(
                                Given.GENERATION,
                                false,
                                Given.at(State.VERIFIED),
                                Given.at(State.BUILT),
                                Given.live())
                        .untilDone(Duration.ofMinutes(1));

        assertThat(end).isEqualTo(new Follow.End.Finished(Given.live()));
        assertThat(said())
                .isEqualTo(
                        """
                        verified      1.0 s
                        building      2.0 s
                        built         3.0 s
                        deploying     4.0 s
                        live          5.0 s
                        """);
    }

    @Test
    void ignoresTheAnswerToAnOlderGeneration() {
        Follow.End end = follow(8, false, Given.live()).untilDone(Duration.ofSeconds(5));

        assertThat(end).isEqualTo(new Follow.End.StillGoing(Duration.ofSeconds(5)));
        assertThat(said()).isEmpty();
    }

    @Test
    void endsWhenANewerGenerationIsAnswered() {
        Answer newer = Given.at(State.VERIFIED);

        assertThat(follow(6, false, newer).untilDone(Duration.ofMinutes(1)))
                .isEqualTo(new Follow.End.Overwritten(newer));
    }

    @Test
    void saysOnceWhomItWaitsForWhenNobodyAnswers() {
        Follow.End end = follow(Given.GENERATION, false).untilDone(Duration.ofMinutes(2));

        assertThat(end).isEqualTo(new Follow.End.StillGoing(Duration.ofMinutes(2)));
        assertThat(said()).isEqualTo("no answer yet: upload-worker sleeps\n");
    }

    @Test
    void showsTheStageWhereALineCanBeReplaced() {
        follow(Given.GENERATION, true, Given.at(State.VERIFIED), Given.live())
                .untilDone(Duration.ofMinutes(1));

        assertThat(said()).contains("| verified  0.0 s\r\u001b[K");
    }

    @Test
    void endsAtOnceWhenNoAnswerCanComeAnyMore() {
        lost = Optional.of("local-cloud is gone");

        Follow.End end =
                follow(Given.GENERATION, false, Given.at(State.VERIFIED))
                        .untilDone(Duration.ofMinutes(30));

        assertThat(end).isEqualTo(new Follow.End.Lost("local-cloud is gone"));
        assertThat(now).isEqualTo(Given.NOON);
    }

    @Test
    void looksOftenSoonAfterNewsAndSeldomInSilence() {
        follow(Given.GENERATION, false, Given.at(State.VERIFIED)).untilDone(Duration.ofSeconds(5));

        assertThat(pauses.getFirst()).isEqualTo(Follow.BETWEEN_LOOKS.dividedBy(8));
        assertThat(pauses).isSorted();
        assertThat(pauses.getLast()).isEqualTo(Follow.BETWEEN_LOOKS);
    }

    @Test
    void saysOnceWhoIsMissing() {
        missing = Optional.of("build-worker gone");

        follow(Given.GENERATION, false, Given.at(State.VERIFIED)).untilDone(Duration.ofSeconds(5));

        assertThat(said()).containsOnlyOnce("build-worker gone\n");
    }
}
