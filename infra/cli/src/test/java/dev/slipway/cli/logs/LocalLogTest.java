package dev.slipway.cli.logs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.cli.services.GivenCloud;
import dev.slipway.cli.terminal.Problem;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@SuppressWarnings("NullAway.Init") // set before each test
class LocalLogTest {
    private GivenCloud here;
    private LocalLog log;

    @BeforeEach
    void start() throws IOException {
        here = new GivenCloud();
        log = new LocalLog(here.url() + "/log", 2);
    }

    @AfterEach
    void stop() {
        here.close();
    }

    @Test
    void startsWithTheLastLinesAndGoesOnWithWhatFollows() {
        here.at("/log", "one\ntwo\nthree\n");
        assertThat(log.news()).containsExactly("two", "three");
        assertThat(log.news()).isEmpty();

        here.at("/log", "one\ntwo\nthree\nfour\nfive\nsix\n");
        assertThat(log.news()).containsExactly("four", "five", "six");
    }

    @Test
    void aLineIsShownOnceItIsWhole() {
        here.at("/log", "one\ntw");
        assertThat(log.news()).containsExactly("one");

        here.at("/log", "one\ntwo\n");
        assertThat(log.news()).containsExactly("two");
    }

    @Test
    void whatFollowsIsFoundAlsoWhenTheBeginningIsGone() {
        String kept = "x".repeat(600) + "\nlast\n";
        assertThat(LocalLog.after("gone\n" + kept, kept + "new\n")).isEqualTo("new\n");
        assertThat(LocalLog.after("other\n", "new\n")).isEqualTo("new\n");
    }

    @Test
    void saysThatThereIsNone() {
        assertThatThrownBy(log::news)
                .isInstanceOf(Problem.class)
                .hasMessageContaining("it answered 404");
    }
}
