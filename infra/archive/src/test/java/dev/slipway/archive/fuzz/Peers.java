package dev.slipway.archive.fuzz;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;

/** What others read in an archive: the content of each file by its path. */
final class Peers {
    /** What some of them cannot or will not read, and no other reads differently. */
    private static final List<String> BEYOND =
            List.of(
                    // A stream does not tell where a stored entry ends that says so only behind.
                    "only DEFLATED entries can have EXT",
                    // Wide numbers without need; other programs write them, and they agree here.
                    "Invalid CEN header (invalid zip64 extra data field size)",
                    // Comments that are not UTF-8; such names are refused.
                    "invalid CEN header (bad entry name or comment)",
                    // Times and owners matter to nobody here.
                    "Corrupted PAX header. Time field",
                    "Unable to parse long from string value",
                    // What GNU says of sparse files, read even of others.
                    "Corrupted TAR archive");

    private Peers() {}

    /** A way of reading. */
    @FunctionalInterface
    private interface View {
        void readInto(Map<String, ByteBuffer> tree) throws IOException;
    }

    /** What each peer that is able to reads in an archive. */
    static List<Map<String, ByteBuffer>> read(Path file, byte[] bytes) throws IOException {
        List<View> views =
                Mutant.isZip(bytes)
                        ? List.of(
                                tree -> listed(file, tree),
                                tree -> listedByCommons(bytes, tree),
                                tree -> streamed(bytes, tree))
                        : List.of(tree -> tar(bytes, tree));
        List<Map<String, ByteBuffer>> trees = new ArrayList<>();
        for (View view : views) {
            Map<String, ByteBuffer> tree = new TreeMap<>();
            try {
                view.readInto(tree);
                trees.add(tree);
            } catch (IOException e) {
                String why = String.valueOf(e.getMessage());
                if (BEYOND.stream().noneMatch(why::startsWith)) {
                    throw e;
                }
            }
        }
        return trees;
    }

    private static void listed(Path file, Map<String, ByteBuffer> tree) throws IOException {
        try (ZipFile zip = new ZipFile(file.toFile())) {
            for (ZipEntry entry : Collections.list(zip.entries())) {
                if (!entry.isDirectory()) {
                    add(tree, entry.getName(), zip.getInputStream(entry));
                }
            }
        }
    }

    private static void listedByCommons(byte[] bytes, Map<String, ByteBuffer> tree)
            throws IOException {
        try (var zip =
                org.apache.commons.compress.archivers.zip.ZipFile.builder()
                        .setByteArray(bytes)
                        .get()) {
            for (ZipArchiveEntry entry : Collections.list(zip.getEntries())) {
                if (!entry.isDirectory()) {
                    add(tree, entry.getName(), zip.getInputStream(entry));
                }
            }
        }
    }

    private static void streamed(byte[] bytes, Map<String, ByteBuffer> tree) throws IOException {
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(bytes))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                if (!entry.isDirectory()) {
                    add(tree, entry.getName(), zip);
                }
            }
        }
    }

    private static void tar(byte[] bytes, Map<String, ByteBuffer> tree) throws IOException {
        InputStream plain = new ByteArrayInputStream(bytes);
        tar(Mutant.isGzip(bytes) ? gunzip(plain) : plain, tree);
    }

    /** To the last byte, which the JDK does not look at. */
    private static InputStream gunzip(InputStream gzip) throws IOException {
        return GzipCompressorInputStream.builder()
                .setInputStream(gzip)
                .setDecompressConcatenated(true)
                .get();
    }

    /** Leniently: times and owners, which do not matter here, may be nonsense. */
    private static void tar(InputStream plain, Map<String, ByteBuffer> tree) throws IOException {
        try (TarArchiveInputStream tar =
                new TarArchiveInputStream(plain, PlainTars.BLOCK, PlainTars.BLOCK, "UTF-8", true)) {
            for (TarArchiveEntry entry = tar.getNextEntry();
                    entry != null;
                    entry = tar.getNextEntry()) {
                if (!entry.isDirectory()) {
                    add(tree, entry.getName(), tar);
                }
            }
            refuseUnlessZeros(plain.readAllBytes());
        }
    }

    /** Some go on behind an end. */
    private static void refuseUnlessZeros(byte[] rest) throws IOException {
        for (byte one : rest) {
            if (one != 0) {
                throw new IOException("goes on behind its end");
            }
        }
    }

    private static void add(Map<String, ByteBuffer> tree, String name, InputStream content)
            throws IOException {
        String path = name;
        while (path.startsWith("./")) {
            path = path.substring(2);
        }
        if (tree.put(path, ByteBuffer.wrap(content.readAllBytes())) != null) {
            throw new IOException("has two files of the name " + path);
        }
    }
}
