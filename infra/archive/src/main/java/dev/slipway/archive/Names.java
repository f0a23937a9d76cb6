package dev.slipway.archive;

import java.text.Normalizer;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * The names that one archive has used: each file once, no file where a folder is needed, and no two
 * that a system which folds case or Unicode forms takes for one.
 */
final class Names {
    /** Archives of sources have 30 to 80; what is kept of names has to stay small. */
    private static final int AVERAGE_CHARACTERS = 100;

    private final Map<String, Seen> seen = new HashMap<>();
    private final int most;
    private long characters;

    Names(Limits limits) {
        this.most = limits.entries();
    }

    private record Seen(String path, boolean folder) {}

    void file(String path) throws Refusal {
        Seen before = seen.putIfAbsent(folded(path), new Seen(path, false));
        if (before != null) {
            throw twice(before, path, false);
        }
        count(path);
        folder(parent(path));
    }

    /** Folders may be listed or implied, any number of times. */
    void folder(String path) throws Refusal {
        for (String at = path; !at.isEmpty(); at = parent(at)) {
            String folded = folded(at);
            Seen before = seen.get(folded);
            if (before == null) {
                seen.put(folded, new Seen(at, true));
                count(at);
            } else if (before.folder && before.path.equals(at)) {
                return;
            } else {
                throw twice(before, at, true);
            }
        }
    }

    /** A few long names make many folders that no entry lists. */
    private void count(String path) throws Refusal {
        characters += path.length();
        if (seen.size() > most) {
            throw new Refusal(
                    Rule.TOO_MANY_ENTRIES,
                    path,
                    "the archive has more than "
                            + most
                            + " files and folders, with those that only names imply");
        }
        if (characters > (long) AVERAGE_CHARACTERS * most) {
            throw new Refusal(
                    Rule.NAME_TOO_LONG,
                    path,
                    "the names of all files and folders together have more than "
                            + (long) AVERAGE_CHARACTERS * most
                            + " characters");
        }
    }

    private static Refusal twice(Seen before, String path, boolean folder) {
        if (!before.path.equals(path)) {
            return new Refusal(
                    Rule.DUPLICATE_NAME,
                    path,
                    "the name differs from "
                            + Display.of(before.path)
                            + " only in case or in how its letters are encoded, so that some"
                            + " systems take the two for one; rename one of them");
        }
        return new Refusal(
                Rule.DUPLICATE_NAME,
                path,
                before.folder || folder
                        ? "the archive has a file and a folder of this name"
                        : "the archive has two files of this name");
    }

    /** Upper case first: it takes apart what lower case keeps, such as ß. */
    private static String folded(String path) {
        if (isPlain(path)) {
            return path;
        }
        String composed = Normalizer.normalize(path, Normalizer.Form.NFC);
        String lower = composed.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
        return Normalizer.normalize(lower, Normalizer.Form.NFC);
    }

    private static boolean isPlain(String path) {
        for (int at = 0; at < path.length(); at++) {
            char letter = path.charAt(at);
            if (letter >= 0x80 || (letter >= 'A' && letter <= 'Z')) {
                return false;
            }
        }
        return true;
    }

    private static String parent(String path) {
        int slash = path.lastIndexOf('/');
        return slash < 0 ? "" : path.substring(0, slash);
    }
}
