package dev.slipway.cli.answers;

import dev.slipway.cli.terminal.Bytes;
import dev.slipway.contracts.ArchiveSummary;
import dev.slipway.contracts.Shown;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What was found in an archive, in words. */
public final class ArchiveText {
    private ArchiveText() {}

    /**
     * All of it: {@code 12 files, 34.5 kB; 2 litter files left out; folder hello-main/ unwrapped}.
     */
    public static String of(ArchiveSummary archive) {
        String found = count(archive.files(), "file") + ", " + Bytes.of(archive.bytes());
        return changed(archive).map(changes -> found + "; " + changes).orElse(found);
    }

    /** In what the source is another than what was packed; empty where it is in nothing. */
    static Optional<String> changed(ArchiveSummary archive) {
        Optional<String> litter =
                Optional.ofNullable(archive.litterDropped())
                        .filter(files -> files > 0)
                        .map(files -> count(files, "litter file") + " left out");
        Optional<String> root =
                Optional.ofNullable(archive.rootUnwrapped())
                        .map(folder -> "folder " + Shown.of(folder) + " unwrapped");
        return Optional.of(
                        Stream.concat(litter.stream(), root.stream())
                                .collect(Collectors.joining("; ")))
                .filter(changes -> !changes.isEmpty());
    }

    private static String count(long number, String what) {
        return number + " " + what + (number == 1 ? "" : "s");
    }
}
