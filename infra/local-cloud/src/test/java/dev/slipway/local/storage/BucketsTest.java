package dev.slipway.local.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.cloud.storage.BlobInfo;
import com.google.cloud.storage.Bucket;
import com.google.cloud.storage.BucketInfo;
import com.google.cloud.storage.BucketInfo.IamConfiguration;
import com.google.cloud.storage.BucketInfo.LifecycleRule;
import com.google.cloud.storage.BucketInfo.LifecycleRule.LifecycleAction;
import com.google.cloud.storage.BucketInfo.LifecycleRule.LifecycleCondition;
import com.google.cloud.storage.Storage;
import com.google.cloud.storage.Storage.BucketField;
import com.google.cloud.storage.Storage.BucketGetOption;
import com.google.cloud.storage.Storage.BucketListOption;
import com.google.cloud.storage.Storage.BucketTargetOption;
import com.google.cloud.storage.StorageException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BucketsTest {
    @TempDir static Path home;
    private static GivenStorage given;

    @BeforeAll
    static void start() {
        given = new GivenStorage(home);
    }

    @AfterAll
    static void stop() {
        given.close();
    }

    private static void refused(int status, ThrowingCallable call) {
        assertThatExceptionOfType(StorageException.class)
                .isThrownBy(call)
                .matches(e -> e.getCode() == status, "answered " + status);
    }

    @Test
    void aBucketKeepsWhatWasChosen() {
        Storage storage = given.client();
        storage.create(
                BucketInfo.newBuilder("chosen")
                        .setLocation("europe-west1")
                        .setVersioningEnabled(true)
                        .setLabels(Map.of("team", "a"))
                        .setRetentionPeriodDuration(Duration.ofDays(3))
                        .setIamConfiguration(
                                IamConfiguration.newBuilder()
                                        .setIsUniformBucketLevelAccessEnabled(true)
                                        .build())
                        .setLifecycleRules(List.of(deleteNoncurrentAfter(7)))
                        .build());

        Bucket read = storage.get("chosen");

        assertThat(read.getLocation()).isEqualTo("EUROPE-WEST1");
        assertThat(read.getLocationType()).isEqualTo("region");
        assertThat(read.versioningEnabled()).isTrue();
        assertThat(read.getLabels()).containsExactly(Map.entry("team", "a"));
        assertThat(read.getRetentionPeriodDuration()).isEqualTo(Duration.ofDays(3));
        assertThat(read.getProject().longValueExact()).isEqualTo(given.settings.projectNumber());
        assertThat(read.getIamConfiguration().isUniformBucketLevelAccessEnabled()).isTrue();
        assertThat(read.getLifecycleRules().getFirst().getCondition().getDaysSinceNoncurrentTime())
                .isEqualTo(7);
        assertThat(storage.get("none")).isNull();
    }

    private static LifecycleRule deleteNoncurrentAfter(int days) {
        return new LifecycleRule(
                LifecycleAction.newDeleteAction(),
                LifecycleCondition.newBuilder().setDaysSinceNoncurrentTime(days).build());
    }

    @Test
    void aBucketsDefaultKeyIsKeptAndListed() {
        Storage storage = given.client();
        Bucket made =
                storage.create(
                        BucketInfo.newBuilder("keyed")
                                .setLocation("europe-west1")
                                .setDefaultKmsKeyName(key("europe-west1", "a"))
                                .build());
        BucketListOption[] wanted = {
            BucketListOption.prefix("keyed"), BucketListOption.fields(BucketField.ENCRYPTION)
        };

        assertThat(storage.list(wanted).streamAll().map(Bucket::getDefaultKmsKeyName))
                .containsExactly(key("europe-west1", "a"));
        made.toBuilder().setDefaultKmsKeyName(key("europe-west1", "b")).build().update();
        assertThat(storage.get("keyed").getDefaultKmsKeyName()).isEqualTo(key("europe-west1", "b"));
        made.toBuilder().setDefaultKmsKeyName(null).build().update();
        assertThat(storage.get("keyed").getDefaultKmsKeyName()).isNull();
    }

    @Test
    void aBucketsDefaultKeyIsOneOfItsLocation() {
        Bucket plain =
                given.client()
                        .create(
                                BucketInfo.newBuilder("unkeyed")
                                        .setLocation("us-central1")
                                        .build());

        for (String key : List.of("k", key("europe-west1", "a"), key("global", "a"))) {
            refused(400, () -> plain.toBuilder().setDefaultKmsKeyName(key).build().update());
            refused(
                    400,
                    () ->
                            given.client()
                                    .create(
                                            BucketInfo.newBuilder("unmade")
                                                    .setLocation("us-central1")
                                                    .setDefaultKmsKeyName(key)
                                                    .build()));
        }
    }

    private static String key(String location, String name) {
        return "projects/local-project/locations/" + location + "/keyRings/r/cryptoKeys/" + name;
    }

    @Test
    void aTakenNameConflicts() {
        given.client().create(BucketInfo.of("taken"));
        refused(409, () -> given.client().create(BucketInfo.of("taken")));
        refused(400, () -> given.client().create(BucketInfo.of("Not-Allowed")));
        refused(400, () -> given.client().create(BucketInfo.of("my-google-bucket")));
        refused(
                400,
                () ->
                        given.client()
                                .create(
                                        BucketInfo.newBuilder("elsewhere")
                                                .setLocation("mars-north1")
                                                .build()));
    }

    @Test
    void aBucketThatHoldsSomethingStays() {
        Storage storage = given.client();
        storage.create(BucketInfo.newBuilder("held").setVersioningEnabled(true).build());
        var object = storage.create(BlobInfo.newBuilder("held", "a").build(), new byte[1]);

        refused(409, () -> storage.delete("held"));
        storage.delete("held", "a");
        refused(409, () -> storage.delete("held"));
        storage.delete(object.getBlobId());
        assertThat(storage.delete("held")).isTrue();
        assertThat(storage.delete("held")).isFalse();
        refused(404, () -> storage.create(BlobInfo.newBuilder("held", "a").build(), new byte[1]));
    }

    @Test
    void aBucketsMetagenerationIsAPrecondition() {
        Storage storage = given.client();
        Bucket first = storage.create(BucketInfo.of("conditional"));
        Bucket second = first.toBuilder().setLabels(Map.of("a", "b")).build().update();

        assertThat(second.getMetageneration()).isEqualTo(2);
        refused(412, () -> storage.get("conditional", BucketGetOption.metagenerationMatch(1)));
        refused(304, () -> storage.get("conditional", BucketGetOption.metagenerationNotMatch(2)));
        refused(
                412,
                () ->
                        first.toBuilder()
                                .setLabels(Map.of("a", "c"))
                                .build()
                                .update(BucketTargetOption.metagenerationMatch()));
        assertThat(storage.get("conditional").getLabels()).containsEntry("a", "b");
    }

    @Test
    void bucketsAreListedByPrefixAndPage() {
        Storage storage = given.client();
        List.of("list-b", "list-a", "list-c").forEach(one -> storage.create(BucketInfo.of(one)));

        assertThat(
                        storage.list(BucketListOption.prefix("list-"), BucketListOption.pageSize(2))
                                .streamAll()
                                .map(Bucket::getName))
                .containsExactly("list-a", "list-b", "list-c");
    }

    @Test
    void noncurrentGenerationsGoAfterTheirDays() {
        Storage storage = given.client();
        storage.create(
                BucketInfo.newBuilder("lifecycle")
                        .setVersioningEnabled(true)
                        .setLifecycleRules(List.of(deleteNoncurrentAfter(1)))
                        .build());
        BlobInfo object = BlobInfo.newBuilder("lifecycle", "a").build();
        var old = storage.create(object, new byte[1]);
        var live = storage.create(object, new byte[2]);

        given.restart();
        assertThat(given.client().get(old.getBlobId())).isNotNull();
        given.move(Duration.ofHours(25));
        given.restart();

        Storage after = given.client();
        Awaitility.await().until(() -> after.get(old.getBlobId()) == null);
        assertThat(after.get(live.getBlobId())).isNotNull();
    }
}
