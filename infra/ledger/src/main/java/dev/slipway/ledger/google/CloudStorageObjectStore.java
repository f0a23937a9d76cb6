package dev.slipway.ledger.google;

import com.google.cloud.storage.Blob;
import com.google.cloud.storage.BlobId;
import com.google.cloud.storage.BlobInfo;
import com.google.cloud.storage.Storage;
import com.google.cloud.storage.Storage.BlobField;
import com.google.cloud.storage.Storage.BlobListOption;
import com.google.cloud.storage.Storage.BlobSourceOption;
import com.google.cloud.storage.Storage.BlobTargetOption;
import com.google.cloud.storage.StorageException;
import dev.slipway.ledger.ObjectStore;
import dev.slipway.ledger.StoreUnavailable;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** One Cloud Storage bucket; its generation preconditions are the compare-and-swap. */
public final class CloudStorageObjectStore implements ObjectStore {
    private static final int NOT_FOUND = 404;
    private static final int PRECONDITION_FAILED = 412;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int UNAVAILABLE = 503;

    private final Storage storage;
    private final String bucket;
    private final OneRequestRead quick;

    /** A store over this bucket, which must exist. */
    public CloudStorageObjectStore(Storage storage, String bucket) {
        this.storage = storage;
        this.bucket = bucket;
        this.quick = new OneRequestRead(storage.getOptions(), bucket);
    }

    @Override
    public Optional<Stored> get(String name) {
        return switch (quick.read(name)) {
            case OneRequestRead.Answer.Found(Stored stored) -> Optional.of(stored);
            case OneRequestRead.Answer.Absent() -> Optional.empty();
            case OneRequestRead.Answer.Busy(int status, Duration asked) ->
                    throw failure("read", name, status, "not now", null, asked);
            case OneRequestRead.Answer.Unclear() -> getPatiently(name);
        };
    }

    private Optional<Stored> getPatiently(String name) {
        return asking(
                "read",
                name,
                () -> {
                    Blob blob = storage.get(BlobId.of(bucket, name));
                    return blob == null ? Optional.empty() : content(blob);
                });
    }

    private Optional<Stored> content(Blob blob) {
        try {
            byte[] body =
                    storage.readAllBytes(
                            blob.getBlobId(),
                            BlobSourceOption.generationMatch(blob.getGeneration()));
            return Optional.of(
                    new Stored(
                            blob.getName(),
                            body,
                            blob.getGeneration(),
                            blob.getUpdateTimeOffsetDateTime().toInstant()));
        } catch (StorageException e) {
            if (e.getCode() == NOT_FOUND || e.getCode() == PRECONDITION_FAILED) {
                return getPatiently(blob.getName());
            }
            throw e;
        }
    }

    @Override
    public Write create(String name, byte[] body) {
        return write("create", name, 0, body);
    }

    @Override
    public Write swap(String name, long generation, byte[] body) {
        return write("replace", name, generation, body);
    }

    private Write write(String what, String name, long generation, byte[] body) {
        BlobInfo info =
                BlobInfo.newBuilder(bucket, name).setContentType("application/json").build();
        return asking(
                what,
                name,
                () -> {
                    try {
                        Blob written =
                                storage.create(
                                        info,
                                        body,
                                        BlobTargetOption.generationMatch(generation),
                                        BlobTargetOption.disableGzipContent());
                        return new Written(
                                written.getGeneration(),
                                written.getUpdateTimeOffsetDateTime().toInstant());
                    } catch (StorageException e) {
                        if (e.getCode() == PRECONDITION_FAILED) {
                            return new Conflict();
                        }
                        throw e;
                    }
                });
    }

    @Override
    public boolean delete(String name, long generation) {
        return asking(
                "delete",
                name,
                () -> {
                    try {
                        return storage.delete(
                                BlobId.of(bucket, name),
                                BlobSourceOption.generationMatch(generation));
                    } catch (StorageException e) {
                        if (e.getCode() == PRECONDITION_FAILED) {
                            return false;
                        }
                        throw e;
                    }
                });
    }

    @Override
    public List<Listed> list(String prefix, int atMost) {
        return asking(
                "list",
                prefix,
                () ->
                        StreamSupport.stream(
                                        storage.list(
                                                        bucket,
                                                        BlobListOption.prefix(prefix),
                                                        BlobListOption.fields(
                                                                BlobField.NAME,
                                                                BlobField.GENERATION,
                                                                BlobField.UPDATED))
                                                .iterateAll()
                                                .spliterator(),
                                        false)
                                .limit(atMost)
                                .map(
                                        blob ->
                                                new Listed(
                                                        blob.getName(),
                                                        blob.getGeneration(),
                                                        blob.getUpdateTimeOffsetDateTime()
                                                                .toInstant()))
                                .toList());
    }

    private <T> T asking(String what, String name, Supplier<T> call) {
        try {
            return call.get();
        } catch (StorageException e) {
            throw failure(
                    what, name, e.getCode(), String.valueOf(e.getMessage()), e, AskedPause.in(e));
        }
    }

    /** Whatever says when to come again is only busy. */
    private StoreUnavailable failure(
            String what,
            String name,
            int status,
            String why,
            @Nullable Throwable cause,
            Duration asked) {
        boolean busy = status == TOO_MANY_REQUESTS || status == UNAVAILABLE || asked.isPositive();
        return new StoreUnavailable(
                "tried to "
                        + what
                        + " gs://"
                        + bucket
                        + "/"
                        + name
                        + " but Cloud Storage answered "
                        + status
                        + ": "
                        + why,
                busy,
                cause,
                asked);
    }
}
