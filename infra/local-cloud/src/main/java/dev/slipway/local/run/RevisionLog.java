package dev.slipway.local.run;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;

/** What a revision's instances wrote: two files of at most 2.5 MB, of which the older one goes. */
final class RevisionLog {
    private static final long LARGEST_BYTES = 2_500_000;
    private static final int LONGEST_LINE = 400;

    private final Path file;
    private final Path older;

    RevisionLog(Path file) {
        this.file = file;
        this.older = file.resolveSibling(file.getFileName() + ".1");
    }

    synchronized void append(byte[] bytes, int length) throws IOException {
        if (Files.exists(file) && Files.size(file) + length > LARGEST_BYTES) {
            Files.move(file, older, StandardCopyOption.REPLACE_EXISTING);
        }
        Files.createDirectories(file.getParent());
        try (var out =
                Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            out.write(bytes, 0, length);
        }
    }

    synchronized String read() throws IOException {
        return text(older) + text(file);
    }

    /** The last lines, each cut to 400 characters, without control characters. */
    List<String> last(int count) throws IOException {
        List<String> lines =
                read().lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
        return lines.subList(Math.max(0, lines.size() - count), lines.size()).stream()
                .map(line -> line.replaceAll("\\p{Cntrl}", " "))
                .map(line -> line.substring(0, Math.min(line.length(), LONGEST_LINE)))
                .toList();
    }

    synchronized void delete() throws IOException {
        Files.deleteIfExists(older);
        Files.deleteIfExists(file);
    }

    private static String text(Path path) throws IOException {
        return Files.exists(path)
                ? new String(Files.readAllBytes(path), StandardCharsets.UTF_8)
                : "";
    }
}
