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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FollowTest {
    private final ByteArrayOutputStream said = new ByteArrayOutputStream();
    private Instant now = Given.NOON;

    private Optional<String> lost = Optional.empty();
    private Optional<String> missing = Optional.empty();
    private final Map<String, String> paused = new HashMap<>();

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
                public Optional<String> paused(String stage) {
                    return Optional.ofNullable(paused.get(stage));
                }

                @Override
                public String silent(String stage, String brought) {
                    return stage + "-worker sleeps over " + brought;
                }
            };

    private final List<Duration> pauses = new ArrayList<>();

    private Follow.End follow(long generation, boolean live, Duration timeout, Answer... answers) {
        Deque<Answer> rest = new ArrayDeque<>(Arrays.asList(answers));
        Upload upload = new Upload("drop", "hello.zip", generation, Given.NOON);
        Terminal terminal =
                new Terminal(new PrintStream(said, true, StandardCharsets.UTF_8), live, live);
        Pace pace =
                new Pace(
                        Pace.OFTEN,
                        () -> now,
                        duration -> {
                            pauses.add(duration);
                            now = now.plus(duration);
                        });
        return new Follow(upload, new TellingOne(terminal).listener(upload), pace)
                .untilDone(() -> Optional.ofNullable(rest.poll()), surroundings, timeout);
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
                        Duration.ofMinutes(1),
                        Given.at(State.VERIFIED),
                        Given.at(State.BUILT),
                        Given.live());

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
        Follow.End end = follow(8, false, Duration.ofSeconds(5), Given.live());

        assertThat(end).isEqualTo(new Follow.End.StillGoing(Duration.ofSeconds(5)));
        assertThat(said()).isEmpty();
    }

    @Test
    void endsWhenANewerGenerationIsAnswered() {
        Answer newer = Given.at(State.VERIFIED);

        assertThat(follow(6, false, Duration.ofMinutes(1), newer))
                .isEqualTo(new Follow.End.Overwritten(newer));
    }

    @Test
    void saysOnceWhomItWaitsForWhenNobodyAnswers() {
        Follow.End end = follow(Given.GENERATION, false, Duration.ofMinutes(2));

        assertThat(end).isEqualTo(new Follow.End.StillGoing(Duration.ofMinutes(2)));
        assertThat(said()).isEqualTo("no answer yet: upload-worker sleeps over the archive\n");
    }

    @Test
    void showsTheStageWhereALineCanBeReplaced() {
        follow(
                Given.GENERATION,
                true,
                Duration.ofMinutes(1),
                Given.at(State.VERIFIED),
                Given.live());

        assertThat(said()).contains("| verified  0.0 s\r\u001b[K");
    }

    @Test
    void endsAtOnceWhenNoAnswerCanComeAnyMore() {
        lost = Optional.of("local-cloud is gone");

        Follow.End end =
                follow(Given.GENERATION, false, Duration.ofMinutes(30), Given.at(State.VERIFIED));

        assertThat(end).isEqualTo(new Follow.End.Lost("local-cloud is gone"));
        assertThat(now).isEqualTo(Given.NOON);
    }

    @Test
    void looksOftenSoonAfterNewsAndSeldomInSilence() {
        follow(Given.GENERATION, false, Duration.ofSeconds(5), Given.at(State.VERIFIED));

        assertThat(pauses.getFirst()).isEqualTo(Pace.OFTEN.dividedBy(8));
        assertThat(pauses).isSorted();
        assertThat(pauses.getLast()).isEqualTo(Pace.OFTEN);
    }

    @Test
    void saysOnceWhoIsMissing() {
        missing = Optional.of("build-worker gone");

        follow(Given.GENERATION, false, Duration.ofSeconds(5), Given.at(State.VERIFIED));

        assertThat(said()).containsOnlyOnce("build-worker gone\n");
    }

    @Test
    void saysOnceThatTheStageWhoseTurnItIsIsPaused() {
        paused.put("build", "build-worker is paused");
        paused.put("deploy", "deploy-worker is paused");

        follow(Given.GENERATION, false, Duration.ofSeconds(60), Given.at(State.VERIFIED));

        assertThat(said()).endsWith("build-worker is paused\n").containsOnlyOnce("paused");
    }

    @Test
    void aPauseExplainsThatNobodyAnswers() {
        paused.put("upload", "upload-worker is paused");

        follow(Given.GENERATION, false, Duration.ofSeconds(60));

        assertThat(said()).isEqualTo("upload-worker is paused\n");
    }
}
