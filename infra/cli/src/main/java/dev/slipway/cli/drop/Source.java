package dev.slipway.cli.drop;

import dev.slipway.cli.terminal.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What is dropped: a folder, which is packed first, or an archive, which goes as it is.
 *
 * @param baseName the folder's name, or the archive's without its suffix
 * @param suffix of the object, with its dot
 */
public record Source(Path path, boolean folder, String baseName, String suffix) {
    private static final List<String> SUFFIXES = List.of(".tar.gz", ".tgz", ".tar", ".zip");
    private static final String PACKED = ".tar.gz";

    /**
     * What stands at this place.
     *
     * @throws Problem if nothing does, or nothing that can be dropped
     */
    public static Source at(Path place) {
        return at(place, Source::suffixByContent);
    }

    /**
     * The same where nothing is dropped: any other file is taken for an archive, whatever it holds.
     *
     * @throws Problem if nothing stands there
     */
    public static Source toCheck(Path place) {
        return at(place, _ -> "");
    }

    private static Source at(Path place, Function<Path, String> otherSuffix) {
        Path path = place.toAbsolutePath().normalize();
        String name = path.getFileName() == null ? "" : path.getFileName().toString();
        if (Files.isDirectory(path)) {
            return new Source(path, true, name, PACKED);
        }
        if (!Files.isRegularFile(path) || !Files.isReadable(path)) {
            throw Problem.usage(
                    place + " is no folder and no archive that can be read",
                    "Name a folder with source in it, or a zip, tar.gz or tar.");
        }
        String suffix = suffixOf(name);
        return suffix == null
                ? new Source(path, false, name, otherSuffix.apply(path))
                : new Source(
                        path, false, name.substring(0, name.length() - suffix.length()), suffix);
    }

    private static @Nullable String suffixOf(String name) {
        return SUFFIXES.stream()
                .filter(known -> name.toLowerCase(Locale.ROOT).endsWith(known))
                .findFirst()
                .orElse(null);
    }

    private static String suffixByContent(Path path) {
        byte[] start;
        try (InputStream in = Files.newInputStream(path)) {
            start = in.readNBytes(2);
        } catch (IOException e) {
            throw Problem.failed("cannot read " + path + ": " + e.getMessage(), "Check it.", e);
        }
        if (start.length == 2 && start[0] == 'P' && start[1] == 'K') {
            return ".zip";
        }
        if (start.length == 2 && start[0] == 0x1f && start[1] == (byte) 0x8b) {
            return PACKED;
        }
        throw Problem.usage(
                path + " is no zip and no tar.gz, and its name says neither",
                "Name a folder with source in it, or a zip, tar.gz or tar.");
    }
}
