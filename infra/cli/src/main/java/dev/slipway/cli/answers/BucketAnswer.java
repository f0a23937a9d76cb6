package dev.slipway.cli.answers;

import com.google.cloud.storage.Blob;
import com.google.cloud.storage.BlobId;
import com.google.cloud.storage.Storage;
import com.google.cloud.storage.Storage.BlobGetOption;
import com.google.cloud.storage.StorageException;
import dev.slipway.contracts.Answer;
import java.util.Optional;

/** Reads {@code status/<object>.json} of the drop bucket, its bytes only when they are new. */
public final class BucketAnswer implements AnswerSource {
    private static final int NOT_MODIFIED = 304;
    private static final int NOT_FOUND = 404;
    private static final int LARGEST_BYTES = 1 << 20;

    private final Storage storage;
    private final BlobId name;
    private long lastGeneration;

    /** The answer to this object. */
    public BucketAnswer(Storage storage, String bucket, String object) {
        this.storage = storage;
        this.name = BlobId.of(bucket, Answer.nameFor(object));
    }

    @Override
    public Optional<Answer> news() {
        try {
            Blob stored =
                    lastGeneration == 0
                            ? storage.get(name)
                            : storage.get(name, BlobGetOption.generationNotMatch(lastGeneration));
            if (stored == null || stored.getGeneration() == lastGeneration) {
                return Optional.empty();
            }
            Optional<Answer> answer = read(stored);
            lastGeneration = stored.getGeneration();
            return answer;
        } catch (StorageException e) {
            if (e.getCode() == NOT_MODIFIED || e.getCode() == NOT_FOUND || e.isRetryable()) {
                return Optional.empty(); // asked again soon
            }
            throw e;
        }
    }

    /** The answer in an object; nothing where it is none. */
    static Optional<Answer> read(Blob stored) {
        if (stored.getSize() > LARGEST_BYTES) {
            return Optional.empty();
        }
        return Answer.parse(stored.getContent());
    }
}
