package dev.slipway.upload.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.contracts.ObjectVersion;
import dev.slipway.kit.FailureKind;
import dev.slipway.kit.GatewayException;
import dev.slipway.upload.decide.StagingPlan;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every implementation of {@link Staging} does, the model included. */
public abstract class StagingContract {
    /** A bucket that no other test has. */
    private final String bucket = "contract-" + UUID.randomUUID();

    private final StagingPlan plan =
            new StagingPlan(bucket, "us-central1", "services/hello/d1.tar.gz");

    /** The one under test. */
    protected abstract Staging staging();

    /** The bytes of this generation. */
    protected abstract byte[] read(ObjectVersion version);

    /** Where this bucket is, in lower case. */
    protected abstract String region(String bucket);

    /** Makes a bucket of this project that has a retention policy. */
    protected abstract void makeWithRetention(String bucket);

    private static Path file(Path folder, String content) throws IOException {
        return Files.writeString(folder.resolve("source"), content);
    }

    private void assertRefused(Path file) {
        assertThatThrownBy(() -> staging().stage(plan, file))
                .isInstanceOfSatisfying(
                        GatewayException.class,
                        e -> assertThat(e.kind()).isEqualTo(FailureKind.REFUSED));
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
}
