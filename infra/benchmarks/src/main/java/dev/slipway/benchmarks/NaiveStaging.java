package dev.slipway.benchmarks;

import com.google.cloud.storage.Blob;
import com.google.cloud.storage.BlobId;
import com.google.cloud.storage.BlobInfo;
import com.google.cloud.storage.Bucket;
import com.google.cloud.storage.BucketInfo;
import com.google.cloud.storage.Storage;
import com.google.cloud.storage.Storage.BlobTargetOption;
import dev.slipway.archive.Limits;
import dev.slipway.archive.Packed;
import dev.slipway.archive.SourceArchive;
import dev.slipway.archive.SourceContents;
import dev.slipway.contracts.manifest.ManifestReader;
import dev.slipway.contracts.manifest.ManifestReading;
import dev.slipway.contracts.manifest.Policy;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Archives that were looked into and packed anew: that has to be, trusting or not. */
final class NaiveStaging {
    private final Cloud cloud;
    private final Storage storage;
    private final Map<String, Bucket> buckets = new ConcurrentHashMap<>();

    NaiveStaging(Cloud cloud, Storage storage) {
        this.cloud = cloud;
        this.storage = storage;
    }

    /** Name and generation of what is built, with a {@code #} between. */
    String staged(NaiveDrop drop) throws IOException {
        String bucket = "run-sources-" + cloud.project() + "-" + drop.region();
        Bucket _ = buckets.computeIfAbsent(bucket, name -> ensure(name, drop.region()));
        byte[] source =
                verified(
                        drop,
                        storage.readAllBytes(
                                BlobId.of(cloud.drops(), drop.object(), drop.generation())));
        Blob blob =
                storage.create(
                        BlobInfo.newBuilder(
                                        bucket, "naive/" + drop.service() + "-" + drop.generation())
                                .setContentType("application/gzip")
                                .build(),
                        source,
                        BlobTargetOption.disableGzipContent());
        return blob.getName() + "#" + blob.getGeneration();
    }

    private byte[] verified(NaiveDrop drop, byte[] dropped) throws IOException {
        Path folder = Files.createTempDirectory("naive");
        Path archive = Files.write(folder.resolve("archive"), dropped);
        ByteArrayOutputStream source = new ByteArrayOutputStream();
        if (SourceArchive.pack(archive, folder, Limits.DEFAULT, source)
                instanceof Packed(SourceContents contents, _)) {
            ManifestReading read = manifest(drop, contents.manifest());
            if (!(read instanceof ManifestReading.Valid)) {
                throw new IOException(drop + " has no good manifest: " + read);
            }
        }
        Files.delete(archive);
        Files.delete(folder);
        return source.toByteArray();
    }

    private ManifestReading manifest(NaiveDrop drop, byte[] yaml) {
        Policy policy = new Policy(Set.of(drop.region()), true, cloud.project());
        return ManifestReader.read(yaml, drop.service(), drop.region(), policy);
    }

    private Bucket ensure(String bucket, String region) {
        Bucket standing = storage.get(bucket);
        return standing != null
                ? standing
                : storage.create(BucketInfo.newBuilder(bucket).setLocation(region).build());
    }
}
