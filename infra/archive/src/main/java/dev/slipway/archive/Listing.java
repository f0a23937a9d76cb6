package dev.slipway.archive;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * The files that a build will see, in canonical order, and what was left out.
 *
 * @param unbuilt is checked like the rest, so that nothing in an archive goes unread
 * @param litter how many files were left out
 * @param root what was taken off every path
 */
record Listing(List<SourceFile> files, List<Content> unbuilt, int litter, String root) {
    private static final int BUFFER = 64 * 1024;

    /** What is done with the files while they can be read. */
    @FunctionalInterface
    interface Use<T> {
        T of(Listing listing) throws IOException;
    }

    /** The same files, and this manifest instead of any other. */
    Listing withManifest(byte[] content) {
        List<SourceFile> changed = new ArrayList<>(files);
        changed.removeIf(SourceFile::isManifest);
        changed.add(
                new SourceFile(
                        SourceFile.MANIFEST,
                        false,
                        content.length,
                        () -> new ByteArrayInputStream(content)));
        changed.sort(SourceFile::canonical);
        return new Listing(changed, unbuilt, litter, root);
    }

    /** Reads whatever was not checked yet. */
    SourceContents checked() throws IOException {
        byte[] buffer = new byte[BUFFER];
        for (SourceFile file : files) {
            file.content().check(buffer);
        }
        return restChecked(buffer);
    }

    /** The same where the files were read already. */
    SourceContents restChecked(byte[] buffer) throws IOException {
        for (Content one : unbuilt) {
            one.check(buffer);
        }
        long bytes = files.stream().mapToLong(SourceFile::size).sum();
        return new SourceContents(files.size(), bytes, litter, root, manifest());
    }

    /** As much of it as a reader of manifests wants; none where there is none. */
    byte[] manifest() throws IOException {
        for (SourceFile file : files) {
            if (file.isManifest()) {
                try (InputStream content = file.content().open()) {
                    return content.readNBytes(SourceContents.MANIFEST_BYTES);
                }
            }
        }
        return new byte[0];
    }
}
