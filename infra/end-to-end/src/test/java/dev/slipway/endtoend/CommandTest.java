package dev.slipway.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.cloud.pubsub.v1.TopicAdminClient;
import com.google.cloud.storage.BucketInfo;
import com.google.pubsub.v1.TopicName;
import dev.slipway.contracts.Answer;
import dev.slipway.contracts.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people and programs type beyond dropping one folder. */
@Order(5)
@OnSharedInstallation
class CommandTest {
    private static final Duration LONGEST = Duration.ofMinutes(4);

    private static List<JsonNode> documents(Run run) throws IOException {
        List<JsonNode> documents = new ArrayList<>();
        for (String line : run.out().lines().toList()) {
            documents.add(Json.read(line.getBytes(StandardCharsets.UTF_8), JsonNode.class));
        }
        return documents;
    }

    /** Runs {@code ./slipway} in a shell that {@code up --env} has pointed here. */
    private static Run pointedHere(Installation installation, String... words) throws Exception {
        Map<String, String> environment = new HashMap<>(installation.exports());
        environment.putAll(installation.environment());
        List<String> command = new ArrayList<>();
        command.add(Installation.checkout().resolve("slipway").toString());
        command.addAll(List.of(words));
        return Run.of(Installation.checkout(), environment, LONGEST, command);
    }

    @Test
    void dropsManyAtOnceAndCountsWhatBecameOfThem(Installation installation, @TempDir Path work)
            throws Exception {
        Path folder = Sample.saying("many one").folder(work.resolve("many-one"));
        Path archive = Sample.saying("many two").zip(work.resolve("many-two.zip"));
        Path broken =
                Sample.saying("never")
                        .with("slipway.yaml", "function: hello\ncpu: -1\n")
                        .zip(work.resolve("many-broken.zip"));

        Run run =
                installation
                        .slipway(
                                "drop",
                                folder.toString(),
                                archive.toString(),
                                broken.toString(),
                                "--wait")
                        .exits(1);

        assertThat(run.out())
                .containsPattern("many-one +uploaded")
                .containsPattern("many-one +live +[0-9.]+ s +http://localhost:")
                .containsPattern("many-two +live +[0-9.]+ s +http://localhost:")
                .containsPattern("many-broken +rejected")
                .containsPattern("3 drops in [0-9.]+ s: 2 live, 1 rejected")
                .containsPattern("slowest: many-(one|two), ")
                .contains("reason: MANIFEST_INVALID", "line 2, field cpu")
                .doesNotContain("\u001b", "\r");
    }

    @Test
    void dropsWithoutWaiting(Installation installation, @TempDir Path work) throws Exception {
        Path archive = Sample.saying("unattended").zip(work.resolve("unattended.zip"));

        Run run = installation.slipway("drop", archive.toString(), "--no-wait").exits(0);

        assertThat(run.out()).contains("./slipway status unattended tells where it is");
        new Cloud(installation)
                .await("unattended.zip", "has an outcome", answer -> answer.outcome() != null);
    }

    @Test
    void writesGcloudsOptionsIntoWhatIsDroppedOnly(Installation installation, @TempDir Path work)
            throws Exception {
        Path folder =
                Sample.saying("?")
                        .without("slipway.yaml")
                        .with(
                                "index.js",
                                "exports.greet = (request, response) =>"
                                        + " response.send(process.env.GREETING);\n")
                        .folder(work.resolve("by-flags"));

        Run run =
                installation
                        .slipway(
                                "drop",
                                folder.toString(),
                                "--entry-point=greet",
                                "--set-env-vars=^;^GREETING=hi, you;OTHER=1",
                                "--memory=256Mi",
                                "--allow-unauthenticated",
                                "--json")
                        .exits(0);

        JsonNode answer = documents(run).getLast();
        assertThat(Web.text(answer.path("url").asText())).isEqualTo("hi, you");
        assertThat(folder).isDirectoryNotContaining(path -> path.endsWith("slipway.yaml"));
    }

    @Test
    void tellsProgramsEachChangeAndTheAnswerLast(Installation installation, @TempDir Path work)
            throws Exception {
        Path archive = Sample.saying("for programs").zip(work.resolve("for-programs.zip"));

        Run run = installation.slipway("drop", archive.toString(), "--json").exits(0);

        List<JsonNode> documents = documents(run);
        assertThat(documents.getFirst().path("state").asText()).isEqualTo("UPLOADED");
        assertThat(documents.getLast().path("outcome").asText()).isEqualTo("LIVE");
        Answer stored = new Cloud(installation).answer("for-programs.zip").orElseThrow();
        assertThat(documents.getLast()).isEqualTo(Json.read(Json.write(stored), JsonNode.class));
        JsonNode status =
                documents(installation.slipway("status", "for-programs", "--json").exits(0))
                        .getFirst();
        assertThat(status.path("up").asBoolean()).isTrue();
        assertThat(status.path("processes")).hasSizeGreaterThan(3);
        assertThat(status.path("deployments").path(0)).isEqualTo(documents.getLast());
    }

    @Test
    void worksInAProjectAsInGoogleCloud(Installation installation, @TempDir Path work)
            throws Exception {
        Path archive = Sample.saying("by project").zip(work.resolve("by-project.zip"));

        Run drop =
                pointedHere(installation, "drop", archive.toString(), "--project", Cloud.PROJECT)
                        .exits(0);
        Run status =
                pointedHere(installation, "status", "--json", "--project", Cloud.PROJECT).exits(0);

        assertThat(drop.out()).contains("by-project in europe-west1 is live at http://");
        JsonNode document = documents(status).getFirst();
        assertThat(document.path("dropBucket").asText()).isEqualTo(Cloud.dropBucket());
        assertThat(document.path("deployments").findValuesAsText("service")).contains("by-project");
        assertThat(
                        pointedHere(
                                        installation,
                                        "drop",
                                        archive.toString(),
                                        "--project",
                                        Cloud.PROJECT,
                                        "--bucket",
                                        "not-there")
                                .exits(1)
                                .err())
                .contains("cannot upload to gs://not-there/", "Check --project");
    }

    @Test
    void saysThatItHasNoCredentials(@TempDir Path work) throws Exception {
        Run run =
                Run.of(
                                Installation.checkout(),
                                Map.of(
                                        "CLOUDSDK_CONFIG", work.toString(),
                                        "GOOGLE_APPLICATION_CREDENTIALS", "",
                                        "NO_GCE_CHECK", "true",
                                        "SLIPWAY_BUILD", "never",
                                        "SLIPWAY_HOME", work.toString(),
                                        "STORAGE_EMULATOR_HOST", ""),
                                LONGEST,
                                List.of("./slipway", "status", "--project", "my-project"))
                        .exits(1);

        assertThat(run.err())
                .isEqualTo(
                        """
                        slipway: no application-default credentials were found
                          Run gcloud auth application-default login, or name a key file with\
                         GOOGLE_APPLICATION_CREDENTIALS.
                        """);
    }

    @Test
    void aFolderToBeginWithGoesLive(Installation installation, @TempDir Path work)
            throws Exception {
        Path http = work.resolve("begin-node");
        Path topic = work.resolve("begin-topic");
        Path bucket = work.resolve("begin-bucket");
        Path java = work.resolve("begin-java");
        installation.slipway("init", http.toString()).exits(0);
        installation
                .slipway("init", topic.toString(), "--trigger", "topic", "--from", "begin-orders")
                .exits(0);
        installation
                .slipway("init", bucket.toString(), "--trigger", "bucket", "--from", "begin-photos")
                .exits(0);
        installation.slipway("init", java.toString(), "--language", "java").exits(0);
        Cloud cloud = new Cloud(installation);
        try (TopicAdminClient topics = cloud.topics()) {
            topics.createTopic(TopicName.of(Cloud.PROJECT, "begin-orders"));
        }
        cloud.storage()
                .create(BucketInfo.newBuilder("begin-photos").setLocation(Cloud.REGION).build());

        Run run =
                installation
                        .slipway(
                                "drop",
                                http.toString(),
                                topic.toString(),
                                bucket.toString(),
                                java.toString())
                        .exits(0);

        assertThat(run.out()).contains("4 drops in ", ": 4 live");
        for (String service : List.of("begin-node", "begin-java")) {
            Answer answer = cloud.answer(service + ".tar.gz").orElseThrow();
            assertThat(Web.text(answer.url() + "?name=you")).isEqualTo("Hello you!\n");
        }
        assertThat(Files.readString(java.resolve("pom.xml"))).contains("begin-java");
    }
}
