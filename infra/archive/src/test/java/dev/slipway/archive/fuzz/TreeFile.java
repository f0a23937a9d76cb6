package dev.slipway.archive.fuzz;

/** One file as it is to be packed. */
record TreeFile(String path, boolean executable, byte[] content) {
    TreeFile plain() {
        return new TreeFile(path, false, content);
    }
}
