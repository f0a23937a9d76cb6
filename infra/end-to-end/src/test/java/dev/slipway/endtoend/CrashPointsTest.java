package dev.slipway.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.pubsub.v1.TopicAdminClient;
import com.google.cloud.storage.Blob;
import com.google.cloudbuild.v1.Build;
import com.google.pubsub.v1.PubsubMessage;
import com.google.pubsub.v1.TopicName;
import dev.slipway.contracts.Answer;
import dev.slipway.contracts.DeploymentId;
import dev.slipway.contracts.ObjectVersion;
import dev.slipway.contracts.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Workers end, as by {@code kill -9}, once at every place before and after an effect, and are
 * started again; whatever people ask for meanwhile comes to its one end.
 */
@OnOwnInstallation
@Order(8)
@Tag("long")
@SuppressWarnings("NullAway.Init") // set before each test
class CrashPointsTest {
    private static final List<String> STAGES =
            List.of("upload-worker", "build-worker", "deploy-worker");

    /** One goes on while the other starts. */
    private static final int REPLICAS = 2;

    /** A claim of a worker that died stands for a minute, a message's lease for 15 seconds. */
    private static final Duration LONGEST = Duration.ofMinutes(10);

    private static final String TOPIC = "crash-points";
    private static final String SERVICE = "crash-points";

    @TempDir private Path work;
    private Installation installation;
    private Cloud cloud;
    private Person person;
    private Mailbox finished;
    private final List<CrashingWorker> workers = new ArrayList<>();

    @BeforeEach
    void start() throws Exception {
        installation = new Installation("");
        installation.slipway("up").exits(0);
        cloud = new Cloud(installation);
        person = new Person(installation, work);
        finished =
                Mailbox.on(
                        cloud,
                        Cloud.TOPOLOGY.topic("deployment-finished").name(),
                        "crash-points-finished");
        try (TopicAdminClient topics = cloud.topics()) {
            topics.createTopic(TopicName.format(Cloud.PROJECT, TOPIC));
        }
        if (Boolean.getBoolean("crashes.by-caller")) {
            Files.createFile(work.resolve(CrashPoint.BY_CALLER));
        }
        Path agent = CrashAgent.jar(work.resolve("agent.jar"));
        for (String stage : STAGES) {
            installation.slipway("scale", stage, "0").exits(0);
            for (int replica = 0; replica < REPLICAS; replica++) {
                workers.add(new CrashingWorker(installation, stage, agent, work));
            }
        }
    }

    @AfterEach
    void stop() throws Exception {
        workers.forEach(CrashingWorker::close);
        finished.close();
        installation.saveLogs("CrashPointsTest");
        installation.close();
    }

    @Test
    void everyEffectIsInterruptedBeforeAndAfterAndEachDeploymentEndsOnce() throws Exception {
        live(saying("one", ""), "one");
        live(saying("two", trigger("10s")), "");
        live(saying("three", trigger("20s")), "");
        live(saying("four", ""), "four");
        assertThat(dropped(saying("four", "")).outcome()).isEqualTo(Outcome.UNCHANGED);
        requested();
        superseded();
        assertThat(dropped(Sample.building("never", "process.exit(1)")).outcome())
                .isEqualTo(Outcome.FAILED);
        person.types("undeploy", SERVICE, "--yes").exits(0);
        assertThat(Web.get(service()).statusCode()).isEqualTo(404);

        workers.forEach(CrashingWorker::requireRunning);
        assertThat(installation.slipway("list", "--open").exits(0).out())
                .isEqualTo("nothing is under way\n");
        assertThat(endedTwice()).isEmpty();
        Set<String> crashes = new TreeSet<>(Files.readAllLines(work.resolve(CrashPoint.CRASHES)));
        System.out.println("crash points: " + crashes.size());
        crashes.forEach(System.out::println);
        assertThat(crashes.stream().map(it -> it.replaceAll("^(\\w+ [\\w.]+).*", "$1")).distinct())
                .containsExactlyInAnyOrderElementsOf(everyEffect());
    }

    private void requested() throws Exception {
        person.types("rollback", SERVICE).exits(0);
        person.types("hold", SERVICE).exits(0);
        person.types("release", SERVICE).exits(0);
        person.types("redeploy", SERVICE).exits(0);
    }

    /** One build is ended by a newer drop, one by a request. */
    private void superseded() throws Exception {
        String slow = "setTimeout(() => {}, 500000)";
        Blob older = cloud.upload(Sample.building("older", slow).zip(archive()), object());
        awaitBuild(older, Build.Status.WORKING);
        Blob newer = cloud.upload(Sample.building("newer", slow).zip(archive()), object());
        awaitBuild(newer, Build.Status.WORKING);
        awaitBuild(older, Build.Status.CANCELLED);
        person.types("cancel", id(newer)).exits(0);
        assertThat(cloud.awaitOutcome(newer, LONGEST).outcome()).isEqualTo(Outcome.CANCELLED);
    }

    private static String id(Blob drop) {
        return DeploymentId.of(
                        new ObjectVersion(drop.getBucket(), drop.getName(), drop.getGeneration()))
                .value();
    }

    private void awaitBuild(Blob drop, Build.Status wanted) {
        Awaitility.await("the build of " + drop.getName() + " is " + wanted)
                .atMost(LONGEST)
                .until(
                        () ->
                                cloud.builds().stream()
                                        .filter(
                                                it ->
                                                        it.getTagsList()
                                                                .toString()
                                                                .contains(id(drop)))
                                        .anyMatch(it -> it.getStatus() == wanted));
    }

    private Path archive() {
        return work.resolve("a.zip");
    }

    private static String object() {
        return SERVICE + ".zip";
    }

    private Answer dropped(Sample sample) throws Exception {
        return cloud.awaitOutcome(cloud.upload(sample.zip(archive()), object()), LONGEST);
    }

    private Answer live(Sample sample, String text) throws Exception {
        Answer answer = dropped(sample);
        assertThat(answer.outcome()).as(answer.toString()).isEqualTo(Outcome.LIVE);
        if (!text.isEmpty()) {
            assertThat(Web.text(String.valueOf(answer.url()))).isEqualTo(text);
        }
        return answer;
    }

    private String service() throws Exception {
        return "%s/run/v2/projects/%s/locations/%s/services/%s"
                .formatted(installation.endpoint(), Cloud.PROJECT, Cloud.REGION, SERVICE);
    }

    private static Sample saying(String text, String triggers) {
        return Sample.saying(text)
                .with("slipway.yaml", "apiVersion: slipway.dev/v1\nfunction: hello\n" + triggers);
    }

    private static String trigger(String backoff) {
        return "triggers:\n  - pubsub: { topic: %s, minimumBackoff: %s }\n"
                .formatted(TOPIC, backoff);
    }

    private static List<String> everyEffect() {
        List<String> all = new ArrayList<>();
        CrashAgent.EFFECTS.forEach(
                (type, methods) -> {
                    for (String method : methods) {
                        String name = type.substring(type.lastIndexOf('/') + 1);
                        String effect = name.equals("Receiver") ? "ack" : method;
                        all.add("before " + name + "." + effect);
                        all.add("after " + name + "." + effect);
                    }
                });
        return all;
    }

    /** Deployments of which more than one outcome was told. */
    private Set<String> endedTwice() {
        Map<String, String> outcomes = new HashMap<>();
        Set<String> twice = new HashSet<>();
        for (PubsubMessage message : finished.all()) {
            String deployment = message.getAttributesOrThrow("ce-subject");
            String outcome =
                    message.getAttributesOrThrow("outcome") + message.getAttributesOrThrow("ce-id");
            String before = outcomes.putIfAbsent(deployment, outcome);
            if (before != null && !before.equals(outcome)) {
                twice.add(deployment);
            }
        }
        return twice;
    }
}
