package dev.slipway.endtoend;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.storage.Blob;
import com.google.cloud.storage.BlobId;
import com.google.cloud.storage.BlobInfo;
import com.google.cloud.storage.Storage;
import com.google.pubsub.v1.PubsubMessage;
import dev.slipway.contracts.Answer;
import dev.slipway.contracts.Answer.State;
import dev.slipway.contracts.Outcome;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * An object of the ledger that does not parse is left as it is and told of, and holds up nobody
 * else; whoever needs it goes on when it is mended.
 */
@OnOwnInstallation
@Order(7)
@SuppressWarnings("NullAway.Init") // set before all tests
class TornLedgerTest {
    private static final String LEDGER = Cloud.TOPOLOGY.bucket("ledger").name();
    private static final byte[] TORN = "{\"schema\":1,\"deploym".getBytes(UTF_8);

    /** What stands still is soon taken up again. */
    private static final Map<String, String> EAGER =
            Map.of("SLIPWAY_STAGE_SWEEP_EVERY", "1s", "SLIPWAY_STAGE_UNCHANGED_FOR", "3s");

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    /** So many later sweeps have met it and let it be. */
    private static final int TOLD_AGAIN = 3;

    private static Installation installation;
    private static Cloud cloud;
    private static Mailbox finished;

    @BeforeAll
    static void start() throws Exception {
        installation = new Installation("--instant-builds --instant-services", EAGER);
        installation.slipway("up").exits(0);
        cloud = new Cloud(installation);
        finished =
                Mailbox.on(
                        cloud, Cloud.TOPOLOGY.topic("deployment-finished").name(), "torn-finished");
    }

    @AfterAll
    static void stop() throws Exception {
        finished.close();
        installation.close();
    }

    @AfterEach
    void keepLogs(TestInfo test) throws Exception {
        installation.saveLogs("TornLedgerTest-" + test.getDisplayName().replaceAll("\\W+", "-"));
    }

    @ParameterizedTest
    @CsvSource({"build, VERIFIED", "deploy, BUILT"})
    void isLeftAsItIsAndInNobodysWay(String stage, State state, @TempDir Path work)
            throws Exception {
        String worker = stage + "-worker";
        installation.freeze(worker);
        Path archive = Sample.saying("torn").zip(work.resolve(stage + "-record.zip"));
        CompletableFuture<Run> follower = follow("drop", archive.toString());
        String record = "deployments/" + reached(stage + "-record.zip", state).deployment();
        Blob needsService = dropped(stage + "-service");
        Blob whole = dropped(stage + "-whole");
        reached(needsService.getName(), state);
        reached(whole.getName(), state);
        String service = "services/" + Cloud.REGION + "/" + stage + "-service";
        byte[] recordBefore = tear(record);
        byte[] serviceBefore = tear(service);
        installation.thaw(worker);

        assertThat(cloud.awaitOutcome(whole).outcome()).isEqualTo(Outcome.LIVE);
        awaitTold(worker, "deployments", record, stage + "-record");
        awaitTold(worker, "services", service, stage + "-service");
        assertThat(installation.slipway("list", "--open").exits(0).out())
                .contains(waitingFor(record));

        mend(record, recordBefore);
        mend(service, serviceBefore);

        assertThat(follower.join().exits(0).out())
                .contains("waiting for " + waitingFor(record), "is live at");
        assertEndsOnce(needsService.getName());
        assertEndsOnce(stage + "-record.zip");
    }

    private static CompletableFuture<Run> follow(String... words) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return installation.slipway(words);
                    } catch (Exception e) {
                        throw new CompletionException(e);
                    }
                });
    }

    private static Blob dropped(String service) throws Exception {
        return cloud.storage()
                .create(
                        BlobInfo.newBuilder(Cloud.dropBucket(), service + ".tar.gz").build(),
                        Sample.saying(service).tarGz());
    }

    private static Answer reached(String object, State state) {
        return cloud.await(object, "is " + state, answer -> answer.state() == state);
    }

    private static byte[] tear(String name) {
        byte[] before = cloud.storage().readAllBytes(LEDGER, name);
        mend(name, TORN);
        return before;
    }

    private static void mend(String name, byte[] content) {
        cloud.storage().create(BlobInfo.newBuilder(LEDGER, name).build(), content);
    }

    private static String waitingFor(String name) {
        return "your operator to mend " + name + " of the ledger, which does not parse";
    }

    /** Everybody is told: who watches the figure, who reads the answer, who asks the command. */
    private static void awaitTold(String worker, String kind, String name, String service)
            throws Exception {
        long generation = cloud.storage().get(LEDGER, name).getGeneration();
        double before = unreadable(worker, kind);
        Awaitility.await(worker + " counts " + kind)
                .atMost(PATIENCE)
                .until(() -> unreadable(worker, kind) >= before + TOLD_AGAIN);
        Awaitility.await(service + " is told that it waits")
                .atMost(PATIENCE)
                .until(
                        () ->
                                installation
                                        .slipway("status", service)
                                        .out()
                                        .contains("waiting for " + waitingFor(name)));
        Blob standing = cloud.storage().get(LEDGER, name);
        assertThat(standing.getGeneration()).isEqualTo(generation);
        assertThat(standing.getContent()).isEqualTo(TORN);
    }

    private static double unreadable(String worker, String kind) throws Exception {
        String metrics = Web.text(installation.health(worker).resolve("/q/metrics").toString());
        Matcher counted =
                Pattern.compile(
                                "(?m)^slipway_ledger_unreadable_total\\{.*kind=\""
                                        + kind
                                        + "\".*} (.*)$")
                        .matcher(metrics);
        assertThat(counted.find()).as(metrics).isTrue();
        return Double.parseDouble(counted.group(1));
    }

    private static void assertEndsOnce(String object) {
        Answer answer = cloud.await(object, "is over", it -> it.state() == State.DONE);
        assertThat(answer.outcome()).as(answer.toString()).isEqualTo(Outcome.LIVE);
        finished.await("the outcome of " + object, message -> of(message, answer));
        assertThat(finished.all().stream().filter(message -> of(message, answer)))
                .extracting(message -> message.getAttributesOrThrow("outcome"))
                .containsOnly("LIVE");
        Awaitility.await(object + " has no marker")
                .atMost(PATIENCE)
                .until(() -> cloud.storage().get(LEDGER, "open/" + answer.deployment()) == null);
    }

    private static boolean of(PubsubMessage message, Answer answer) {
        return message.getAttributesOrDefault("ce-subject", "").equals(answer.deployment());
    }

    @Test
    void aRequestSaysWhatItWaitsForAndGoesOnOnceThatIsMended() throws Exception {
        assertEndsOnce(dropped("asked").getName());
        String service = "services/" + Cloud.REGION + "/asked";
        byte[] before = tear(service);
        CompletableFuture<Run> follower = follow("undeploy", "asked", "--yes");
        Awaitility.await("the request is told that it waits")
                .atMost(PATIENCE)
                .until(() -> answers("asked").contains(waitingFor(service)));
        assertThat(cloud.storage().readAllBytes(LEDGER, service)).isEqualTo(TORN);

        mend(service, before);

        assertThat(follower.join().exits(0).out())
                .contains("waiting for " + waitingFor(service), "asked and its triggers are gone");
    }

    /** All answers to requests about a service. */
    private static String answers(String service) {
        return cloud.storage()
                .list(
                        LEDGER,
                        Storage.BlobListOption.prefix(
                                "requests/" + Cloud.REGION + "/" + service + "/"))
                .streamAll()
                .filter(blob -> blob.getName().endsWith(".answer.json"))
                .map(blob -> new String(blob.getContent(), UTF_8))
                .collect(Collectors.joining());
    }

    @Test
    void aRecordThatIsDeletedIsBegunAnewFromItsMarker() throws Exception {
        installation.freeze("deploy-worker");
        Blob drop = dropped("deleted");
        String record = "deployments/" + reached(drop.getName(), State.BUILT).deployment();
        assertThat(cloud.storage().delete(BlobId.of(LEDGER, record))).isTrue();
        installation.thaw("deploy-worker");

        assertEndsOnce(drop.getName());
    }
}
