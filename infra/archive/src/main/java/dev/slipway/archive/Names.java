package dev.slipway.archive;

import java.util.HashMap;
import java.util.Map;

/** The names that one archive has used: each file once, and no file where a folder is needed. */
final class Names {
    private enum Kind {
        FILE,
        FOLDER
    }

    private final Map<String, Kind> seen = new HashMap<>();

    void file(String path) throws Refusal {
        Kind before = seen.putIfAbsent(path, Kind.FILE);
        if (before == Kind.FILE) {
            throw new Refusal(Rule.DUPLICATE_NAME, path, "the archive has two files of this name");
        }
        if (before == Kind.FOLDER) {
            throw clash(path);
        }
        folder(parent(path));
    }

    /** Folders may be listed or implied, any number of times. */
    void folder(String path) throws Refusal {
        for (String at = path; !at.isEmpty(); at = parent(at)) {
            Kind before = seen.putIfAbsent(at, Kind.FOLDER);
            if (before == Kind.FILE) {
                throw clash(at);
            }
            if (before == Kind.FOLDER) {
                return;
            }
        }
    }

    private static Refusal clash(String path) {
        return new Refusal(
                Rule.DUPLICATE_NAME, path, "the archive has a file and a folder of this name");
    }

    private static String parent(String path) {
        int slash = path.lastIndexOf('/');
        return slash < 0 ? "" : path.substring(0, slash);
    }
}
