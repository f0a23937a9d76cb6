package dev.slipway.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.storage.Blob;
import com.google.pubsub.v1.PubsubMessage;
import dev.slipway.contracts.Answer;
import dev.slipway.contracts.Outcome;
import dev.slipway.contracts.Reason;
import dev.slipway.contracts.Turn;
import java.nio.file.Files;
import java.nio.file.Path;
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

    private static final Map<String, Answer> standing = new HashMap<>();
    private static final Map<String, Blob> dropped = new HashMap<>();
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
            dropped.put(wrong.what(), cloud.upload(archive, service(wrong) + ".zip"));
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
