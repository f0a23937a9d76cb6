package dev.slipway.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.cloudbuild.v1.Build;
import dev.slipway.contracts.Answer;
import dev.slipway.contracts.Outcome;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was deployed here, seen with the unmodified gcloud and skopeo. */
@Order(6)
@OnSharedInstallation
@SuppressWarnings("NullAway.Init") // set before all tests
class GoogleToolsTest {
    private static final String SERVICE = "by-tools";
    private static final String REPOSITORY =
            Cloud.REGION + "-docker.pkg.dev/" + Cloud.PROJECT + "/cloud-run-source-deploy";

    private static Map<String, String> exports;
    private static Build build;

    @BeforeAll
    static void deploy(Installation installation, @TempDir Path work) throws Exception {
        Cloud cloud = new Cloud(installation);
        Path archive = Sample.saying("by tools").zip(work.resolve("a.zip"));
        Answer answer = cloud.awaitOutcome(cloud.upload(archive, SERVICE + ".zip"));
        assertThat(answer.outcome()).as(answer.toString()).isEqualTo(Outcome.LIVE);
        exports = installation.exports();
        build =
                cloud.builds().stream()
                        .filter(one -> one.getImagesList().contains(REPOSITORY + "/" + SERVICE))
                        .findFirst()
                        .orElseThrow();
    }

    private static String gcloud(String... words) throws Exception {
        assumeTrue(Tools.installed("gcloud"), "gcloud is not installed");
        return Tools.gcloud(exports, words).out();
    }

    @Test
    void gcloudCopiesListsReadsAndRemovesObjects(@TempDir Path work) throws Exception {
        String object = "gs://" + Cloud.dropBucket() + "/notes/read me.txt";
        Path file = Files.writeString(work.resolve("read me.txt"), "no archive");

        gcloud("storage", "cp", file.toString(), object);

        assertThat(gcloud("storage", "ls", "gs://" + Cloud.dropBucket() + "/notes/"))
                .contains(object);
        assertThat(gcloud("storage", "cat", object)).isEqualTo("no archive");
        gcloud("storage", "rm", object);
        assertThat(gcloud("storage", "ls", "gs://" + Cloud.dropBucket()))
                .contains(SERVICE + ".zip", "status/")
                .doesNotContain("notes/");
    }

    @Test
    void gcloudShowsTopicsAndPublishes(Installation installation) throws Exception {
        String topic = Cloud.TOPOLOGY.topic("deployment-finished").name();
        try (Mailbox mailbox = Mailbox.on(new Cloud(installation), topic, "by-gcloud")) {
            String published =
                    gcloud(
                            "pubsub",
                            "topics",
                            "publish",
                            topic,
                            "--message=from gcloud",
                            "--attribute=by=gcloud",
                            "--format=value(messageIds[0])");

            var message =
                    mailbox.await(
                            "gcloud's message",
                            one -> one.getAttributesOrDefault("by", "").equals("gcloud"));
            assertThat(message.getMessageId()).isEqualTo(published.strip());
            assertThat(message.getData().toStringUtf8()).isEqualTo("from gcloud");
        }
        assertThat(gcloud("pubsub", "topics", "list", "--format=value(name)"))
                .contains("projects/" + Cloud.PROJECT + "/topics/" + topic);
        assertThat(gcloud("pubsub", "topics", "describe", topic)).contains("state: ACTIVE");
    }

    @Test
    void gcloudShowsSubscriptions() throws Exception {
        var inbox = Cloud.TOPOLOGY.subscription("source-uploaded");

        assertThat(gcloud("pubsub", "subscriptions", "list", "--format=value(name)"))
                .contains("subscriptions/" + inbox.name());
        assertThat(
                        gcloud(
                                "pubsub",
                                "subscriptions",
                                "describe",
                                inbox.name(),
                                "--format=value(filter,deadLetterPolicy.deadLetterTopic)"))
                .contains(String.valueOf(inbox.filter()), inbox.deadLetterName());
    }

    @Test
    void gcloudShowsBuildsAndTheirLogs() throws Exception {
        String region = "--region=" + Cloud.REGION;
        String id = build.getId();

        assertThat(gcloud("builds", "list", region, "--format=value(id,status)"))
                .containsPattern(id + "\\s+SUCCESS");
        assertThat(gcloud("builds", "describe", id, region, "--format=value(images[0])").strip())
                .isEqualTo(REPOSITORY + "/" + SERVICE);
        assertThat(gcloud("builds", "log", id, region))
                .contains("Build " + build.getName(), "Pushed " + REPOSITORY + "/" + SERVICE);
    }

    @Test
    void gcloudShowsImages() throws Exception {
        assertThat(gcloud("artifacts", "docker", "images", "list", REPOSITORY))
                .containsPattern(REPOSITORY + "/" + SERVICE + "\\s+" + digest());
    }

    private static String digest() {
        return build.getResults().getImages(0).getDigest();
    }

    @Test
    void skopeoReadsABuiltImage(Installation installation) throws Exception {
        assumeTrue(Tools.installed("skopeo"), "skopeo is not installed");
        String registry = URI.create(installation.endpoint()).getAuthority();
        String image = "docker://" + registry + "/" + REPOSITORY + "/" + SERVICE;

        Run run =
                Run.of(
                        Installation.checkout(),
                        Map.of(),
                        Duration.ofMinutes(1),
                        List.of("skopeo", "inspect", "--tls-verify=false", image + ":latest"));

        assertThat(run.exits(0).out())
                .contains("\"Digest\": \"" + digest() + "\"", "\"FUNCTION_TARGET=hello\"");
    }
}
