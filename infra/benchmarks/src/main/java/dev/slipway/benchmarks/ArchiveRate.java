package dev.slipway.benchmarks;

import dev.slipway.archive.Limits;
import dev.slipway.archive.Packed;
import dev.slipway.archive.Refused;
import dev.slipway.archive.SourceArchive;
import dev.slipway.archive.SourceContents;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * How fast archives are checked and packed anew, beside what the JDK needs for the bare bytes.
 * Everything takes its turn in every round, so that a busy machine slows all alike.
 */
public final class ArchiveRate {
    private static final int WARM_UPS = 3;
    private static final Limits LIMITS =
            Limits.DEFAULT.withBytes(2L << 30, 4L << 30, 2L << 30).withEntries(200_000);

    private final Path folder;
    private final int rounds;
    private final byte[] buffer = new byte[64 * 1024];

    private ArchiveRate(Path folder, int rounds) {
        this.folder = folder;
        this.rounds = rounds;
    }

    /** Something that goes through bytes; gives how many, uncompressed. */
    @FunctionalInterface
    private interface Pass {
        long run() throws IOException;
    }

    /**
     * {@code FOLDER ROUNDS}: the folder holds corpus and large as .tar, .tar.gz and .zip, and
     * tiny.zip. Prints megabytes of uncompressed bytes a second.
     */
    public static void main(String[] arguments) throws Exception {
        ArchiveRate rate = new ArchiveRate(Path.of(arguments[0]), Integer.parseInt(arguments[1]));
        for (String what : List.of("corpus", "large")) {
            rate.checking(what + ".zip");
            rate.checking(what + ".tar.gz");
            rate.packing(what);
        }
        rate.checking("tiny.zip");
    }

    private void checking(String name) throws IOException {
        Path archive = folder.resolve(name);
        rates(
                Map.of(
                        "check-" + name,
                        () -> checked(archive),
                        "jdk-" + name,
                        () -> name.endsWith(".zip") ? zipFile(archive) : gzip(archive)));
    }

    private void packing(String what) throws IOException {
        long bytes = checked(folder.resolve(what + ".zip"));
        rates(
                Map.of(
                        "pack-" + what + ".zip",
                        () -> packed(folder.resolve(what + ".zip")),
                        "pack-" + what + ".tar.gz",
                        () -> packed(folder.resolve(what + ".tar.gz")),
                        "deflate-" + what,
                        () -> deflated(folder.resolve(what + ".tar"), bytes)));
    }

    /** The median of all rounds, since single ones depend on who else is at work. */
    private void rates(Map<String, Pass> passes) throws IOException {
        Map<String, double[]> rates = new TreeMap<>();
        for (int round = -WARM_UPS; round < rounds; round++) {
            List<Map.Entry<String, Pass>> turn = new ArrayList<>(passes.entrySet());
            Collections.rotate(turn, round + WARM_UPS);
            for (Map.Entry<String, Pass> pass : turn) {
                long began = System.nanoTime();
                double rate = pass.getValue().run() * 1e3 / (System.nanoTime() - began);
                if (round >= 0) {
                    rates.computeIfAbsent(pass.getKey(), _ -> new double[rounds])[round] = rate;
                }
            }
        }
        rates.forEach((what, all) -> Figures.print(what, median(all), "MB/s"));
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    private long checked(Path archive) throws IOException {
        return switch (SourceArchive.inspect(archive, LIMITS)) {
            case SourceContents contents -> contents.bytes();
            case Refused refused -> throw new IOException(refused.toString());
        };
    }

    private long packed(Path archive) throws IOException {
        try (OutputStream out = Files.newOutputStream(folder.resolve("packed"))) {
            return switch (SourceArchive.pack(archive, folder, LIMITS, out)) {
                case Packed(SourceContents contents, _) -> contents.bytes();
                case Refused refused -> throw new IOException(refused.toString());
            };
        }
    }

    private long zipFile(Path archive) throws IOException {
        long bytes = 0;
        try (ZipFile zip = new ZipFile(archive.toFile())) {
            for (ZipEntry entry : Collections.list(zip.entries())) {
                CRC32 crc = new CRC32();
                try (InputStream content = zip.getInputStream(entry)) {
                    for (int read = content.read(buffer); read >= 0; read = content.read(buffer)) {
                        crc.update(buffer, 0, read);
                        bytes += read;
                    }
                }
                if (crc.getValue() != entry.getCrc()) {
                    throw new IOException(entry.getName());
                }
            }
        }
        return bytes;
    }

    private long gzip(Path archive) throws IOException {
        long bytes = 0;
        try (InputStream content =
                new GZIPInputStream(new FileInputStream(archive.toFile()), 64 * 1024)) {
            for (int read = content.read(buffer); read >= 0; read = content.read(buffer)) {
                bytes += read;
            }
        }
        return bytes;
    }

    /** Nothing but level 1 over a tar of so many bytes of files, on one processor. */
    private long deflated(Path tar, long bytes) throws IOException {
        byte[] out = new byte[64 * 1024];
        Deflater deflater = new Deflater(Deflater.BEST_SPEED, true);
        try (InputStream in = new FileInputStream(tar.toFile())) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                deflater.setInput(buffer, 0, read);
                while (!deflater.needsInput()) {
                    deflater.deflate(out);
                }
            }
            deflater.finish();
            while (!deflater.finished()) {
                deflater.deflate(out);
            }
            return bytes;
        } finally {
            deflater.end();
        }
    }
}
