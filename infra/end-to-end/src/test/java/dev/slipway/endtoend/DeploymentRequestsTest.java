package dev.slipway.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.cloudbuild.v1.Build;
import dev.slipway.contracts.Answer;
import dev.slipway.contracts.Answer.State;
import dev.slipway.contracts.Outcome;
import dev.slipway.contracts.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people ask of one deployment, and of its source. */
@Order(6)
@OnSharedInstallation
class DeploymentRequestsTest {
    @TempDir private Path work = Path.of("");

    @Test
    void aCancelledDeploymentEndsAndItsBuildReallyStops(Installation installation)
            throws Exception {
        Person person = new Person(installation, work);
        Cloud cloud = new Cloud(installation);
        String mark = "setTimeout(() => {}, 61234)";
        Answer before = person.deploys(Sample.saying("one"), "taken", "one");
        person.drops(Sample.building("never", mark), "taken", "--no-wait").exits(0);
        cloud.await("taken.zip", "builds", it -> it.state() == State.BUILDING);
        Awaitility.await("the build's own process").until(() -> !processes(mark).isEmpty());
        String id = cloud.answer("taken.zip").orElseThrow().deployment();

        Run cancel = person.types("cancel", id).exits(0);

        assertThat(processes(mark)).isEmpty();
        assertThat(cancel.out()).contains(id + " of taken in europe-west1 is cancelled");
        Answer answer =
                cloud.await("taken.zip", "has an outcome", found -> found.outcome() != null);
        assertThat(answer.outcome()).as(answer.toString()).isEqualTo(Outcome.CANCELLED);
        assertThat(answer.reason()).isEqualTo(Reason.CANCELLED_ON_REQUEST);
        assertThat(statuses(cloud, id)).containsExactly(Build.Status.CANCELLED);
        assertThat(Web.text(String.valueOf(before.url()))).isEqualTo("one");

        person.types("cancel", id).exits(0);
        assertThat(person.types("cancel", before.deployment()).exits(1).out())
                .contains("refused: ALREADY_ENDED");
        assertThat(person.types("cancel", "taken").exits(2).err())
                .contains("taken is a service; its newest deployment is " + id);
    }

    /** The processes of this machine whose command has this in it. */
    private static List<Long> processes(String mark) {
        return ProcessHandle.allProcesses()
                .filter(process -> process.info().commandLine().orElse("").contains(mark))
                .map(ProcessHandle::pid)
                .toList();
    }

    private static Set<Build.Status> statuses(Cloud cloud, String deployment) throws IOException {
        Set<Build.Status> statuses = new TreeSet<>();
        cloud.builds().stream()
                .filter(
                        build ->
                                build.getTagsList().stream()
                                        .anyMatch(it -> it.contains(deployment)))
                .map(Build::getStatus)
                .forEach(statuses::add);
        return statuses;
    }

    @Test
    void whatFailedOnceIsSentThroughTheChainAgainAndBuiltAnewOnRequest(Installation installation)
            throws Exception {
        Person person = new Person(installation, work);
        Path repaired = work.resolve("repaired");
        String script = "process.exit(require('fs').existsSync('" + repaired + "') ? 0 : 1)";
        Run failed = person.drops(Sample.building("again", script), "again").exits(1);
        assertThat(failed.out()).contains("reason: BUILD_FAILED");
        String id = new Cloud(installation).answer("again.zip").orElseThrow().deployment();
        assertThat(failed.out()).contains("as deployment " + id);
        Files.createFile(repaired);

        Run redrive = person.types("redrive", id).exits(0);

        assertThat(redrive.out())
                .contains("asked to deploy again what " + id + " of again in europe-west1 deployed")
                .containsPattern("building +[0-9.]+ s")
                .contains("again in europe-west1 is live at http://");
        String first = person.serving("again");

        Run redeploy = person.types("redeploy", "again", "--json").exits(0);

        JsonNode answer = Person.last(redeploy);
        assertThat(answer.path("outcome").asText()).isEqualTo("LIVE");
        assertThat(Web.text(answer.path("url").asText())).isEqualTo("again");
        assertThat(person.serving("again")).isNotEqualTo(first);
    }
}
