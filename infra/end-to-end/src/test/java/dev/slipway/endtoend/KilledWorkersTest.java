package dev.slipway.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.cloud.storage.Blob;
import com.google.pubsub.v1.PubsubMessage;
import dev.slipway.contracts.Answer;
import dev.slipway.contracts.Answer.State;
import dev.slipway.contracts.DeploymentId;
import dev.slipway.contracts.Json;
import dev.slipway.contracts.ObjectVersion;
import dev.slipway.contracts.Outcome;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** {@code kill -9} of a worker in the middle of its work costs time and nothing else. */
@OnOwnInstallation
@Order(7)
@SuppressWarnings("NullAway.Init") // set before all tests
class KilledWorkersTest {
    private static final String SLOW_BUILD =
            "\"scripts\": {\"gcp-build\": \"node -e \\\"setTimeout(() => {}, 8000)\\\"\"}";
    private static final String SLOW_START =
            "Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 8000);\n";

    /** How soon it goes on with the settings of every day, {@code moves-again} shows. */
    private static final Map<String, String> EAGER =
            Map.of("SLIPWAY_STAGE_SWEEP_EVERY", "1s", "SLIPWAY_STAGE_UNCHANGED_FOR", "3s");

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(50);

    private static Installation installation;
    private static Cloud cloud;
    private static Mailbox finished;

    @TempDir private Path work;

    @BeforeAll
    static void start() throws Exception {
        installation = new Installation("", EAGER);
        installation.slipway("up").exits(0);
        cloud = new Cloud(installation);
        finished =
                Mailbox.on(
                        cloud,
                        Cloud.TOPOLOGY.topic("deployment-finished").name(),
                        "kills-finished");
    }

    @AfterAll
    static void stop() throws Exception {
        finished.close();
        installation.close();
    }

    @AfterEach
    void keepLogs(TestInfo test) throws Exception {
        installation.saveLogs("KilledWorkersTest-" + test.getDisplayName().replace("()", ""));
    }

    /** What each kill leaves undone waits for the end of a lease; so all are waited for at once. */
    @Test
    void eachWorkerInTheMiddleOfItsWork() throws Exception {
        Sample slowBuild = Sample.saying("survived building").withPackage(SLOW_BUILD);
        Sample large = Sample.saying("survived verifying").with(400, 200_000);
        Sample slowStart =
                Sample.saying("survived deploying")
                        .with(
                                "index.js",
                                SLOW_START
                                        + "exports.hello = (request, response) =>"
                                        + " response.send('survived deploying');\n");

        Blob built = killedIn("build-worker", State.BUILDING, "killed-build", slowBuild);
        Blob verified = killedIn("upload-worker", State.RECEIVED, "killed-upload", large);
        Blob deployed = killedIn("deploy-worker", State.DEPLOYING, "killed-deploy", slowStart);

        lives(built, "survived building");
        lives(verified, "survived verifying");
        lives(deployed, "survived deploying");
    }

    private Blob killedIn(String worker, State state, String service, Sample source)
            throws Exception {
        Path archive = source.zip(work.resolve(service + ".zip"));
        Blob dropped = cloud.upload(archive, service + ".zip");
        Awaitility.await(service + " is " + state)
                .atMost(PATIENCE)
                .pollInterval(BETWEEN_LOOKS)
                .until(() -> stage(dropped).equals(state.name()));
        installation.kill(worker);
        assertThat(stage(dropped)).as("where it was when the worker died").isEqualTo(state.name());

        Run up = installation.slipway("up").exits(0);

        assertThat(up.out()).contains(worker + " is gone; starting it again");
        return dropped;
    }

    /** What its record says; an answer may leave out what is soon over. */
    private static String stage(Blob dropped) throws IOException {
        String deployment =
                DeploymentId.of(
                                new ObjectVersion(
                                        dropped.getBucket(),
                                        dropped.getName(),
                                        dropped.getGeneration()))
                        .value();
        Blob record =
                cloud.storage()
                        .get(Cloud.TOPOLOGY.bucket("ledger").name(), "deployments/" + deployment);
        return record == null
                ? "not there yet"
                : Json.read(record.getContent(), JsonNode.class).path("stage").asText();
    }

    private static void lives(Blob dropped, String text) throws Exception {
        Answer answer = cloud.awaitOutcome(dropped);
        assertThat(answer.outcome()).as(answer.toString()).isEqualTo(Outcome.LIVE);
        assertThat(Web.text(String.valueOf(answer.url()))).isEqualTo(text);
        assertThat(outcomes(answer)).containsExactly("LIVE");
    }

    private static List<String> outcomes(Answer answer) {
        finished.await("the outcome is published", message -> of(message, answer));
        return finished.all().stream()
                .filter(message -> of(message, answer))
                .map(message -> message.getAttributesOrThrow("outcome"))
                .distinct()
                .toList();
    }

    private static boolean of(PubsubMessage message, Answer answer) {
        return message.getAttributesOrDefault("ce-subject", "").equals(answer.deployment());
    }
}
