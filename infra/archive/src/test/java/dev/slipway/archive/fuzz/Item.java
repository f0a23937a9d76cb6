package dev.slipway.archive.fuzz;

import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** One entry to write: a file, or a folder whose name ends with a slash. */
record Item(String name, int mode, byte[] content) {
    static final FileTime TIME = FileTime.from(Instant.ofEpochSecond(1_700_000_001));

    /** In any order, with folders or without. */
    static List<Item> of(LegalTree tree, Chance chance, String prefix) {
        List<TreeFile> files = new ArrayList<>(tree.all().toList());
        chance.shuffle(files);
        boolean withFolders = chance.hits(0.4);
        Set<String> folders = new LinkedHashSet<>();
        List<Item> items = new ArrayList<>();
        for (TreeFile file : files) {
            if (withFolders) {
                addFolders(file.path(), prefix, folders, items);
            }
            items.add(new Item(prefix + file.path(), mode(file, chance), file.content()));
        }
        return items;
    }

    private static void addFolders(
            String path, String prefix, Set<String> folders, List<Item> items) {
        for (int at = path.indexOf('/'); at >= 0; at = path.indexOf('/', at + 1)) {
            String folder = prefix + path.substring(0, at + 1);
            if (folders.add(folder)) {
                items.add(new Item(folder, 040755, new byte[0]));
            }
        }
    }

    private static int mode(TreeFile file, Chance chance) {
        return 0100000
                | (file.executable() ? chance.of(0755, 0700, 0100) : chance.of(0644, 0600, 0));
    }

    boolean isFolder() {
        return name.endsWith("/");
    }
}
