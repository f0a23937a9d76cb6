package dev.slipway.archive;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The digest of a source tree, file by file in canonical order. */
final class SourceDigest {
    private static final String FORM = "slipway-tree-1\n";

    private final MessageDigest listing = sha256();

    SourceDigest() {
        listing.update(FORM.getBytes(StandardCharsets.UTF_8));
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** No path has a NUL, so that no two trees have the same listing. */
    void add(SourceFile file, String sha256) {
        String line =
                file.path()
                        + (file.executable() ? "\0x\0" : "\0-\0")
                        + file.size()
                        + '\0'
                        + sha256
                        + '\n';
        listing.update(line.getBytes(StandardCharsets.UTF_8));
    }

    String value() {
        return "sha256:" + HexFormat.of().formatHex(listing.digest());
    }
}
