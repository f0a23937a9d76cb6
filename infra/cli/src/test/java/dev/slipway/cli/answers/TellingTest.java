package dev.slipway.cli.answers;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.cli.drop.NamedService;
import dev.slipway.cli.drop.Planned;
import dev.slipway.cli.drop.Source;
import dev.slipway.cli.drop.Upload;
import dev.slipway.cli.terminal.Problem;
import dev.slipway.cli.terminal.Terminal;
import dev.slipway.contracts.Answer;
import dev.slipway.contracts.Answer.State;
import dev.slipway.contracts.ArchiveSummary;
import dev.slipway.contracts.Json;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TellingTest {
    private static final Planned HELLO = planned("hello");
    private static final Planned BYE = planned("bye");
    private static final Upload UPLOAD =
            new Upload("drop", "hello.zip", Given.GENERATION, Given.NOON);
    private static final Ending LIVE =
            new Ending.Followed(
                    HELLO, UPLOAD, new Follow.End.Finished(Given.live()), Duration.ofSeconds(5));
    private static final Ending FAILED =
            new Ending.Followed(
                    BYE, UPLOAD, new Follow.End.Finished(Given.failed()), Duration.ofSeconds(7));
    private static final Ending UNHEARD =
            new Ending.Followed(
                    BYE,
                    UPLOAD,
                    new Follow.End.StillGoing(Duration.ofMinutes(30)),
                    Duration.ofMinutes(31));
    private static final Ending NOT_DROPPED =
            new Ending.NotDropped(BYE, Problem.failed("cannot read it", "Check it."));

    private final ByteArrayOutputStream said = new ByteArrayOutputStream();

    private static Planned planned(String name) {
        return new Planned(
                new Source(Path.of("/tmp", name), true, name, ".tar.gz"), NamedService.asked(name));
    }

    private Terminal terminal(boolean live) {
        return new Terminal(new PrintStream(said, true, StandardCharsets.UTF_8), live, false);
    }

    private String said() {
        return said.toString(StandardCharsets.UTF_8);
    }

    private static void hear(Follow.Listener listener, Answer answer) {
        listener.news(answer);
        answer.steps().forEach(step -> listener.reached(step, answer));
    }

    @Test
    void tellsManyInAPipeLineByLineWithASummary() {
        Telling telling = new TellingMany(terminal(false), List.of(HELLO, BYE));
        telling.packed(HELLO, 3);
        Follow.Listener listener = telling.uploaded(HELLO, UPLOAD);
        hear(listener, Given.at(State.VERIFIED));
        telling.ended(LIVE);
        telling.ended(FAILED);
        telling.summary(List.of(LIVE, FAILED), Duration.ofSeconds(7));

        assertThat(said())
                .startsWith(
                        """
                        hello  uploaded        0.0 s
                        hello  received        0.0 s
                        hello  verified        1.0 s
                        hello  live            5.0 s  http://localhost:9000
                        bye    failed          7.0 s

                        2 drops in 7.0 s: 1 live, 1 failed
                        slowest: bye, 7.0 s

                        hello in europe-west1 failed
                          The build ended with status 1.
                          reason: BUILD_FAILED
                        """)
                .contains("your turn: ")
                .doesNotContain("\u001b", "\r");
    }

    @Test
    void givesEachOpenDropOneLineOnATerminal() {
        Telling telling = new TellingMany(terminal(true), List.of(HELLO, BYE));
        Follow.Listener listener = telling.uploaded(HELLO, UPLOAD);
        said.reset();
        listener.looked("building", Duration.ofSeconds(3));

        assertThat(said())
                .isEqualTo("\u001b[1A\r\u001b[J" + "hello  building        3.0 s\nbye    waits");
    }

    @Test
    void saysInWhatTheSourceIsAnotherThanWhatWasDropped() {
        Answer unwrapped = Given.at(State.VERIFIED, new ArchiveSummary(12, 34_567, 2, "a/"));
        hear(new TellingOne(terminal(false)).uploaded(HELLO, UPLOAD), unwrapped);
        assertThat(said()).endsWith(" s  2 litter files left out; folder a/ unwrapped\n");

        said.reset();
        hear(new TellingOne(terminal(false)).uploaded(HELLO, UPLOAD), Given.at(State.VERIFIED));
        assertThat(said()).endsWith(" s\n");
    }

    @Test
    void saysWhatWasNotDroppedAndWhatWasNotFollowed() {
        Telling telling = new TellingMany(terminal(false), List.of(HELLO, BYE));
        telling.summary(List.of(LIVE, NOT_DROPPED), Duration.ofSeconds(1));
        telling.summary(List.of(LIVE, UNHEARD), Duration.ofMinutes(31));

        assertThat(said())
                .contains("1 live, 1 not dropped", "bye was not dropped", "cannot read it")
                .contains("1 live, 1 still going", "./slipway status bye tells where it is");
    }

    @Test
    void countsAnotherOutcomeForMoreThanOneNotKnown() {
        assertThat(Ending.exitCode(List.of(LIVE, LIVE))).isZero();
        assertThat(Ending.exitCode(List.of(LIVE, FAILED))).isEqualTo(1);
        assertThat(Ending.exitCode(List.of(LIVE, NOT_DROPPED))).isEqualTo(1);
        assertThat(Ending.exitCode(List.of(LIVE, UNHEARD))).isEqualTo(3);
        assertThat(Ending.exitCode(List.of(UNHEARD, FAILED))).isEqualTo(1);
    }

    @Test
    void givesProgramsTheAnswersThemselves() throws Exception {
        List<Object> documents = new ArrayList<>();
        Telling telling = new TellingPrograms(documents::add);
        Follow.Listener listener = telling.uploaded(HELLO, UPLOAD);
        hear(listener, Given.at(State.VERIFIED));
        hear(listener, Given.live());
        telling.ended(LIVE);
        telling.summary(List.of(LIVE), Duration.ofSeconds(5));

        assertThat(documents).hasSize(3).endsWith(Given.at(State.VERIFIED), Given.live());
        JsonNode first = Json.read(Json.write(documents.getFirst()), JsonNode.class);
        assertThat(first.path("state").asText()).isEqualTo("UPLOADED");
        assertThat(first.path("generation").asText()).isEqualTo("7");
    }

    @Test
    void givesProgramsWhatIsNotKnownAndTheCounts() throws Exception {
        List<Object> documents = new ArrayList<>();
        Telling telling = new TellingPrograms(documents::add);
        telling.ended(UNHEARD);
        telling.ended(NOT_DROPPED);
        telling.summary(List.of(UNHEARD, NOT_DROPPED), Duration.ofSeconds(2));

        assertThat(new String(Json.write(documents), StandardCharsets.UTF_8))
                .contains("\"state\":\"STILL_GOING\"", "\"state\":\"NOT_DROPPED\"")
                .contains("\"outcomes\":{\"NOT_DROPPED\":1,\"STILL_GOING\":1},\"seconds\":2.0");
    }
}
