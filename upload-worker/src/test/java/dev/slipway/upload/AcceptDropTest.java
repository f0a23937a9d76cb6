package dev.slipway.upload;

import static java.io.OutputStream.nullOutputStream;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.archive.Limits;
import dev.slipway.archive.Packed;
import dev.slipway.archive.SourceArchive;
import dev.slipway.contracts.Answer;
import dev.slipway.contracts.ArchiveSummary;
import dev.slipway.contracts.DeploymentId;
import dev.slipway.contracts.Digest;
import dev.slipway.contracts.ObjectVersion;
import dev.slipway.contracts.Outcome;
import dev.slipway.contracts.Reason;
import dev.slipway.contracts.ServiceKey;
import dev.slipway.contracts.ServiceName;
import dev.slipway.contracts.SourceStored;
import dev.slipway.contracts.Verdict;
import dev.slipway.contracts.manifest.Manifest;
import dev.slipway.kit.FailureKind;
import dev.slipway.kit.GatewayException;
import dev.slipway.kit.Handled;
import dev.slipway.kit.Message;
import dev.slipway.ledger.DeploymentRecord;
import dev.slipway.ledger.Order;
import dev.slipway.ledger.Stage;
import dev.slipway.ledger.Waiting;
import dev.slipway.upload.decide.OperatorStaging;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("NullAway.Init") // JUnit sets the fields
class AcceptDropTest {
    @TempDir Path spool;
    private Bench bench;

    @BeforeEach
    void start() {
        bench = new Bench(spool);
    }

    private Verdict verdict(DeploymentId deployment) {
        assertThat(bench.record(deployment).stage()).isEqualTo(Stage.DONE);
        assertThat(bench.ledger.marker(deployment)).isEmpty();
        return bench.record(deployment).requireVerdict();
    }

    private Reason reason(DeploymentId deployment) {
        return verdict(deployment).reason();
    }

    private static byte[] withManifest(String manifest) {
        return Archives.zip("index.js", "1", "slipway.yaml", manifest);
    }

    @Test
    void storesTheSourceAndTellsTheNextStage() {
        DeploymentId hello = bench.drop("hello.zip", Archives.function("1"));

        DeploymentRecord record = bench.record(hello);
        assertThat(record.stage()).isEqualTo(Stage.VERIFIED);
        assertThat(record.requireSource().staged().bucket()).isEqualTo(Bench.STAGING);
        assertThat(record.requireSource().staged().object())
                .isEqualTo("services/hello/" + hello + ".tar.gz");
        assertThat(bench.stored())
                .containsExactly(
                        new SourceStored(
                                hello,
                                Bench.service("hello"),
                                record.requireSource().staged(),
                                record.requireSource().digest(),
                                record.requireManifest(),
                                1,
                                0));
        assertThat(Objects.requireNonNull(bench.newest("hello")).deployment()).isEqualTo(hello);
        assertThat(bench.answer("hello.zip").state()).isEqualTo(Answer.State.VERIFIED);
    }

    @Test
    void saysInTheAnswerWhatWasFoundInTheArchive() {
        DeploymentId hello =
                bench.drop("hello.zip", Archives.zip("a/index.js", "1", "a/.DS_Store", "x"));

        assertThat(bench.record(hello).requireSource().archive())
                .isEqualTo(bench.answer("hello.zip").archive())
                .isEqualTo(new ArchiveSummary(1, 1, 1, "a/"));
    }

    @Test
    void takesTheOrderFromStorageAndNotFromTheMessage() {
        ObjectVersion version = bench.drops.put("hello.zip", Archives.function("1"), null);
        long created = bench.now.toEpochMilli();
        bench.now = bench.now.plusSeconds(90);

        bench.announce(version);

        assertThat(bench.record(DeploymentId.of(version)).order())
                .isEqualTo(Order.of(version, created));
    }

    @Test
    void keepsTheManifestWithAllItsDefaults() throws IOException {
        DeploymentId hello = bench.drop("hello.zip", Archives.function("1"));

        Digest digest = bench.record(hello).requireManifest();
        byte[] kept = bench.ledger.manifest(digest).orElseThrow();
        assertThat(Digest.of(kept)).isEqualTo(digest);
        assertThat(Manifest.parse(kept).function()).isEqualTo("helloHttp");
        assertThat(Manifest.parse(kept).service()).isEqualTo("hello");
    }

    @Test
    void stagesTheSourceWithoutItsManifest() throws IOException {
        DeploymentId hello = bench.drop("hello.zip", Archives.function("1"));

        var source = bench.record(hello).requireSource();
        Path staged = Files.write(spool.resolve("staged"), bench.staging.read(source.staged()));
        assertThat(SourceArchive.pack(staged, spool, Limits.DEFAULT, nullOutputStream()))
                .isInstanceOfSatisfying(
                        Packed.class,
                        again -> {
                            assertThat(again.contents().files()).isEqualTo(2);
                            assertThat(again.contents().manifest()).isEmpty();
                            assertThat(again.sourceDigest()).isEqualTo(source.digest().value());
                        });
    }

    @Test
    void theSameSourcePackedOtherwiseHasTheSameDigests() {
        DeploymentId one = bench.drop("hello.zip", Archives.function("1"));
        DeploymentId other =
                bench.drop(
                        "hello.zip",
                        Archives.zip(
                                "in/package.json", "{}",
                                "in/slipway.yaml", Archives.MANIFEST + "memory: 1Gi\n",
                                "in/index.js", "1"));

        assertThat(bench.record(other).requireSource().digest())
                .isEqualTo(bench.record(one).requireSource().digest());
        assertThat(bench.record(other).requireSource().buildDigest())
                .isEqualTo(bench.record(one).requireSource().buildDigest());
        assertThat(bench.record(other).requireManifest())
                .isNotEqualTo(bench.record(one).requireManifest());
    }

    @Test
    void tellsTheFormatByContentAndNotBySuffix() {
        DeploymentId hello = bench.drop("hello.tar.gz", Archives.function("1"));

        assertThat(bench.record(hello).stage()).isEqualTo(Stage.VERIFIED);
    }

    @Test
    void followsTheFunctionsPathWhereTheManifestSaysSo() {
        DeploymentId hello =
                bench.drop(
                        "us-central1/hello.zip",
                        withManifest(Archives.MANIFEST + "profile: functions\n"));

        assertThat(bench.record(hello).requireSource().staged().bucket())
                .isEqualTo("gcf-v2-sources-42-us-central1");
        assertThat(bench.record(hello).requireService())
                .isEqualTo(new ServiceKey("us-central1", new ServiceName("hello")));
    }

    @Test
    void remembersWhoWasNewestBefore() {
        DeploymentId first = bench.drop("hello.zip", Archives.function("1"));
        bench.now = bench.now.plusSeconds(1);
        DeploymentId second = bench.drop("hello.zip", Archives.function("2"));

        assertThat(bench.record(first).previous()).isNull();
        assertThat(bench.record(second).previous()).isEqualTo(first);
    }

    @Test
    void repeatsTheUploadersOwnId() {
        ObjectVersion version =
                bench.drops.put("hello.zip", Archives.zip("slipway.yaml", ""), "build-7");

        bench.announce(version);

        assertThat(bench.finished()).hasSize(1);
        assertThat(bench.finished().getFirst().correlation()).isEqualTo("build-7");
        assertThat(bench.answer("hello.zip").correlationId()).isEqualTo("build-7");
    }

    @Test
    void aSecondCopyOfTheMessageTellsTheSameAgain() {
        ObjectVersion version = bench.drops.put("hello.zip", Archives.function("1"), null);

        bench.announce(version);
        bench.announce(version);

        assertThat(bench.stored()).hasSize(2);
        assertThat(bench.stored().getFirst()).isEqualTo(bench.stored().getLast());
        assertThat(bench.staging.names()).hasSize(1);
    }

    @Test
    void aCopyAfterItsEndDoesNothing() {
        ObjectVersion version = bench.drops.put("hello.zip", new byte[] {1}, null);
        bench.announce(version);
        bench.drops.remove(version);

        bench.announce(version);

        assertThat(bench.finished()).hasSize(1);
        assertThat(bench.ledger.openDeployments()).isEmpty();
    }

    @Test
    void oneThatIsBuiltAlreadyIsLeftToOthers() {
        ObjectVersion version = bench.drops.put("hello.zip", Archives.function("1"), null);
        bench.announce(version);
        var read = bench.ledger.deployment(DeploymentId.of(version)).orElseThrow();
        assertThat(bench.ledger.swap(read, read.value().built("image@sha256:1"))).isPresent();

        bench.announce(version);

        assertThat(bench.stored()).hasSize(1);
    }

    @Test
    void ignoresWhatIsNoDrop() {
        for (String object : new String[] {"status/a.zip", "a/", "notes.txt", "hello.zip.part"}) {
            bench.drop(object, Archives.function("1"));
        }

        assertThat(bench.published).isEmpty();
        assertThat(bench.ledger.openDeployments()).isEmpty();
        assertThat(bench.count("slipway.drops.ignored", "why", "ANSWER")).isEqualTo(1);
        assertThat(bench.count("slipway.drops.ignored", "why", "FOLDER")).isEqualTo(1);
        assertThat(bench.count("slipway.drops.ignored", "why", "OTHER_SUFFIX")).isEqualTo(2);
    }

    @Test
    void ignoresOtherEventsAndOtherBuckets() {
        ObjectVersion version = bench.drops.put("hello.zip", Archives.function("1"), null);

        bench.announce(version, "OBJECT_DELETE");
        bench.announce(new ObjectVersion("elsewhere", "hello.zip", 7));

        assertThat(bench.published).isEmpty();
        assertThat(bench.count("slipway.drops.ignored", "why", "OTHER_EVENT")).isEqualTo(2);
    }

    @Test
    void whatIsNoNoticeIsUnreadable() {
        Handled handled = bench.accept.handle(new Message("m", Map.of(), new byte[] {1}));

        assertThat(handled).isInstanceOf(Handled.Unreadable.class);
    }

    @Test
    void rejectsANameThatYieldsNoService() {
        DeploymentId bad = bench.drop("Hello_World.zip", Archives.function("1"));

        assertThat(reason(bad)).isEqualTo(Reason.NAME_INVALID);
        assertThat(verdict(bad).message()).contains("'Hello_World'").contains("a-z");
        assertThat(bench.answer("Hello_World.zip").outcome()).isEqualTo(Outcome.REJECTED);
        assertThat(bench.record(bad).service()).isNull();
    }

    @Test
    void rejectsARegionThatIsNotServed() {
        DeploymentId bad = bench.drop("asia-east1/hello.zip", Archives.function("1"));

        assertThat(reason(bad)).isEqualTo(Reason.REGION_NOT_ALLOWED);
        assertThat(verdict(bad).message()).contains("asia-east1").contains("us-central1");
    }

    @Test
    void answersANameThatIsTooLongToHaveAnAnswerOfItsName() {
        String object = "hello/" + "x".repeat(1014) + ".zip";

        DeploymentId bad = bench.drop(object, new byte[] {1});

        assertThat(reason(bad)).isEqualTo(Reason.NOT_AN_ARCHIVE);
        assertThat(Answer.nameFor(object)).hasSizeLessThan(1024);
        assertThat(bench.answer(object).outcome()).isEqualTo(Outcome.REJECTED);
    }

    @Test
    void rejectsWhatIsNoArchive() {
        DeploymentId bad =
                bench.drop("hello.zip", "just text".repeat(100).getBytes(StandardCharsets.UTF_8));

        assertThat(reason(bad)).isEqualTo(Reason.NOT_AN_ARCHIVE);
        assertThat(bench.staging.names()).isEmpty();
        assertThat(bench.newest("hello")).isNull();
    }

    @Test
    void rejectsAnArchiveThatEndsEarly() {
        byte[] whole = Archives.function("1");

        DeploymentId bad = bench.drop("hello.zip", Arrays.copyOf(whole, whole.length / 2));

        assertThat(reason(bad)).isEqualTo(Reason.ARCHIVE_DAMAGED);
        assertThat(bench.staging.names()).isEmpty();
    }

    @Test
    void rejectsAnEntryThatLeadsElsewhereAndNamesIt() {
        DeploymentId bad =
                bench.drop("hello.zip", Archives.zip("index.js", "1", "../evil.js", "2"));

        assertThat(reason(bad)).isEqualTo(Reason.ARCHIVE_UNSAFE);
        assertThat(verdict(bad).entry()).isEqualTo("../evil.js");
    }

    @Test
    void rejectsAnEmptyObject() {
        assertThat(reason(bench.drop("hello.zip", new byte[0]))).isEqualTo(Reason.ARCHIVE_EMPTY);
    }

    @Test
    void rejectsAnArchiveOfNothingButAManifest() {
        DeploymentId bad = bench.drop("hello.zip", Archives.zip("slipway.yaml", Archives.MANIFEST));

        assertThat(reason(bad)).isEqualTo(Reason.ARCHIVE_EMPTY);
    }

    @Test
    void rejectsATooLargeArchiveWithoutFetchingIt() {
        bench.drops.refuseFetch(FailureKind.TRANSIENT, 1);

        DeploymentId bad = bench.drop("hello.zip", new byte[(int) Bench.MOST_BYTES + 1]);

        assertThat(reason(bad)).isEqualTo(Reason.ARCHIVE_TOO_LARGE);
        assertThat(verdict(bad).message()).contains("100001").contains("100000");
    }

    @Test
    void rejectsWhatExpandsTooFar() {
        DeploymentId bad = bench.drop("hello.zip", Archives.zip("a.js", "a".repeat(200_000)));

        assertThat(reason(bad)).isEqualTo(Reason.ARCHIVE_TOO_LARGE);
        assertThat(verdict(bad).message()).endsWith(".");
    }

    @Test
    void rejectsAManifestAndNamesEverythingThatIsWrongWithIt() {
        DeploymentId bad =
                bench.drop(
                        "hello.zip",
                        withManifest(
                                """
                                apiVersion: slipway.dev/v1
                                function: f
                                service: other
                                memory: lots
                                access: public
                                """));

        Verdict verdict = verdict(bad);
        assertThat(verdict.reason()).isEqualTo(Reason.MANIFEST_INVALID);
        assertThat(verdict.line()).isEqualTo(3);
        assertThat(verdict.field()).isEqualTo("service");
        assertThat(verdict.message())
                .contains("line 3")
                .contains("'hello'")
                .contains("line 4")
                .contains("memory")
                .contains("line 5")
                .contains("public");
    }

    @Test
    void rejectsAManifestThatIsNoYaml() {
        DeploymentId bad = bench.drop("hello.zip", withManifest("a: [b\n"));

        assertThat(reason(bad)).isEqualTo(Reason.MANIFEST_INVALID);
        assertThat(verdict(bad).line()).isNotNull();
    }

    @Test
    void endsOneThatWasOverwrittenBeforeItWasRead() {
        ObjectVersion version = bench.drops.put("hello.zip", Archives.function("1"), null);
        bench.drops.put("hello.zip", Archives.function("2"), null);
        bench.drops.remove(version);

        bench.announce(version);

        assertThat(reason(DeploymentId.of(version))).isEqualTo(Reason.DROP_OVERWRITTEN);
    }

    @Test
    void ignoresOneThatIsGoneWhereNothingTellsItsTime() {
        bench.accept.handle(
                new Message(
                        "m",
                        Map.of(
                                "event", "OBJECT_FINALIZE",
                                "bucket", Bench.BUCKET,
                                "object", "hello.zip",
                                "generation", "7"),
                        new byte[0]));

        assertThat(bench.ledger.openDeployments()).isEmpty();
        assertThat(bench.count("slipway.drops.ignored", "why", "GONE")).isEqualTo(1);
    }

    @Test
    void endsOneThatWasDeletedWhileItWasBeingRead() {
        ObjectVersion version = bench.drops.put("hello.zip", Archives.function("1"), null);
        bench.drops.beforeNextFetch(() -> bench.drops.remove(version));

        bench.announce(version);

        assertThat(reason(DeploymentId.of(version))).isEqualTo(Reason.DROP_DELETED);
        assertThat(bench.finished().getFirst().outcome()).isEqualTo(Outcome.CANCELLED);
    }

    @Test
    void deploysAGenerationThatIsNoncurrentAndStillThere() {
        ObjectVersion older = bench.drops.put("hello.zip", Archives.function("1"), null);
        bench.now = bench.now.plusSeconds(1);
        bench.drops.put("hello.zip", new byte[] {1}, null);

        bench.announce(older);

        assertThat(bench.record(DeploymentId.of(older)).stage()).isEqualTo(Stage.VERIFIED);
    }

    @Test
    void oneThatComesAfterANewerOneIsSuperseded() {
        ObjectVersion older = bench.drops.put("hello.zip", Archives.function("1"), null);
        bench.now = bench.now.plusSeconds(1);
        DeploymentId newer = bench.drop("hello.zip", Archives.function("2"));

        bench.announce(older);

        assertThat(reason(DeploymentId.of(older))).isEqualTo(Reason.NEWER_DEPLOYMENT);
        assertThat(bench.staging.names()).hasSize(1);
        assertThat(Objects.requireNonNull(bench.newest("hello")).deployment()).isEqualTo(newer);
    }

    @Test
    void oneThatIsOvertakenWhileItIsStagedIsSuperseded() {
        ObjectVersion older = bench.drops.put("hello.zip", Archives.function("1"), null);
        bench.staging.beforeNextAnswer(
                () -> {
                    bench.now = bench.now.plusSeconds(1);
                    bench.drop("hello.zip", Archives.function("2"));
                });

        bench.announce(older);

        assertThat(reason(DeploymentId.of(older))).isEqualTo(Reason.NEWER_DEPLOYMENT);
        assertThat(bench.stored()).hasSize(1);
    }

    @Test
    void oneThatIsOlderThanAnUndeployIsSuperseded() {
        ObjectVersion version = bench.drops.put("hello.zip", Archives.function("1"), null);
        bench.ledger.raiseAbsent(
                Bench.service("hello"),
                Order.of(new ObjectVersion("l", "r", 1), bench.now.toEpochMilli() + 1));

        bench.announce(version);

        assertThat(reason(DeploymentId.of(version))).isEqualTo(Reason.NEWER_DEPLOYMENT);
    }

    @Test
    void whatWasVerifiedHoldsThoughASweepTouchedTheRecord() {
        ObjectVersion version = bench.drops.put("hello.zip", Archives.function("1"), null);
        DeploymentId hello = DeploymentId.of(version);
        bench.staging.beforeNextAnswer(
                () -> {
                    var read = bench.ledger.deployment(hello).orElseThrow();
                    assertThat(bench.ledger.swap(read, read.value().injected())).isPresent();
                });

        bench.announce(version);

        assertThat(bench.record(hello).stage()).isEqualTo(Stage.VERIFIED);
        assertThat(bench.stored().getFirst().injection()).isEqualTo(1);
    }

    @Test
    void whatASweepEndedMeanwhileStaysEnded() {
        ObjectVersion version = bench.drops.put("hello.zip", Archives.function("1"), null);
        DeploymentId hello = DeploymentId.of(version);
        bench.staging.beforeNextAnswer(
                () -> {
                    var read = bench.ledger.deployment(hello).orElseThrow();
                    Verdict late = Verdict.of(Reason.VERIFY_TIMED_OUT, "late");
                    assertThat(bench.ledger.swap(read, read.value().finished(late, null)))
                            .isPresent();
                });

        bench.announce(version);

        assertThat(reason(hello)).isEqualTo(Reason.VERIFY_TIMED_OUT);
        assertThat(bench.stored()).isEmpty();
        assertThat(bench.newest("hello")).isNull();
    }

    @Test
    void aRefusedBucketEndsAsFailed() {
        bench.staging.makeUnusable(Bench.STAGING);

        DeploymentId hello = bench.drop("hello.zip", Archives.function("1"));

        assertThat(reason(hello)).isEqualTo(Reason.STAGING_FAILED);
        assertThat(bench.finished().getFirst().outcome()).isEqualTo(Outcome.FAILED);
    }

    @Test
    void withAKeyAndNoBucketForItTheAnswerSaysWhatToSet() {
        bench.staging.obey(new OperatorStaging("the-key", null));

        DeploymentId hello = bench.drop("hello.zip", Archives.function("1"));

        assertThat(reason(hello)).isEqualTo(Reason.STAGING_FAILED);
        assertThat(verdict(hello).message())
                .contains("set slipway.upload.staging.bucket to a bucket whose default key it is");
        assertThat(bench.staging.buckets()).isEmpty();
    }

    @Test
    void withAKeyAFunctionIsStagedInTheBucketThatHasIt() {
        bench.staging.make("gcf-sources-42-europe-west1-h45h", "europe-west1", "the-key");
        bench.staging.obey(new OperatorStaging("the-key", null));

        DeploymentId hello =
                bench.drop("hello.zip", withManifest(Archives.MANIFEST + "profile: functions\n"));

        assertThat(bench.record(hello).requireSource().staged().bucket())
                .isEqualTo("gcf-sources-42-europe-west1-h45h");
    }

    @Test
    void anUnexpectedFailureLetsTheMessageComeAgain() {
        ObjectVersion version = bench.drops.put("hello.zip", Archives.function("1"), null);
        bench.drops.refuseFetch(FailureKind.TRANSIENT, 1);

        assertThatThrownBy(() -> bench.announce(version)).isInstanceOf(GatewayException.class);
        assertThat(bench.record(DeploymentId.of(version)).stage()).isEqualTo(Stage.RECEIVED);
        bench.announce(version);

        assertThat(bench.record(DeploymentId.of(version)).stage()).isEqualTo(Stage.VERIFIED);
    }

    @Test
    void aBusyPlatformIsWaitedForAndTheMessageGoes() {
        bench.staging.refuse(FailureKind.BUSY, 1);

        DeploymentId hello = bench.drop("hello.zip", Archives.function("1"));

        Waiting waiting = Objects.requireNonNull(bench.record(hello).waiting());
        assertThat(waiting.cause()).isEqualTo(Waiting.Cause.PLATFORM);
        assertThat(waiting.notBefore())
                .isBetween(bench.now.plusMillis(1), bench.now.plus(Duration.ofSeconds(30)));
        assertThat(bench.answer("hello.zip").state()).isEqualTo(Answer.State.RECEIVED);
        bench.sweepAfter(hello, Duration.ofSeconds(30));
        assertThat(bench.record(hello).stage()).isEqualTo(Stage.VERIFIED);
    }

    @Test
    void leavesNothingInTheSpool() throws IOException {
        bench.drop("hello.zip", Archives.function("1"));
        bench.drop("bad.zip", new byte[] {1});

        try (Stream<Path> left = Files.list(spool)) {
            assertThat(left).isEmpty();
        }
    }
}
