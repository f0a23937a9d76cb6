package dev.slipway.local.build;

import dev.slipway.local.Objects;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/** Objects by generation, the number in the order of their keeping. */
final class KeptObjects implements Objects {
    private final List<byte[]> kept = Collections.synchronizedList(new ArrayList<>());

    /** Keeps bytes and tells the generation. */
    long keep(byte[] bytes) {
        kept.add(bytes);
        return kept.size();
    }

    /** Keeps files as a tar.gz. */
    long keep(Map<String, String> files) {
        return keep(archive(files));
    }

    static byte[] archive(Map<String, String> files) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar =
                new TarArchiveOutputStream(new GZIPOutputStream(bytes), "UTF-8")) {
            for (Map.Entry<String, String> file : new TreeMap<>(files).entrySet()) {
                byte[] content = file.getValue().getBytes(StandardCharsets.UTF_8);
                TarArchiveEntry entry = new TarArchiveEntry(file.getKey(), true);
                entry.setSize(content.length);
                tar.putArchiveEntry(entry);
                tar.write(content);
                tar.closeArchiveEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** The files of a sample of the repository. */
    static Map<String, String> sample(String name) throws IOException {
        Map<String, String> files = new TreeMap<>();
        Path folder = Path.of("..", "samples", name);
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                files.put(folder.relativize(file).toString(), Files.readString(file));
            }
        }
        return files;
    }

    @Override
    public Optional<InputStream> open(String bucket, String object, long generation) {
        return bucket.equals("staging") && generation >= 1 && generation <= kept.size()
                ? Optional.of(new ByteArrayInputStream(kept.get((int) generation - 1)))
                : Optional.empty();
    }
}
