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
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever is wrong with a drop has one truthful outcome, and what was live goes on. */
@Order(2)
@ExtendWith(SharedInstallation.class)
@SuppressWarnings("NullAway.Init") // set before all tests
class BadInputTest {
    private static final String SERVICE = "sturdy";
    private static final Sample GOOD = Sample.saying("still here");

    private static Cloud cloud;
    private static Mailbox finished;
    private static String url;

    @BeforeAll
    static void deployOne(Installation installation, @TempDir Path work) throws Exception {
        cloud = new Cloud(installation);
        finished =
                Mailbox.on(
                        cloud,
                        Cloud.TOPOLOGY.topic("deployment-finished").name(),
                        "bad-input-finished");
        Answer live =
                cloud.awaitOutcome(cloud.upload(GOOD.zip(work.resolve("a.zip")), SERVICE + ".zip"));
        assertThat(live.outcome()).as(live.toString()).isEqualTo(Outcome.LIVE);
        url = String.valueOf(live.url());
    }

    @AfterAll
    static void close() {
        finished.close();
    }

    /** What is wrong, and what the answer says about it. */
    record Wrong(
            String what,
            Sample source,
            Reason reason,
            @Nullable String entry,
            @Nullable Integer line,
            @Nullable String field) {
        @Override
        public String toString() {
            return what;
        }
    }

    static Stream<Wrong> wrongs() {
        return Stream.of(
                new Wrong(
                        "an entry that leaves the archive",
                        GOOD.with("../evil.js", "// out"),
                        Reason.ARCHIVE_UNSAFE,
                        "../evil.js",
                        null,
                        null),
                new Wrong(
                        "a manifest with an impossible value",
                        GOOD.with(
                                "slipway.yaml",
                                "apiVersion: slipway.dev/v1\nfunction: hello\nmemory: lots\n"),
                        Reason.MANIFEST_INVALID,
                        "slipway.yaml",
                        3,
                        "memory"),
                new Wrong(
                        "no package.json and no function",
                        GOOD.without("package.json").without("index.js").with("notes.txt", "?"),
                        Reason.BUILD_FAILED,
                        null,
                        null,
                        null),
                new Wrong(
                        "a dependency that does not exist",
                        GOOD.withPackage("\"dependencies\": {\"nothing\": \"file:nothing.tgz\"}"),
                        Reason.BUILD_FAILED,
                        null,
                        null,
                        null),
                new Wrong(
                        "a function that does not exist",
                        GOOD.with(
                                "slipway.yaml", "apiVersion: slipway.dev/v1\nfunction: goodbye\n"),
                        Reason.REVISION_FAILED,
                        null,
                        null,
                        null),
                new Wrong(
                        "a program that never listens",
                        GOOD.with("index.js", "for (;;) {}\nexports.hello = () => {};\n"),
                        Reason.REVISION_FAILED,
                        null,
                        null,
                        null));
    }

    @ParameterizedTest
    @MethodSource("wrongs")
    void isAnsweredWithItsReason(Wrong wrong, @TempDir Path work) throws Exception {
        Blob dropped =
                cloud.upload(wrong.source().zip(work.resolve("wrong.zip")), SERVICE + ".zip");

        Answer answer = cloud.awaitOutcome(dropped);

        assertThat(answer.reason()).as(answer.toString()).isEqualTo(wrong.reason());
        assertThat(answer.outcome()).isEqualTo(wrong.reason().outcome());
        assertThat(answer.turn()).isEqualTo(Turn.YOU);
        assertThat(answer.nextStep()).isEqualTo(wrong.reason().nextStep());
        assertThat(answer.message()).isNotBlank();
        assertThat(answer.entry()).isEqualTo(wrong.entry());
        assertThat(answer.line()).isEqualTo(wrong.line());
        assertThat(answer.field()).isEqualTo(wrong.field());
        if (wrong.reason().outcome() == Outcome.FAILED) {
            assertThat(answer.logTail()).as("the log's last lines").isNotEmpty();
        }
        assertOneOutcome(answer);
        assertThat(Web.text(url)).isEqualTo("still here");
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
        assertThat(Web.text(url)).isEqualTo("still here");
    }

    @Test
    void theCommandTellsLineAndField(Installation installation, @TempDir Path work)
            throws Exception {
        Path folder =
                GOOD.with("slipway.yaml", "apiVersion: slipway.dev/v1\nfunction: hello\ncpu: -1\n")
                        .folder(work);

        Run run = installation.drop(folder, SERVICE).exits(1);

        assertThat(run.out()).contains("line 3", "field cpu", "reason: MANIFEST_INVALID");
        assertThat(Web.text(url)).isEqualTo("still here");
    }

    @Test
    void theCommandRefusesWhatIsNotThere(Installation installation) throws Exception {
        Run run = installation.slipway("drop", "no/such/folder").exits(2);

        assertThat(run.err()).contains("no/such/folder is no folder and no archive");
    }
}
