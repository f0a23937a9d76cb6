package dev.slipway.archive;

/**
 * One file of a source tree.
 *
 * @param path relative, segments joined by slashes
 * @param size in bytes
 */
record SourceFile(String path, boolean executable, long size, Content content) {
    /** The manifest's name at the root. */
    static final String MANIFEST = "slipway.yaml";

    SourceFile at(String otherPath) {
        return new SourceFile(otherPath, executable, size, content);
    }

    boolean isManifest() {
        return path.equals(MANIFEST);
    }

    /**
     * By the path's bytes in UTF-8, which no system's locale or encoding changes; only where
     * surrogates come in does UTF-16 sort otherwise.
     */
    static int canonical(SourceFile a, SourceFile b) {
        int shorter = Math.min(a.path.length(), b.path.length());
        for (int at = 0; at < shorter; at++) {
            char one = a.path.charAt(at);
            char other = b.path.charAt(at);
            if (one != other) {
                return inUtf8(one) - inUtf8(other);
            }
        }
        return a.path.length() - b.path.length();
    }

    private static int inUtf8(char unit) {
        if (unit >= 0xe000) {
            return unit - 0x800;
        }
        return unit >= 0xd800 ? unit + 0x2000 : unit;
    }
}
