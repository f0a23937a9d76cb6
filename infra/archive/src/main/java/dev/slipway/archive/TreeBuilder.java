package dev.slipway.archive;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;

/** Collects an archive's entries into the tree that is built: litter out, common root off. */
final class TreeBuilder {
    private final Names names = new Names();
    private final List<SourceTree.Stored> stored = new ArrayList<>();
    private final Limits limits;
    private final Meter meter;
    private int litter;

    TreeBuilder(Limits limits, Meter meter) {
        this.limits = limits;
        this.meter = meter;
    }

    /** How one file's content is kept under its checked path. */
    @FunctionalInterface
    interface Keeping {
        SourceTree.Stored keep(String path) throws IOException;
    }

    /** Counts the entry and checks its name, before anything of it is read. */
    EntryName begin(byte[] utf8Name) throws Refusal {
        meter.countEntry();
        return EntryName.of(utf8Name, limits);
    }

    void folder(EntryName name) throws Refusal {
        names.folder(name.path());
    }

    /** Litter is read to its end and dropped, so that it is counted and checked like the rest. */
    void file(EntryName name, InputStream content, Keeping keeping) throws IOException {
        if (name.path().isEmpty()) {
            throw new Refusal(Rule.UNSAFE_NAME, ".", "the root itself is listed as a file");
        }
        names.file(name.path());
        if (isLitter(name.path())) {
            litter++;
            content.transferTo(OutputStream.nullOutputStream());
        } else {
            stored.add(keeping.keep(name.path()));
        }
    }

    private static boolean isLitter(String path) {
        String last = path.substring(path.lastIndexOf('/') + 1);
        return path.startsWith("__MACOSX/")
                || path.contains("/__MACOSX/")
                || last.equals(".DS_Store")
                || last.startsWith("._");
    }

    SourceTree finish(Closeable contents) throws Refusal {
        if (stored.isEmpty()) {
            throw new Refusal(
                    Rule.EMPTY, null, "there is no file in it; pack the folder with the source");
        }
        String root = commonRoot();
        List<SourceTree.Stored> unwrapped = stored.stream().map(one -> below(root, one)).toList();
        return SourceTree.of(unwrapped, litter, root, contents);
    }

    private static SourceTree.Stored below(String root, SourceTree.Stored one) {
        SourceFile file = one.file();
        return new SourceTree.Stored(file.at(file.path().substring(root.length())), one.content());
    }

    /**
     * All folders that hold everything, with a slash at the end: unwrapping an unwrapped tree again
     * changes nothing.
     */
    private String commonRoot() {
        String root = folderOf(stored.getFirst().file().path());
        for (SourceTree.Stored one : stored) {
            while (!one.file().path().startsWith(root)) {
                root = folderOf(root.substring(0, root.length() - 1));
            }
        }
        return root;
    }

    private static String folderOf(String path) {
        return path.substring(0, path.lastIndexOf('/') + 1);
    }
}
