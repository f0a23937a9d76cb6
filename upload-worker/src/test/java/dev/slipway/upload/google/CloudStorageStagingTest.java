package dev.slipway.upload.google;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.cloud.storage.Storage;
import dev.slipway.kit.FailureKind;
import dev.slipway.kit.GatewayException;
import dev.slipway.upload.decide.OperatorStaging;
import dev.slipway.upload.decide.StagingPlan;
import dev.slipway.upload.gateway.Staging;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The contract on Google's own client, against answers in Google's shapes, and what it is asked.
 */
class CloudStorageStagingTest extends CloudStorageStagingContract {
    private static final String BUCKET = "run-sources-p-europe-west1";
    private static final StagingPlan PLAN =
            new StagingPlan(BUCKET, "europe-west1", "services/hello/d1.tar.gz", null);

    private final StorageStandIn standIn;
    private final Storage storage;

    CloudStorageStagingTest() throws IOException {
        standIn = new StorageStandIn();
        storage = standIn.storage();
    }

    @AfterEach
    void stop() throws Exception {
        storage.close();
        standIn.close();
    }

    @Override
    protected Storage storage() {
        return storage;
    }

    @Override
    protected Storage worker() {
        return storage;
    }

    private static Path source(Path folder) throws IOException {
        return Files.writeString(folder.resolve("source"), "the source");
    }

    private static void assertFails(Staging staging, Path file, FailureKind kind, String why) {
        assertThatThrownBy(() -> staging.stage(PLAN, file))
                .isInstanceOfSatisfying(
                        GatewayException.class,
                        e -> {
                            assertThat(e.kind()).isEqualTo(kind);
                            assertThat(e.sentence()).contains(why);
                        });
    }

    @Test
    void makesTheBucketAsGcloudDoes(@TempDir Path folder) throws IOException {
        staging().stage(PLAN, source(folder));

        assertThat(standIn.bucket(BUCKET).at("/location").asText()).isEqualTo("europe-west1");
        assertThat(
                        standIn.bucket(BUCKET)
                                .at("/iamConfiguration/uniformBucketLevelAccess/enabled")
                                .asBoolean())
                .isTrue();
        assertThat(standIn.bucket(BUCKET).at("/cors/0/method/0").asText()).isEqualTo("GET");
        assertThat(standIn.bucket(BUCKET).path("retentionPolicy").isObject()).isFalse();
    }

    @Test
    void writesNothingToABucketOfAnotherProject(@TempDir Path folder) throws IOException {
        standIn.bucketOfAnotherProject(BUCKET);

        assertFails(staging(), source(folder), FailureKind.REFUSED, "another project");
    }

    @Test
    void usesABucketThatIsThereAlready(@TempDir Path folder) throws IOException {
        staging().stage(PLAN, source(folder));
        StagingPlan other =
                new StagingPlan(BUCKET, "europe-west1", "services/hello/d2.tar.gz", null);

        assertThat(staging().stage(other, source(folder)).object()).isEqualTo(other.object());
    }

    @Test
    void usesABucketThatAnotherMadeJustBefore(@TempDir Path folder) throws IOException {
        standIn.bucketMadeMeanwhile(BUCKET);

        assertThat(staging().stage(PLAN, source(folder)).bucket()).isEqualTo(BUCKET);
    }

    @Test
    void asksForABucketOnce(@TempDir Path folder) throws IOException {
        Staging staging = staging();
        staging.stage(PLAN, source(folder));
        int asked = standIn.bucketsAsked();
        staging.stage(PLAN, source(folder));

        assertThat(standIn.bucketsAsked()).isEqualTo(asked);
    }

    @Test
    void writesNothingToTheOperatorsBucketIfItIsAnotherProjects(@TempDir Path folder)
            throws IOException {
        standIn.bucketOfAnotherProject("theirs");
        Staging staging = staging(new OperatorStaging(null, "theirs"));

        assertFails(staging, source(folder), FailureKind.REFUSED, "this project has none");
    }

    @Test
    void findsWhatAnUploadStoredWhoseAnswerWasLost(@TempDir Path folder) throws IOException {
        standIn.failUploads(503, 503);

        assertThat(read(staging().stage(PLAN, source(folder)))).asString().isEqualTo("the source");
    }

    @Test
    void makesABucketAgainThatSomebodyDeleted(@TempDir Path folder) throws IOException {
        Staging staging = staging();
        staging.stage(PLAN, source(folder));
        standIn.removeBucket(BUCKET);

        assertFails(staging, source(folder), FailureKind.TRANSIENT, "gone");
        assertThat(staging.stage(PLAN, source(folder)).bucket()).isEqualTo(BUCKET);
    }
}
