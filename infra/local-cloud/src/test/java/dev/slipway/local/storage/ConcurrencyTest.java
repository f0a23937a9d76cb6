package dev.slipway.local.storage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.storage.Blob;
import com.google.cloud.storage.BlobId;
import com.google.cloud.storage.BlobInfo;
import com.google.cloud.storage.BucketInfo;
import com.google.cloud.storage.Storage;
import com.google.cloud.storage.Storage.BlobTargetOption;
import com.google.cloud.storage.StorageException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConcurrencyTest {
    private static final String BUCKET = "contested";
    private static final int WRITERS = 8;
    private static final int INCREMENTS = 15;

    @TempDir static Path home;
    private static GivenStorage given;
    private static Storage storage;

    @BeforeAll
    static void start() {
        given = new GivenStorage(home);
        storage = given.client();
        storage.create(BucketInfo.newBuilder(BUCKET).setVersioningEnabled(true).build());
    }

    @AfterAll
    static void stop() {
        given.close();
    }

    private static <T> List<T> allAtOnce(Callable<T> work) throws Exception {
        List<T> results = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(WRITERS)) {
            List<Future<T>> running = new ArrayList<>();
            for (int i = 0; i < WRITERS; i++) {
                running.add(threads.submit(work));
            }
            for (Future<T> one : running) {
                results.add(one.get());
            }
        }
        return results;
    }

    @Test
    void noIncrementUnderAPreconditionIsLost() throws Exception {
        BlobId counter = BlobId.of(BUCKET, "counter");
        storage.create(BlobInfo.newBuilder(counter).build(), "0".getBytes(UTF_8));

        List<Set<Long>> generations = allAtOnce(() -> increment(counter));

        Set<Long> distinct = new TreeSet<>();
        generations.forEach(distinct::addAll);
        assertThat(distinct).hasSize(WRITERS * INCREMENTS);
        assertThat(new String(storage.readAllBytes(counter), UTF_8))
                .isEqualTo(Integer.toString(WRITERS * INCREMENTS));
        assertThat(storage.list(BUCKET, Storage.BlobListOption.versions(true)).streamAll())
                .hasSizeGreaterThan(WRITERS * INCREMENTS);
    }

    private static Set<Long> increment(BlobId counter) {
        Set<Long> written = new TreeSet<>();
        while (written.size() < INCREMENTS) {
            Blob read = storage.get(counter);
            int value = Integer.parseInt(new String(read.getContent(), UTF_8));
            try {
                written.add(
                        storage.create(
                                        BlobInfo.newBuilder(counter).build(),
                                        Integer.toString(value + 1).getBytes(UTF_8),
                                        BlobTargetOption.generationMatch(read.getGeneration()))
                                .getGeneration());
            } catch (StorageException e) {
                assertThat(e.getCode()).isIn(412, 404);
            }
        }
        return written;
    }

    @Test
    void ofManyWhoCreateOneWins() throws Exception {
        for (int round = 0; round < 10; round++) {
            BlobInfo object = BlobInfo.newBuilder(BUCKET, "once-" + round).build();

            List<Boolean> won = allAtOnce(() -> create(object));

            assertThat(won).containsOnlyOnce(true);
        }
    }

    private static boolean create(BlobInfo object) {
        try {
            storage.create(object, new byte[1], BlobTargetOption.doesNotExist());
            return true;
        } catch (StorageException e) {
            assertThat(e.getCode()).isEqualTo(412);
            return false;
        }
    }
}
