package dev.slipway.cli.services;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.Answer;
import dev.slipway.contracts.Outcome;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DeployedTest {
    private static final String PATH = "projects/my-project/locations/europe-west1/services";
    private static final String MINE = "hello-caaaaaaaaa-1";

    private final GivenCloud here;

    DeployedTest() throws IOException {
        here = new GivenCloud();
    }

    @BeforeEach
    void nothingIsThere() {
        here.at("/run/v2/" + PATH, "{}");
    }

    @AfterEach
    void close() {
        here.close();
    }

    private static Answer answer(Outcome outcome) {
        return new Answer(
                "dbbbbbbbbbcaaaaaaaaa",
                "1767268800000-00000000000000000007-drop/hello.zip",
                "hello.zip",
                "7",
                "hello",
                "europe-west1",
                Answer.State.DONE,
                List.of(),
                null,
                null,
                outcome,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                List.of(),
                null);
    }

    private Deployed deployed() {
        return Deployed.around(here.cloud(), List.of(answer(Outcome.LIVE)));
    }

    private void shows(String annotations, String revision) {
        here.at(
                "/run/v2/" + PATH,
                """
                {"services": [{"name": "%s/hello", "uri": "http://h", "annotations": {%s},
                  "trafficStatuses": [{"revision": "%s", "percent": 100}]}]}
                """
                        .formatted(PATH, annotations, revision));
    }

    @Test
    void whatServesAsItWasDeployedNeedsNoNote() {
        shows("", MINE);

        assertThat(deployed().note(answer(Outcome.LIVE))).isEmpty();
        assertThat(deployed().documents(List.of(answer(Outcome.LIVE))))
                .containsEntry(
                        "europe-west1/hello",
                        new Deployed.Document(false, List.of(MINE), "http://h"));
    }

    @Test
    void tellsOfAHoldAndHowItIsReleased() {
        shows("\"slipway.dev/held\": \"on 1767268800000-00000000000000000007-ledger/r\"", MINE);

        assertThat(deployed().note(answer(Outcome.LIVE))).contains("held: ./slipway release hello");
    }

    @Test
    void aHoldThatIsReleasedIsNone() {
        shows("\"slipway.dev/held\": \"off 1767268800000-00000000000000000007-ledger/r\"", MINE);

        assertThat(deployed().note(answer(Outcome.LIVE))).isEmpty();
    }

    @Test
    void tellsWhichRevisionServesInsteadOfTheOneThatWasSaidLive() {
        shows("", "hello-zzzzzzzzzz-1");

        assertThat(deployed().note(answer(Outcome.LIVE))).contains("serves hello-zzzzzzzzzz-1");
        assertThat(deployed().note(answer(Outcome.FAILED))).isEmpty();
    }

    @Test
    void tellsThatItIsGone() {
        assertThat(deployed().note(answer(Outcome.LIVE))).contains("not deployed any more");
        assertThat(deployed().note(answer(Outcome.FAILED))).isEmpty();
    }

    @Test
    void whoMayNotReadCloudRunIsToldNothing() {
        here.at("/run/v2/" + PATH, "{");

        assertThat(deployed().note(answer(Outcome.LIVE))).isEmpty();
        assertThat(deployed().documents(List.of(answer(Outcome.LIVE)))).isEmpty();
    }
}
