package dev.slipway.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.cloud.storage.Blob;
import com.google.pubsub.v1.PubsubMessage;
import dev.slipway.contracts.Answer;
import dev.slipway.contracts.Json;
import dev.slipway.contracts.Outcome;
import dev.slipway.contracts.Reason;
import dev.slipway.contracts.Turn;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever is wrong with a drop has one truthful outcome, and what was live goes on. Each wrong
 * drop has a service of its own, where something good stands already; all are dropped at once.
 */
@Order(2)
@OnSharedInstallation
@SuppressWarnings("NullAway.Init") // set before all tests
class BadInputTest {
    private static final String SERVICE = "sturdy";
    private static final List<Wrong> WRONGS = Wrong.all();

    /** What a check says of a bad drop as its answer does. */
    private static final List<String> SAID =
            List.of(
                    "service",
                    "region",
                    "outcome",
                    "reason",
                    "turn",
                    "message",
                    "entry",
                    "line",
                    "field",
                    "nextStep");

    private static final Map<String, Answer> standing = new HashMap<>();
    private static final Map<String, Blob> dropped = new HashMap<>();
    private static final List<Path> archives = new ArrayList<>();
    private static Cloud cloud;
    private static Mailbox finished;

    static List<Wrong> wrongs() {
        return WRONGS;
    }

    private static String service(Wrong wrong) {
        return "wrong-" + WRONGS.indexOf(wrong);
    }

    @BeforeAll
    static void dropAll(Installation installation, @TempDir Path work) throws Exception {
        cloud = new Cloud(installation);
        finished =
                Mailbox.on(
                        cloud,
                        Cloud.TOPOLOGY.topic("deployment-finished").name(),
                        "bad-input-finished");
        Path good = Wrong.GOOD.zip(work.resolve("good.zip"));
        awaitStanding(SERVICE, cloud.upload(good, SERVICE + ".zip")); // built once, for all
        Map<String, Blob> drops = new HashMap<>();
        for (Wrong wrong : WRONGS) {
            drops.put(service(wrong), cloud.upload(good, service(wrong) + ".zip"));
        }
        drops.forEach(BadInputTest::awaitStanding);
        for (Wrong wrong : WRONGS) {
            Path archive = wrong.source().zip(work.resolve(service(wrong) + ".zip"));
            archives.add(archive);
            dropped.put(wrong.what(), cloud.upload(archive, service(wrong) + ".zip"));
        }
        dropUnreadable(work);
    }

    /** Wrong in ways that no service has to stand before. */
    private static void dropUnreadable(Path work) throws IOException {
        Map<String, byte[]> contents = new HashMap<>();
        contents.put("text", "no archive at all".getBytes(StandardCharsets.UTF_8));
        contents.put("nothing", new byte[0]);
        byte[] whole = Wrong.GOOD.tarGz();
        contents.put("cut", Arrays.copyOf(whole, whole.length / 2));
        contents.put("bomb", Wrong.GOOD.with("zeros", new byte[8 << 20]).tarGz());
        contents.put("twice", Wrong.GOOD.with("INDEX.js", "1").tarGz());
        contents.put("no-source", new Sample(Map.of()).with("slipway.yaml", "a: 1\n").tarGz());
        contents.put("no-yaml", Wrong.GOOD.with("slipway.yaml", "a: [\n").tarGz());
        contents.put("other", Wrong.GOOD.with("slipway.yaml", "service: b\nregion: c\n").tarGz());
        for (Map.Entry<String, byte[]> content : contents.entrySet()) {
            String name = "unreadable-" + content.getKey() + ".zip";
            Path archive = Files.write(work.resolve(name), content.getValue());
            archives.add(archive);
            dropped.put(name, cloud.upload(archive, name));
        }
    }

    private static void awaitStanding(String service, Blob drop) {
        Answer answer = cloud.awaitOutcome(drop);
        assertThat(answer.outcome()).as(answer.toString()).isEqualTo(Outcome.LIVE);
        standing.put(service, answer);
    }

    @AfterAll
    static void close() {
        finished.close();
    }

    private static void assertStands(String service) throws Exception {
        String url = String.valueOf(Objects.requireNonNull(standing.get(service)).url());
        assertThat(Web.text(url)).isEqualTo(Wrong.STANDING);
    }

    @ParameterizedTest
    @MethodSource("wrongs")
    void isAnsweredWithItsReason(Wrong wrong) throws Exception {
        Answer answer = cloud.awaitOutcome(Objects.requireNonNull(dropped.get(wrong.what())));

        assertThat(answer.reason()).as(answer.toString()).isEqualTo(wrong.reason());
        assertThat(answer.outcome()).isEqualTo(wrong.reason().outcome());
        assertThat(answer.turn()).isEqualTo(Turn.YOU);
        assertThat(answer.nextStep()).isEqualTo(wrong.reason().nextStep());
        assertThat(answer.message()).isNotBlank();
        assertThat(wrong.told()).allSatisfy(name -> assertThat(answer.message()).contains(name));
        assertThat(answer.entry()).isEqualTo(wrong.entry());
        assertThat(answer.line()).isEqualTo(wrong.line());
        assertThat(answer.field()).isEqualTo(wrong.field());
        assertThat(String.join("\n", answer.logTail())).contains(wrong.logged());
        assertOneOutcome(answer);
        assertStands(service(wrong));
    }

    private static void assertOneOutcome(Answer answer) {
        finished.await(
                "the outcome of " + answer.deployment() + " is published",
                message -> of(message, answer));
        List<String> outcomes =
                finished.all().stream()
                        .filter(message -> of(message, answer))
                        .map(message -> message.getAttributesOrThrow("outcome"))
                        .distinct()
                        .toList();
        assertThat(outcomes).containsExactly(String.valueOf(answer.outcome()));
    }

    private static boolean of(PubsubMessage message, Answer answer) {
        return message.getAttributesOrDefault("ce-subject", "").equals(answer.deployment());
    }

    @Test
    void aNameThatIsNoServicesIsRejected(@TempDir Path work) throws Exception {
        Path archive = Wrong.GOOD.zip(work.resolve("a.zip"));

        Answer answer = cloud.awaitOutcome(cloud.upload(archive, "No_Service.zip"));

        assertThat(answer.reason()).isEqualTo(Reason.NAME_INVALID);
        assertThat(answer.message()).contains("No_Service");
        assertOneOutcome(answer);
    }

    /** One run of the command for all: its start takes longer than its work. */
    @Test
    void theCommandSaysTheSameBeforeItIsDropped(Installation installation) throws Exception {
        List<String> words = new ArrayList<>(List.of("check", "--json"));
        archives.forEach(archive -> words.add(archive.toString()));
        Run run = installation.slipway(words.toArray(String[]::new)).exits(1);

        Map<String, JsonNode> checks = new HashMap<>();
        for (String line : run.out().lines().toList()) {
            JsonNode check = Person.document(line);
            checks.put(check.path("service").asText(), check);
        }
        assertThat(checks).hasSameSizeAs(archives);
        for (Blob drop : dropped.values()) {
            Answer answer = cloud.awaitOutcome(drop);
            assertSaysTheSame(Objects.requireNonNull(checks.get(answer.service())), answer);
        }
    }

    private static void assertSaysTheSame(JsonNode check, Answer answer) throws IOException {
        if (answer.outcome() != Outcome.REJECTED) {
            assertThat(check.path("accepted").asBoolean()).as(check.toString()).isTrue();
            assertThat(Json.read(Json.write(answer), JsonNode.class).path("archive"))
                    .isEqualTo(check.path("archive"));
            return;
        }
        JsonNode said = Json.read(Json.write(answer), JsonNode.class);
        for (String field : SAID) {
            assertThat(check.path(field)).as(check.toString()).isEqualTo(said.path(field));
        }
    }

    @Test
    void theCommandTellsWhatIsNoArchive(Installation installation, @TempDir Path work)
            throws Exception {
        byte[] noise = new byte[10_000];
        new Random(1).nextBytes(noise);
        Path file = Files.write(work.resolve(SERVICE + ".zip"), noise);

        Run run = installation.slipway("drop", file.toString()).exits(1);

        assertThat(run.out())
                .contains("sturdy in europe-west1 was rejected")
                .contains("reason: " + Reason.NOT_AN_ARCHIVE)
                .contains("your turn: " + Reason.NOT_AN_ARCHIVE.nextStep());
        assertStands(SERVICE);
    }

    @Test
    void theCommandTellsLineAndField(Installation installation, @TempDir Path work)
            throws Exception {
        Path folder =
                Wrong.GOOD
                        .with(
                                "slipway.yaml",
                                "apiVersion: slipway.dev/v1\nfunction: hello\ncpu: -1\n")
                        .folder(work);

        Run run = installation.drop(folder, SERVICE).exits(1);

        assertThat(run.out()).contains("line 3", "field cpu", "reason: MANIFEST_INVALID");
        assertStands(SERVICE);
    }

    @Test
    void theCommandRefusesWhatIsNotThere(Installation installation) throws Exception {
        Run run = installation.slipway("drop", "no/such/folder").exits(2);

        assertThat(run.err()).contains("no/such/folder is no folder and no archive");
    }
}
