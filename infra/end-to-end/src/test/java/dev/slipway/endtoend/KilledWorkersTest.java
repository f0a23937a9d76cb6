package dev.slipway.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.storage.Blob;
import com.google.pubsub.v1.PubsubMessage;
import dev.slipway.contracts.Answer;
import dev.slipway.contracts.Answer.State;
import dev.slipway.contracts.Outcome;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** {@code kill -9} of a worker in the middle of its work costs time and nothing else. */
@Order(7)
@SuppressWarnings("NullAway.Init") // set before all tests
class KilledWorkersTest {
    private static final String SLOW_BUILD =
            "\"scripts\": {\"gcp-build\": \"node -e \\\"setTimeout(() => {}, 8000)\\\"\"}";
    private static final String SLOW_START =
            "Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 8000);\n";

    private static Installation installation;
    private static Cloud cloud;
    private static Mailbox finished;

    @TempDir private Path work;

    @BeforeAll
    static void start() throws Exception {
        installation = new Installation("");
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

    @Test
    void theUploadWorkerWhileItVerifies() throws Exception {
        Sample large = Sample.saying("survived verifying").with(400, 200_000);

        killedIn("upload-worker", State.RECEIVED, "killed-upload", large, "survived verifying");
    }

    @Test
    void theBuildWorkerWhileItBuilds() throws Exception {
        Sample slow = Sample.saying("survived building").withPackage(SLOW_BUILD);

        killedIn("build-worker", State.BUILDING, "killed-build", slow, "survived building");
    }

    @Test
    void theDeployWorkerWhileItDeploys() throws Exception {
        Sample good = Sample.saying("survived deploying");
        Sample slow =
                good.with(
                        "index.js",
                        SLOW_START
                                + "exports.hello = (request, response) => response.send('survived"
                                + " deploying');\n");

        killedIn("deploy-worker", State.DEPLOYING, "killed-deploy", slow, "survived deploying");
    }

    private void killedIn(String worker, State state, String service, Sample source, String text)
            throws Exception {
        Blob dropped = cloud.upload(source.zip(work.resolve("a.zip")), service + ".zip");
        cloud.await(service + ".zip", "is " + state, answer -> answer.state() == state);
        installation.kill(worker);
        assertThat(cloud.answer(service + ".zip").orElseThrow().state())
                .as("where it was when the worker died")
                .isEqualTo(state);

        Run up = installation.slipway("up").exits(0);

        assertThat(up.out()).contains(worker + " is gone; starting it again");
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
