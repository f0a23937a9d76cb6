package dev.slipway.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.contracts.Answer;
import dev.slipway.contracts.Answer.State;
import dev.slipway.contracts.Outcome;
import java.io.IOException;
import java.nio.file.Path;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people ask of a service, through the command they type. */
@Order(6)
@OnSharedInstallation
class RequestsTest {
    private static final Sample ONE = saying("one");
    private static final Sample TWO = saying("two");

    @TempDir private Path work = Path.of("");

    /** Whatever it says, it is the same source, so that one image does for all. */
    private static Sample saying(String text) {
        return Sample.saying("")
                .with(
                        "index.js",
                        "exports.hello = (request, response) => response.send(process.env.SAYS);\n")
                .with(
                        "slipway.yaml",
                        "apiVersion: slipway.dev/v1\nfunction: hello\nenv:\n  SAYS: "
                                + text
                                + "\n");
    }

    @Test
    void aRollbackBringsBackWhatWasLiveAndABuildThatRunsIsSuperseded(Installation installation)
            throws Exception {
        Person person = new Person(installation, work);
        Cloud cloud = new Cloud(installation);
        String url = String.valueOf(person.deploys(ONE, "taken-back", "one").url());
        String first = person.serving("taken-back");
        person.deploys(TWO, "taken-back", "two");
        person.drops(
                        Sample.building("three", "setTimeout(() => {}, 12_000)"),
                        "taken-back",
                        "--no-wait")
                .exits(0);
        Answer late =
                cloud.await("taken-back.zip", "builds", answer -> answer.state() == State.BUILDING);

        Run rollback = person.types("rollback", "taken-back").exits(0);

        assertThat(rollback.out())
                .contains("asked to roll back taken-back in europe-west1")
                .containsPattern("done +[0-9.]+ s")
                .contains("taken-back in europe-west1 is rolled back to " + first + " at " + url);
        assertThat(Web.text(url)).isEqualTo("one");
        assertThat(person.types("list").exits(0).out())
                .containsPattern("taken-back .*" + late.deployment() + " +building");
        Answer ended =
                cloud.await("taken-back.zip", "has an outcome", answer -> answer.outcome() != null);
        assertThat(ended.deployment()).isEqualTo(late.deployment());
        assertThat(ended.outcome()).as(ended.toString()).isEqualTo(Outcome.SUPERSEDED);
        assertThat(Web.text(url)).isEqualTo("one");

        person.deploys(TWO, "taken-back", "two");
        Run unknown =
                person.types("rollback", "taken-back", "--to", "taken-back-no-such-1").exits(1);
        assertThat(unknown.out()).contains("refused: NO_SUCH_REVISION", first, "your turn: ");
    }

    @Test
    void whatIsDroppedWhileAServiceIsHeldWaitsForItsRelease(Installation installation)
            throws Exception {
        Person person = new Person(installation, work);
        Cloud cloud = new Cloud(installation);
        String url = String.valueOf(person.deploys(ONE, "kept", "one").url());
        assertThat(person.types("hold", "kepd").exits(1).err())
                .contains("there is no service kepd", "Did you mean kept?");
        assertThat(person.types("hold", "kept").exits(0).out())
                .contains("kept in europe-west1 is held", "./slipway release kept");

        Run drop = person.drops(TWO, "kept", "--give-up-after", "3s").exits(3);

        assertThat(drop.out()).contains("waiting for the release of the service, which is held");
        assertThat(person.types("list").exits(0).out())
                .containsPattern("kept .*held: ./slipway release kept");
        assertThat(Web.text(url)).isEqualTo("one");

        Run release = person.typesForItsProject("release", "kept", "--json").exits(0);

        assertThat(
                        Person.document(release.out().lines().toList().getFirst())
                                .path("state")
                                .asText())
                .isEqualTo("ASKED");
        assertThat(Person.last(release).path("outcome").asText()).isEqualTo("DONE");
        Answer answer = cloud.await("kept.zip", "has an outcome", found -> found.outcome() != null);
        assertThat(answer.outcome()).as(answer.toString()).isEqualTo(Outcome.LIVE);
        assertThat(Web.text(url)).isEqualTo("two");
        assertThat(person.types("status", "kept").exits(0).out()).doesNotContain("held");
    }

    @Test
    void anUndeployedServiceIsGoneUntilItIsDroppedAgain(Installation installation)
            throws Exception {
        Person person = new Person(installation, work);
        String url = String.valueOf(person.deploys(ONE, "gone", "one").url());
        String revision = person.serving("gone");
        assertThat(person.types("undeploy", "gone").exits(2).err())
                .contains("nobody said yes", "./slipway undeploy gone --dry-run");

        Run dry = person.types("undeploy", "gone", "--dry-run").exits(0);

        assertThat(dry.out()).contains("undeploying gone in europe-west1 takes", "gone");
        assertThat(person.serving("gone")).isEqualTo(revision);
        assertThat(Web.text(url)).isEqualTo("one");

        Run undeploy = person.types("undeploy", "gone", "--yes").exits(0);

        assertThat(undeploy.out()).contains("gone in europe-west1 is not deployed any more");
        assertThatThrownBy(() -> Web.text(url))
                .isInstanceOfAny(IOException.class, AssertionError.class);
        assertThat(person.types("list").exits(0).out())
                .containsPattern("gone .*not deployed any more");

        person.deploys(ONE, "gone", "one");
    }

    @Test
    void saysThatTheStageIsPausedThatWouldActOnARequest(Installation installation)
            throws Exception {
        Person person = new Person(installation, work);
        person.deploys(ONE, "still", "one");
        person.types("pause", "deploy").exits(0);
        try {
            Run hold = person.types("hold", "still", "--give-up-after", "4s").exits(3);

            assertThat(hold.out())
                    .contains("deploy-worker is paused since ", "./slipway resume deploy")
                    .contains("the request goes on, its answer comes to gs://");
        } finally {
            person.types("resume", "deploy").exits(0);
        }
        Awaitility.await("the hold that waited")
                .until(
                        () ->
                                person.types("status", "still")
                                        .out()
                                        .contains("held: ./slipway release still"));
        person.types("release", "still").exits(0);
    }
}
