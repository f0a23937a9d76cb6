package dev.slipway.upload.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.contracts.ObjectVersion;
import dev.slipway.kit.FailureKind;
import dev.slipway.kit.GatewayException;
import dev.slipway.upload.decide.OperatorStaging;
import dev.slipway.upload.decide.StagingPlan;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every implementation of {@link Staging} does, the model included. */
public abstract class StagingContract {
    private static final String KEYS =
            "projects/local-project/locations/us-central1/keyRings/r/cryptoKeys/";
    private static final String KEY = KEYS + "sources";
    private static final String OTHER_KEY = KEYS + "other";

    /** A bucket that no other test has. */
    private final String bucket = "contract-" + UUID.randomUUID();

    private final String keyed = bucket + "-keyed-";

    private final StagingPlan plan =
            new StagingPlan(bucket, "us-central1", "services/hello/d1.tar.gz", null);
    private final StagingPlan planWithKeys =
            new StagingPlan(bucket, "us-central1", "services/hello/d1.tar.gz", keyed);

    /** The one under test, told this by its operator. */
    protected abstract Staging staging(OperatorStaging operator);

    /** Makes a bucket of this project in us-central1, where its default key is this, if any. */
    protected abstract void make(String bucket, @Nullable String key);

    /** The names of this project's buckets that begin so. */
    protected abstract List<String> buckets(String prefix);

    /** The bytes of this generation. */
    protected abstract byte[] read(ObjectVersion version);

    /** Where this bucket is, in lower case. */
    protected abstract String region(String bucket);

    /** Makes a bucket of this project that has a retention policy. */
    protected abstract void makeWithRetention(String bucket);

    private static Path file(Path folder, String content) throws IOException {
        return Files.writeString(folder.resolve("source"), content);
    }

    /** The one under test, where the operator says nothing. */
    protected Staging staging() {
        return staging(OperatorStaging.NONE);
    }

    private void assertRefused(Path file) {
        assertRefused(OperatorStaging.NONE, plan, file, "");
    }

    private void assertRefused(
            OperatorStaging operator, StagingPlan refused, Path file, String why) {
        assertThatThrownBy(() -> staging(operator).stage(refused, file))
                .isInstanceOfSatisfying(
                        GatewayException.class,
                        e -> {
                            assertThat(e.kind()).isEqualTo(FailureKind.REFUSED);
                            assertThat(e.sentence()).contains(why);
                        });
    }

    private static OperatorStaging key() {
        return new OperatorStaging(KEY, null);
    }

    private String text(ObjectVersion version) {
        return new String(read(version), StandardCharsets.UTF_8);
    }

    @Test
    void makesTheBucketInItsRegionAndStoresTheBytes(@TempDir Path folder) throws IOException {
        ObjectVersion staged = staging().stage(plan, file(folder, "the source"));

        assertThat(staged.bucket()).isEqualTo(bucket);
        assertThat(staged.object()).isEqualTo("services/hello/d1.tar.gz");
        assertThat(text(staged)).isEqualTo("the source");
        assertThat(region(bucket)).isEqualTo("us-central1");
    }

    @Test
    void findsWhatAnEarlierTryStored(@TempDir Path folder) throws IOException {
        ObjectVersion first = staging().stage(plan, file(folder, "the source"));

        assertThat(staging().stage(plan, file(folder, "the source"))).isEqualTo(first);
    }

    @Test
    void refusesWhereOtherBytesStandAndLeavesThem(@TempDir Path folder) throws IOException {
        ObjectVersion first = staging().stage(plan, file(folder, "the source"));

        assertRefused(file(folder, "something else"));
        assertThat(text(first)).isEqualTo("the source");
    }

    @Test
    void refusesABucketWithARetentionPolicy(@TempDir Path folder) throws IOException {
        makeWithRetention(bucket);

        assertRefused(file(folder, "the source"));
    }

    @Test
    void usesTheOperatorsBucketAndMakesNone(@TempDir Path folder) throws IOException {
        String named = bucket + "-named";
        make(named, null);
        OperatorStaging operator = new OperatorStaging(null, named);

        ObjectVersion staged = staging(operator).stage(plan, file(folder, "the source"));

        assertThat(staged.bucket()).isEqualTo(named);
        assertThat(text(staged)).isEqualTo("the source");
        assertThat(buckets(bucket)).containsExactly(named);
    }

    @Test
    void neverMakesTheOperatorsBucket(@TempDir Path folder) throws IOException {
        OperatorStaging operator = new OperatorStaging(null, bucket + "-named");

        assertRefused(operator, plan, file(folder, "the source"), "this project has none");
        assertThat(buckets(bucket)).isEmpty();
    }

    @Test
    void refusesTheOperatorsBucketWithARetentionPolicy(@TempDir Path folder) throws IOException {
        String named = bucket + "-named";
        makeWithRetention(named);
        OperatorStaging operator = new OperatorStaging(null, named);

        assertRefused(operator, plan, file(folder, "the source"), "retention policy");
    }

    @Test
    void withAKeyThePathThatHasNoBucketForItNeedsTheOperators(@TempDir Path folder)
            throws IOException {
        Path file = file(folder, "the source");
        String named = bucket + "-named";
        make(named, KEY);
        make(bucket + "-other", OTHER_KEY);
        make(bucket + "-plain", null);

        assertRefused(key(), plan, file, "set slipway.upload.staging.bucket");
        assertRefused(
                new OperatorStaging(KEY, bucket + "-other"), plan, file, OTHER_KEY + " and not");
        assertRefused(
                new OperatorStaging(KEY, bucket + "-plain"), plan, file, "no default key and not");
        assertThat(staging(new OperatorStaging(KEY, named)).stage(plan, file).bucket())
                .isEqualTo(named);
        assertThat(buckets(bucket)).hasSize(3);
    }

    @Test
    void withAKeyThePathsOwnBucketIsFoundByIt(@TempDir Path folder) throws IOException {
        make(keyed + "aaaa", OTHER_KEY);
        make(keyed + "bbbb", KEY);
        make(keyed + "cccc", null);

        assertThat(staging(key()).stage(planWithKeys, file(folder, "the source")).bucket())
                .isEqualTo(keyed + "bbbb");
        assertThat(buckets(bucket)).hasSize(3);
    }

    @Test
    void withAKeyNoneAndSeveralBucketsLeaveItToTheOperator(@TempDir Path folder)
            throws IOException {
        Path file = file(folder, "the source");
        String named = bucket + "-named";
        make(named, KEY);

        assertRefused(key(), planWithKeys, file, "none has it (there are none)");
        make(keyed + "aaaa", OTHER_KEY);
        assertRefused(key(), planWithKeys, file, keyed + "aaaa with the default key " + OTHER_KEY);
        make(keyed + "bbbb", KEY);
        make(keyed + "cccc", KEY);
        assertRefused(key(), planWithKeys, file, "several have it (" + keyed + "bbbb with");
        assertThat(staging(new OperatorStaging(KEY, named)).stage(planWithKeys, file).bucket())
                .isEqualTo(named);
        assertThat(buckets(bucket)).hasSize(4);
    }
}
