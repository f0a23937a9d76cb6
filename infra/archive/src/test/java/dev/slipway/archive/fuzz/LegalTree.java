package dev.slipway.archive.fuzz;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A tree that has to be accepted.
 *
 * @param litter what is to be left out
 */
record LegalTree(List<TreeFile> files, List<TreeFile> litter) {
    static final String MANIFEST = "slipway.yaml";

    private static final String[] LITTER = {
        ".DS_Store", "x~", ".a.swp", "Thumbs.db", "._index", "#x#", ".#x", "desktop.ini"
    };

    static LegalTree of(Chance chance) {
        FileNames names = new FileNames(chance, chance.hits(0.4));
        names.addFolders(chance.between(0, 6));
        if (chance.hits(0.05)) {
            names.addDeepFolder();
        }
        List<TreeFile> files = new ArrayList<>();
        int count = chance.hits(0.1) ? 1 : chance.between(1, chance.hits(0.3) ? 25 : 8);
        for (int at = 0; at < count; at++) {
            files.add(file(chance, names.file(), Contents.any(chance)));
        }
        if (chance.hits(0.04)) {
            files.add(file(chance, names.file(), Contents.large(chance)));
        }
        addManifests(chance, names, files);
        return new LegalTree(files, litter(chance, names));
    }

    /** Few bytes, so that a change of one byte often counts. */
    static LegalTree small(Chance chance) {
        FileNames names = new FileNames(chance, chance.hits(0.3));
        names.addFolders(chance.between(0, 2));
        List<TreeFile> files = new ArrayList<>();
        int count = chance.between(1, 4);
        for (int at = 0; at < count; at++) {
            files.add(file(chance, names.file(), Contents.small(chance)));
        }
        addManifests(chance, names, files);
        return new LegalTree(files, chance.hits(0.2) ? litter(chance, names) : List.of());
    }

    private static TreeFile file(Chance chance, String path, byte[] content) {
        return new TreeFile(path, chance.hits(0.2), content);
    }

    private static void addManifests(Chance chance, FileNames names, List<TreeFile> files) {
        if (chance.hits(0.2)) {
            files.add(file(chance, names.base() + MANIFEST, Contents.small(chance)));
        }
        if (chance.hits(0.1)) {
            files.add(file(chance, names.base() + "deeper/" + MANIFEST, Contents.small(chance)));
        }
    }

    private static List<TreeFile> litter(Chance chance, FileNames names) {
        List<TreeFile> litter = new ArrayList<>();
        if (chance.hits(0.3)) {
            litter.add(file(chance, names.base() + chance.of(LITTER), Contents.small(chance)));
        }
        if (chance.hits(0.1)) {
            litter.add(file(chance, "__MACOSX/" + chance.below(9) + "/x", Contents.small(chance)));
        }
        return litter;
    }

    /** The same as who keeps no modes packs it. */
    LegalTree plain() {
        return new LegalTree(
                files.stream().map(TreeFile::plain).toList(),
                litter.stream().map(TreeFile::plain).toList());
    }

    Stream<TreeFile> all() {
        return Stream.concat(files.stream(), litter.stream());
    }

    /** The folders that hold every file, with a slash at the end. */
    String root() {
        String first = files.getFirst().path();
        int root = 0;
        for (int at = 0; at < first.length(); at++) {
            String start = first.substring(0, at + 1);
            if (first.charAt(at) == '/'
                    && files.stream().allMatch(file -> file.path().startsWith(start))) {
                root = at + 1;
            }
        }
        return first.substring(0, root);
    }

    /** By path, without the manifest at the root. */
    Map<String, Kept> unwrapped() {
        int root = root().length();
        Map<String, Kept> kept = new TreeMap<>();
        for (TreeFile file : files) {
            kept.put(file.path().substring(root), Kept.of(file));
        }
        kept.remove(MANIFEST);
        return kept;
    }

    boolean hasManifest() {
        return files.stream().anyMatch(file -> file.path().equals(root() + MANIFEST));
    }

    /** The manifest's bytes, none where there is none. */
    byte[] manifest() {
        String path = root() + MANIFEST;
        return files.stream()
                .filter(file -> file.path().equals(path))
                .findFirst()
                .map(TreeFile::content)
                .orElse(new byte[0]);
    }

    /** By the path in the archive. */
    Map<String, ByteBuffer> contents() {
        Map<String, ByteBuffer> contents = new TreeMap<>();
        for (TreeFile file : files) {
            contents.put(file.path(), ByteBuffer.wrap(file.content()));
        }
        return contents;
    }

    /** What came out of an archive under one path. */
    record Kept(boolean executable, ByteBuffer content) {
        static Kept of(TreeFile file) {
            return new Kept(file.executable(), ByteBuffer.wrap(file.content()));
        }
    }
}
