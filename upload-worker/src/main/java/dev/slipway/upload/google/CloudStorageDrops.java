package dev.slipway.upload.google;

import com.google.cloud.storage.Blob;
import com.google.cloud.storage.BlobId;
import com.google.cloud.storage.Storage;
import com.google.cloud.storage.Storage.BlobField;
import com.google.cloud.storage.Storage.BlobGetOption;
import com.google.cloud.storage.Storage.BlobListOption;
import com.google.cloud.storage.Storage.BlobSourceOption;
import com.google.cloud.storage.StorageException;
import dev.slipway.contracts.ObjectVersion;
import dev.slipway.contracts.Shown;
import dev.slipway.contracts.Topology;
import dev.slipway.kit.FailureKind;
import dev.slipway.kit.GatewayException;
import dev.slipway.kit.google.GoogleFailures;
import dev.slipway.upload.decide.Drop;
import dev.slipway.upload.decide.DropName;
import dev.slipway.upload.gateway.Drops;
import jakarta.enterprise.inject.Typed;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

/** The drop bucket in Cloud Storage. */
@Singleton
@Typed(CloudStorageDrops.class)
class CloudStorageDrops implements Drops {
    private static final int NOT_FOUND = 404;
    private static final BlobField[] FIELDS = {
        BlobField.BUCKET,
        BlobField.NAME,
        BlobField.GENERATION,
        BlobField.TIME_CREATED,
        BlobField.SIZE,
        BlobField.METADATA
    };

    private final Storage storage;
    private final String bucket;

    CloudStorageDrops(Storage storage, Topology topology) {
        this.storage = storage;
        this.bucket = topology.bucket("drop").name();
    }

    @Override
    public Optional<Drop> find(ObjectVersion version) {
        return get(BlobId.of(version.bucket(), version.object(), version.generation()));
    }

    @Override
    public Optional<Drop> current(String object) {
        return get(BlobId.of(bucket, object));
    }

    private Optional<Drop> get(BlobId id) {
        try {
            return Optional.ofNullable(storage.get(id, BlobGetOption.fields(FIELDS)))
                    .map(CloudStorageDrops::drop);
        } catch (StorageException e) {
            throw GoogleFailures.of("read what is stored at " + shown(id), e);
        }
    }

    @Override
    public boolean fetch(Drop drop, Path file) {
        ObjectVersion version = drop.version();
        BlobId id = BlobId.of(version.bucket(), version.object(), version.generation());
        try (OutputStream out = Files.newOutputStream(file, StandardOpenOption.CREATE_NEW)) {
            storage.downloadTo(id, out, BlobSourceOption.shouldReturnRawInputStream(true));
        } catch (StorageException e) {
            if (e.getCode() == NOT_FOUND) {
                return false;
            }
            throw GoogleFailures.of("download " + shown(id), e);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
        refuseUnlessWhole(drop, id, file);
        return true;
    }

    /** A torn download must not make a whole archive a damaged one. */
    private static void refuseUnlessWhole(Drop drop, BlobId id, Path file) {
        long size = file.toFile().length();
        if (size != drop.size()) {
            throw new GatewayException(
                    FailureKind.TRANSIENT,
                    "download " + shown(id),
                    size + " of " + drop.size() + " bytes came",
                    null);
        }
    }

    /** Two listings, so that the answers between them are not even listed. */
    @Override
    public void createdSince(long timeCreated, Consumer<Drop> each) {
        String afterAnswers = DropName.ANSWERS.replace('/', '0'); // the character after the slash
        list(timeCreated, BlobListOption.endOffset(DropName.ANSWERS), each);
        list(timeCreated, BlobListOption.startOffset(afterAnswers), each);
    }

    private void list(long timeCreated, BlobListOption part, Consumer<Drop> each) {
        try {
            storage.list(bucket, BlobListOption.versions(true), BlobListOption.fields(FIELDS), part)
                    .streamAll()
                    .map(CloudStorageDrops::drop)
                    .filter(drop -> drop.timeCreated() >= timeCreated)
                    .forEach(each);
        } catch (StorageException e) {
            throw GoogleFailures.of("list gs://" + bucket, e);
        }
    }

    private static Drop drop(Blob blob) {
        Map<String, String> metadata = blob.getMetadata();
        return new Drop(
                new ObjectVersion(blob.getBucket(), blob.getName(), blob.getGeneration()),
                Objects.requireNonNull(blob.getCreateTimeOffsetDateTime(), "asked for")
                        .toInstant()
                        .toEpochMilli(),
                Objects.requireNonNull(blob.getSize(), "asked for"),
                metadata == null ? null : metadata.get(Drop.CORRELATION));
    }

    private static String shown(BlobId id) {
        return Shown.of(id.toGsUtilUriWithGeneration());
    }
}
