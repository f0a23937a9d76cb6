package dev.slipway.local.artifacts;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.slipway.contracts.Digest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/** A real image with one file in it that says what it is. Its bytes are always the same. */
final class TinyImage {
    private static final String MANIFEST = "application/vnd.oci.image.manifest.v1+json";
    private static final byte[] NOTE =
            "This image was not built: the local cloud was started with --instant-builds.\n"
                    .getBytes(UTF_8);

    private final Blobs blobs;
    private final Manifests manifests;
    private final Path temporary;
    private final InstantSource clock;
    private final byte[] layer;
    private final byte[] config;
    private final byte[] manifest;

    TinyImage(Blobs blobs, Manifests manifests, Path temporary, InstantSource clock) {
        this.blobs = blobs;
        this.manifests = manifests;
        this.temporary = temporary;
        this.clock = clock;
        byte[] tar = tar();
        this.layer = packed(tar);
        this.config =
                """
                {"architecture":"amd64","os":"linux","config":{"WorkingDir":"/workspace"},\
                "rootfs":{"type":"layers","diff_ids":["%s"]}}"""
                        .formatted(Digest.of(tar))
                        .getBytes(UTF_8);
        this.manifest =
                """
                {"schemaVersion":2,"mediaType":"%s",\
                "config":{"mediaType":"application/vnd.oci.image.config.v1+json","digest":"%s","size":%d},\
                "layers":[{"mediaType":"application/vnd.oci.image.layer.v1.tar+gzip","digest":"%s","size":%d}]}"""
                        .formatted(
                                MANIFEST,
                                Digest.of(config),
                                config.length,
                                Digest.of(layer),
                                layer.length)
                        .getBytes(UTF_8);
    }

    private static byte[] tar() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes, UTF_8.name())) {
            TarArchiveEntry entry = new TarArchiveEntry("workspace/README");
            entry.setSize(NOTE.length);
            entry.setModTime(0);
            entry.setIds(0, 0);
            tar.putArchiveEntry(entry);
            tar.write(NOTE);
            tar.closeArchiveEntry();
        } catch (IOException e) {
            throw new UncheckedIOException("memory cannot be written", e);
        }
        return bytes.toByteArray();
    }

    private static byte[] packed(byte[] bytes) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException("memory cannot be written", e);
        }
        return packed.toByteArray();
    }

    /** Gives it to an image; the digest of its manifest. */
    Digest put(ImageUri uri) throws IOException {
        keep(uri.name(), layer);
        keep(uri.name(), config);
        Digest digest = keep(uri.name(), manifest);
        manifests.add(uri.name(), digest, MANIFEST, clock.instant());
        if (uri.reference() instanceof Reference.Tag(String tag)) {
            manifests.tag(uri.name(), tag, digest);
        }
        return digest;
    }

    private Digest keep(ImageName image, byte[] bytes) throws IOException {
        Digest digest = Digest.of(bytes);
        if (!blobs.keep(image, digest)) {
            Path file = Files.createTempFile(temporary, "tiny", "");
            Files.write(file, bytes);
            blobs.keep(image, digest, file);
        }
        return digest;
    }
}
