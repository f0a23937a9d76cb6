package dev.slipway.archive;

import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The files that a build will see, in canonical order. Their contents are read on demand; closing
 * it lets go of them.
 */
public final class SourceTree implements Closeable {
    /** The manifest's name at the root. */
    public static final String MANIFEST = "slipway.yaml";

    private static final String DIGEST_FORM = "slipway-tree-1\n";

    private final Map<String, Stored> files;
    private final Summary summary;
    private final Closeable contents;

    /**
     * What was kept and what was not.
     *
     * @param bytes of all files together
     * @param litterDropped files that a desktop system left behind, such as .DS_Store
     * @param rootUnwrapped the folder or folders that held everything and were taken away, empty
     *     where there was none
     */
    public record Summary(int files, long bytes, int litterDropped, String rootUnwrapped) {}

    /** How a file's content is read again. */
    @FunctionalInterface
    interface Content {
        InputStream open() throws IOException;
    }

    record Stored(SourceFile file, Content content) {}

    private SourceTree(Map<String, Stored> files, Summary summary, Closeable contents) {
        this.files = files;
        this.summary = summary;
        this.contents = contents;
    }

    static SourceTree of(
            List<Stored> stored, int litterDropped, String rootUnwrapped, Closeable contents) {
        Map<String, Stored> files = new LinkedHashMap<>();
        stored.stream()
                .sorted((a, b) -> SourceFile.CANONICAL.compare(a.file, b.file))
                .forEach(one -> files.put(one.file.path(), one));
        long bytes = stored.stream().mapToLong(one -> one.file.size()).sum();
        return new SourceTree(
                files, new Summary(files.size(), bytes, litterDropped, rootUnwrapped), contents);
    }

    /** All files in canonical order. */
    public List<SourceFile> files() {
        return files.values().stream().map(Stored::file).toList();
    }

    /** What was kept and what was not. */
    public Summary summary() {
        return summary;
    }

    /** Whether a file has this path. */
    public boolean has(String path) {
        return files.containsKey(path);
    }

    /** A file's first bytes, {@code longest} at most, or nothing where there is no such file. */
    public Optional<byte[]> start(String path, int longest) throws IOException {
        if (!has(path)) {
            return Optional.empty();
        }
        try (InputStream content = open(path)) {
            return Optional.of(content.readNBytes(longest));
        }
    }

    /**
     * The same files, and this manifest at the root instead of any other. Closing it closes this.
     */
    public SourceTree withManifest(byte[] manifest) {
        byte[] content = manifest.clone();
        String sha256 = HexFormat.of().formatHex(Sha256.start().digest(content));
        List<Stored> stored = new ArrayList<>(files.values());
        stored.removeIf(one -> one.file.path().equals(MANIFEST));
        stored.add(
                new Stored(
                        new SourceFile(MANIFEST, false, content.length, sha256),
                        () -> new ByteArrayInputStream(content)));
        return of(stored, summary.litterDropped(), summary.rootUnwrapped(), contents);
    }

    /** The content of a file that is in the tree. */
    InputStream open(String path) throws IOException {
        Stored stored = files.get(path);
        if (stored == null) {
            throw new IllegalArgumentException("no such file in the tree: " + Display.of(path));
        }
        return stored.content.open();
    }

    /**
     * {@code sha256:} and 64 hexadecimal digits over path, executable bit, size and content of
     * every file but the manifest at the root. The same source has the same digest however it was
     * packed.
     */
    public String sourceDigest() {
        MessageDigest digest = Sha256.start();
        digest.update(DIGEST_FORM.getBytes(StandardCharsets.UTF_8));
        for (SourceFile file : files()) {
            if (!file.path().equals(MANIFEST)) {
                digest.update(listed(file).getBytes(StandardCharsets.UTF_8));
            }
        }
        return "sha256:" + HexFormat.of().formatHex(digest.digest());
    }

    /** No path has a NUL, so that no two trees have the same listing. */
    private static String listed(SourceFile file) {
        return file.path()
                + (file.executable() ? "\0x\0" : "\0-\0")
                + file.size()
                + '\0'
                + file.sha256()
                + '\n';
    }

    @Override
    public void close() throws IOException {
        contents.close();
    }
}
