package dev.slipway.upload.google;

import com.google.cloud.storage.Blob;
import com.google.cloud.storage.BlobId;
import com.google.cloud.storage.BlobInfo;
import com.google.cloud.storage.Storage;
import com.google.cloud.storage.Storage.BlobTargetOption;
import com.google.cloud.storage.Storage.BlobWriteOption;
import com.google.cloud.storage.StorageException;
import dev.slipway.contracts.ObjectVersion;
import dev.slipway.kit.FailureKind;
import dev.slipway.kit.GatewayException;
import dev.slipway.kit.google.GoogleFailures;
import dev.slipway.upload.decide.StagingPlan;
import dev.slipway.upload.gateway.Staging;
import jakarta.enterprise.inject.Typed;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/** Staging buckets in Cloud Storage. */
@Singleton
@Typed(CloudStorageStaging.class)
class CloudStorageStaging implements Staging {
    private static final int NOT_FOUND = 404;
    private static final int PRECONDITION_FAILED = 412;
    private static final long SMALL_BYTES = 256 * 1024;

    private final Storage storage;
    private final StagingBuckets buckets;

    CloudStorageStaging(Storage storage, StagingBuckets buckets) {
        this.storage = storage;
        this.buckets = buckets;
    }

    @Override
    public ObjectVersion stage(StagingPlan plan, Path file) {
        BlobId id = BlobId.of(buckets.ensure(plan), plan.object());
        try {
            return version(
                    create(
                            BlobInfo.newBuilder(id).setContentType("application/gzip").build(),
                            file));
        } catch (StorageException e) {
            if (e.getCode() == PRECONDITION_FAILED) {
                return standing(id, file);
            }
            if (e.getCode() == NOT_FOUND) {
                throw bucketGone(plan, id, e);
            }
            throw GoogleFailures.of("store the source at " + id.toGsUtilUri(), e);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    /** A small one goes in one request; a large one in parts, and never through memory. */
    private Blob create(BlobInfo info, Path file) throws IOException {
        return Files.size(file) <= SMALL_BYTES
                ? storage.create(
                        info,
                        Files.readAllBytes(file),
                        BlobTargetOption.doesNotExist(),
                        BlobTargetOption.disableGzipContent())
                : storage.createFrom(info, file, BlobWriteOption.doesNotExist());
    }

    /** An earlier try stored it and did not come to record it; what others stored is not built. */
    private ObjectVersion standing(BlobId id, Path file) {
        String tried = "store the source at " + id.toGsUtilUri();
        Blob blob;
        try {
            blob = storage.get(id);
        } catch (StorageException e) {
            throw GoogleFailures.of(tried, e);
        }
        if (blob == null) {
            throw new GatewayException(
                    FailureKind.CONFLICT, tried, "an object was there and is gone again", null);
        }
        if (!md5(file).equals(blob.getMd5())) {
            throw new GatewayException(
                    FailureKind.REFUSED,
                    tried,
                    "other bytes stand there already; delete them and upload again",
                    null);
        }
        return version(blob);
    }

    /** Somebody deleted a bucket that this process had seen; the next try looks for it anew. */
    private GatewayException bucketGone(StagingPlan plan, BlobId id, StorageException failure) {
        buckets.forget(plan);
        return new GatewayException(
                FailureKind.TRANSIENT,
                "store a source in the bucket " + id.getBucket(),
                "the bucket is gone",
                failure);
    }

    private static ObjectVersion version(Blob blob) {
        return new ObjectVersion(blob.getBucket(), blob.getName(), blob.getGeneration());
    }

    /** As Cloud Storage writes it: Base64 of the MD5. */
    private static String md5(Path file) {
        try (InputStream content = Files.newInputStream(file);
                DigestInputStream digested =
                        new DigestInputStream(content, MessageDigest.getInstance("MD5"))) {
            digested.transferTo(OutputStream.nullOutputStream());
            return Base64.getEncoder().encodeToString(digested.getMessageDigest().digest());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has MD5", e);
        }
    }
}
