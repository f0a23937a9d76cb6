package dev.slipway.archive;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;

/**
 * One file of a source tree.
 *
 * @param path relative, segments joined by slashes
 * @param size in bytes
 * @param sha256 of its content, 64 hexadecimal digits
 */
public record SourceFile(String path, boolean executable, long size, String sha256) {
    /** By the path's bytes in UTF-8, which no system's locale or encoding changes. */
    static final Comparator<SourceFile> CANONICAL =
            Comparator.comparing(
                    file -> file.path.getBytes(StandardCharsets.UTF_8), Arrays::compareUnsigned);

    SourceFile at(String otherPath) {
        return new SourceFile(otherPath, executable, size, sha256);
    }
}
