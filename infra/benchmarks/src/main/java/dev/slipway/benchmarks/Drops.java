package dev.slipway.benchmarks;

import com.google.cloud.storage.Blob;
import com.google.cloud.storage.BlobId;
import com.google.cloud.storage.BlobInfo;
import com.google.cloud.storage.Storage;
import com.google.cloud.storage.Storage.BlobTargetOption;
import com.google.cloud.storage.StorageException;
import dev.slipway.contracts.Answer;
import dev.slipway.contracts.ObjectVersion;
import dev.slipway.contracts.Outcome;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;

/** Uploads to the drop bucket, and the answers that come back. */
final class Drops {
    private final Storage storage;
    private final String bucket;

    Drops(Storage storage, String bucket) {
        this.storage = storage;
        this.bucket = bucket;
    }

    /**
     * A source on its way.
     *
     * @param object its name in the drop bucket
     */
    record Source(String object, byte[] archive) {
        static Source of(String service, String text) throws IOException {
            return new Source(service + ".tar.gz", Archives.saying(text));
        }
    }

    ObjectVersion upload(Source source) {
        Blob blob =
                storage.create(
                        BlobInfo.newBuilder(bucket, source.object()).build(),
                        source.archive(),
                        BlobTargetOption.disableGzipContent());
        return new ObjectVersion(blob.getBucket(), blob.getName(), blob.getGeneration());
    }

    /** Uploads all of them, so many at once. */
    List<ObjectVersion> upload(List<Source> sources, int atOnce) throws Exception {
        Semaphore places = new Semaphore(atOnce);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<ObjectVersion>> uploads =
                    sources.stream()
                            .map(
                                    source ->
                                            threads.submit(
                                                    () -> {
                                                        places.acquire();
                                                        try {
                                                            return upload(source);
                                                        } finally {
                                                            places.release();
                                                        }
                                                    }))
                            .toList();
            List<ObjectVersion> versions = new ArrayList<>();
            for (Future<ObjectVersion> upload : uploads) {
                versions.add(upload.get());
            }
            return versions;
        }
    }

    /** The same; it is shown just after the outcome was published. */
    Answer liveAnswerSoon(ObjectVersion drop) throws InterruptedException {
        for (int tries = 0; ; tries++) {
            try {
                return liveAnswer(drop);
            } catch (IllegalStateException | StorageException e) {
                if (tries == 500) {
                    throw e;
                }
                Thread.sleep(2);
            }
        }
    }

    /** The answer to a drop, which must say that it is live. */
    Answer liveAnswer(ObjectVersion drop) {
        String name = Answer.nameFor(drop.object());
        Answer answer =
                Answer.parse(storage.readAllBytes(BlobId.of(bucket, name)))
                        .orElseThrow(() -> new IllegalStateException(name + " is no answer"));
        if (answer.outcome() != Outcome.LIVE
                || !answer.generation().equals(Long.toString(drop.generation()))) {
            throw new IllegalStateException("not the answer LIVE to " + drop + ": " + answer);
        }
        return answer;
    }
}
