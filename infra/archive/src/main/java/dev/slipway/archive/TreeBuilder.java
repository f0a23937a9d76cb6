package dev.slipway.archive;

import java.util.ArrayList;
import java.util.List;

/** Collects an archive's entries into the tree that is built: litter out, common root off. */
final class TreeBuilder {
    private final Names names;
    private final List<SourceFile> files = new ArrayList<>();
    private final List<Content> unbuilt = new ArrayList<>();
    private final Limits limits;
    private final Meter meter;
    private int litter;

    TreeBuilder(Limits limits, Meter meter) {
        this.names = new Names(limits);
        this.limits = limits;
        this.meter = meter;
    }

    /** Counts the entry and checks its name, before anything of it is read. */
    String begin(byte[] utf8Name) throws Refusal {
        meter.countEntry();
        return EntryName.of(utf8Name, limits);
    }

    void folder(String path) throws Refusal {
        names.folder(path);
    }

    /** What will not be built, and is checked all the same. */
    void unbuilt(Content content) {
        unbuilt.add(content);
    }

    void file(String path, boolean executable, long size, Content content) throws Refusal {
        if (path.isEmpty()) {
            throw new Refusal(Rule.UNSAFE_NAME, ".", "the root itself is listed as a file");
        }
        names.file(path);
        if (Litter.is(path)) {
            litter++;
            unbuilt.add(content);
        } else {
            files.add(new SourceFile(path, executable, size, content));
        }
    }

    Listing finish() throws Refusal {
        if (files.isEmpty()) {
            throw new Refusal(
                    Rule.EMPTY, null, "there is no file in it; pack the folder with the source");
        }
        String root = commonRoot();
        files.replaceAll(file -> file.at(file.path().substring(root.length())));
        if (files.stream().allMatch(SourceFile::isManifest)) {
            throw new Refusal(
                    Rule.EMPTY,
                    null,
                    "there is nothing but slipway.yaml in it; pack the source with it");
        }
        files.sort(SourceFile::canonical);
        return new Listing(files, unbuilt, litter, root);
    }

    /**
     * All folders that hold everything, with a slash at the end: unwrapping an unwrapped tree again
     * changes nothing.
     */
    private String commonRoot() {
        String root = folderOf(files.getFirst().path());
        for (SourceFile one : files) {
            while (!one.path().startsWith(root)) {
                root = folderOf(root.substring(0, root.length() - 1));
            }
        }
        return root;
    }

    private static String folderOf(String path) {
        return path.substring(0, path.lastIndexOf('/') + 1);
    }
}
