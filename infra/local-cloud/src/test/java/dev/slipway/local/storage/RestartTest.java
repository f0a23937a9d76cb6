package dev.slipway.local.storage;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.api.gax.retrying.RetrySettings;
import com.google.cloud.NoCredentials;
import com.google.cloud.storage.Blob;
import com.google.cloud.storage.BlobId;
import com.google.cloud.storage.BlobInfo;
import com.google.cloud.storage.BucketInfo;
import com.google.cloud.storage.Storage;
import com.google.cloud.storage.StorageException;
import com.google.cloud.storage.StorageOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RestartTest {
    private static final String BUCKET = "kept";
    private static final int WRITERS = 4;
    private static final int ENOUGH = 200;

    @TempDir Path home;

    @Test
    void everythingIsThereAfterARestartAndGenerationsGrow() {
        try (GivenStorage given = new GivenStorage(home)) {
            given.client().create(BucketInfo.newBuilder(BUCKET).setVersioningEnabled(true).build());
            BlobInfo object = BlobInfo.newBuilder(BUCKET, "a").build();
            Blob first = given.client().create(object, new byte[1]);
            Blob second = given.client().create(object, new byte[2]);

            given.move(Duration.ofHours(-1));
            given.restart();

            Storage after = given.client();
            assertThat(after.get(BUCKET).versioningEnabled()).isTrue();
            assertThat(after.get(object.getBlobId()).getGeneration())
                    .isEqualTo(second.getGeneration());
            assertThat(after.readAllBytes(first.getBlobId())).hasSize(1);
            assertThat(after.create(object, new byte[3]).getGeneration())
                    .isGreaterThan(second.getGeneration());
        }
    }

    @Test
    void whatWasAnsweredOutlivesAKill() throws Exception {
        Map<String, Long> answered = new ConcurrentHashMap<>();
        try (ExecutorService writers =
                        Executors.newFixedThreadPool(WRITERS); // ends after the cloud
                GivenProcess cloud = GivenProcess.start(home)) {
            Storage storage = client(cloud);
            storage.create(BucketInfo.newBuilder(BUCKET).setVersioningEnabled(true).build());
            for (int writer = 0; writer < WRITERS; writer++) {
                String prefix = "writer-" + writer + "/";
                writers.execute(() -> write(storage, prefix, answered));
            }
            Awaitility.await().until(() -> answered.size() >= ENOUGH);
            cloud.kill();
        }

        try (GivenProcess cloud = GivenProcess.start(home)) {
            Storage storage = client(cloud);
            assertThat(answered.size()).isGreaterThanOrEqualTo(ENOUGH);
            answered.forEach(
                    (name, generation) -> {
                        Blob kept = storage.get(BlobId.of(BUCKET, name, generation));
                        assertThat(kept).as(name).isNotNull();
                        assertThat(kept.getContent()).hasSize(kept.getSize().intValue());
                    });
            assertThat(files()).isEqualTo(generations(storage));
        }
    }

    private static void write(Storage storage, String prefix, Map<String, Long> answered) {
        try {
            for (int i = 0; i < 100 * ENOUGH; i++) {
                String name = prefix + i;
                BlobInfo object = BlobInfo.newBuilder(BUCKET, name).build();
                answered.put(name, storage.create(object, new byte[i % 50]).getGeneration());
            }
        } catch (StorageException _) {
            // it was killed
        }
    }

    private long files() throws Exception {
        try (Stream<Path> files = Files.walk(home.resolve("cloud/objects"))) {
            return files.filter(Files::isRegularFile).count();
        }
    }

    private static long generations(Storage storage) {
        return storage.list(BUCKET, Storage.BlobListOption.versions(true)).streamAll().count();
    }

    private static Storage client(GivenProcess cloud) {
        return StorageOptions.newBuilder()
                .setHost(cloud.endpoint())
                .setProjectId("local-project")
                .setCredentials(NoCredentials.getInstance())
                .setRetrySettings(RetrySettings.newBuilder().setMaxAttempts(1).build())
                .build()
                .getService();
    }
}
