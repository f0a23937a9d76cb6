package dev.slipway.cli.answers;

import com.google.cloud.storage.Blob;
import com.google.cloud.storage.Storage;
import com.google.cloud.storage.Storage.BlobListOption;
import com.google.cloud.storage.StorageException;
import dev.slipway.cli.installation.Cloud;
import dev.slipway.cli.installation.Refused;
import dev.slipway.contracts.Answer;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The newest answer of each service of a drop bucket.
 *
 * @param unread how many older answers were left unread
 */
public record Listing(List<Answer> newest, int unread) {
    private static final int MOST_ANSWERS = 500;
    private static final String PREFIX = Answer.nameFor("").replace(".json", "");

    /**
     * Reads the answers that changed last.
     *
     * @throws dev.slipway.cli.terminal.Problem if the bucket cannot be read
     */
    public static Listing of(Cloud cloud) {
        try {
            return of(cloud.clients().storage(), cloud.dropBucket());
        } catch (StorageException e) {
            throw Refused.of("cannot list gs://" + cloud.dropBucket(), cloud, e);
        }
    }

    private static Listing of(Storage storage, String bucket) {
        try (Stream<Blob> all = storage.list(bucket, BlobListOption.prefix(PREFIX)).streamAll()) {
            List<Blob> newestFirst =
                    all.sorted(Comparator.comparingLong(Listing::generation).reversed()).toList();
            List<Answer> answers =
                    newestFirst.stream()
                            .limit(MOST_ANSWERS)
                            .map(BucketAnswer::read)
                            .flatMap(Optional::stream)
                            .toList();
            return new Listing(
                    newestOfEach(answers), Math.max(0, newestFirst.size() - MOST_ANSWERS));
        }
    }

    private static long generation(Blob blob) {
        return Objects.requireNonNullElse(blob.getGeneration(), 0L);
    }

    static List<Answer> newestOfEach(List<Answer> answers) {
        Map<String, Answer> byService = new LinkedHashMap<>();
        for (Answer answer : answers) {
            byService.merge(
                    key(answer),
                    answer,
                    (one, other) -> one.order().compareTo(other.order()) >= 0 ? one : other);
        }
        return byService.values().stream().sorted(Comparator.comparing(Listing::key)).toList();
    }

    private static String key(Answer answer) {
        return answer.service() == null
                ? answer.object()
                : answer.service() + "/" + answer.region();
    }
}
