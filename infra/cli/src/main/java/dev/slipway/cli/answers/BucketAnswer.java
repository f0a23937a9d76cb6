package dev.slipway.cli.answers;

import com.google.cloud.storage.Blob;
import com.google.cloud.storage.Storage;
import dev.slipway.contracts.Answer;
import java.util.Optional;

/** Reads {@code status/<object>.json} of the drop bucket. */
public final class BucketAnswer implements AnswerSource {
    private final StoredNews<Answer> stored;

    /** The answer to this object. */
    public BucketAnswer(Storage storage, String bucket, String object) {
        this.stored = new StoredNews<>(storage, bucket, Answer.nameFor(object), Answer::parse);
    }

    @Override
    public Optional<Answer> news() {
        return stored.news();
    }

    /** The answer in an object; nothing where it is none. */
    static Optional<Answer> read(Blob stored) {
        return StoredNews.read(stored, Answer::parse);
    }
}
