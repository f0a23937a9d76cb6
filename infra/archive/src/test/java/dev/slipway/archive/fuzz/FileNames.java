package dev.slipway.archive.fuzz;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Paths that are allowed, as odd as they come, and no two that any system takes for one. */
final class FileNames {
    private static final int MOST_BYTES = 500;
    private static final int MOST_IN_FOLDER = 400;
    private static final int MOST_IN_BASE = 250;
    private static final int DEEPEST = 32;
    private static final int LONGEST_SEGMENT = 200;
    private static final String[] WORDS = {
        "a", "index", "lib", "src", "main", "x1", "data_set", "-v", "README", "Makefile", "Foo"
    };
    private static final String[] ODD = {
        "a b", " x", "..a", "...", "a.", "file:x", "$HOME", "%41", "it's", "\"q\"", "a;b", "*", "?",
        "<|>", "a.swp", "~x", "a,b", "(1)", "a&b", "[id]", "@x", "=", "\ue000"
    };
    private static final String[] DOT_FILES = {
        ".env", ".gitignore", ".x", ".github", "..data", ".npmrc"
    };
    private static final String[] LETTERS = {
        "ä", "ö", "Ü", "ß", "é", "Å", "ñ", "ç", "你", "好", "日本", "ファイル", "한글", "مر", "👩‍💻", "🚀",
        "𝒳", "é", "ﬁ"
    };
    private static final String[] ENDINGS = {"", "", ".js", ".txt", ".tar.gz", ".d.ts", ".x"};

    private final Chance chance;
    private final List<String> folders = new ArrayList<>();
    private final Set<String> taken = new HashSet<>();

    /** Paths below a folder, which ends with a slash where it is not the root. */
    FileNames(Chance chance, boolean inFolder) {
        this.chance = chance;
        folders.add("");
        if (inFolder) {
            int depth = chance.between(1, 3);
            for (int at = 0; at < depth; at++) {
                folders.set(0, free(folders.getFirst(), MOST_IN_BASE) + '/');
            }
        }
    }

    String base() {
        return folders.getFirst();
    }

    void addFolders(int count) {
        for (int at = 0; at < count; at++) {
            folders.add(free(chance.of(folders), MOST_IN_FOLDER) + '/');
        }
    }

    void addDeepFolder() {
        String path = base();
        while (segments(path) < DEEPEST) {
            path = path + chance.of("a", "b", "c") + '/';
            taken.add(folded(path));
        }
        folders.add(path);
    }

    String file() {
        return free(chance.of(folders), MOST_BYTES);
    }

    private String free(String folder, int most) {
        String from = folder;
        while (true) {
            String path = from + segment();
            if (fits(path, most)) {
                return path;
            }
            from = base().length() < from.length() && chance.hits(0.5) ? base() : from;
        }
    }

    private boolean fits(String path, int most) {
        return path.getBytes(StandardCharsets.UTF_8).length <= most
                && segments(path) <= DEEPEST
                && taken.add(folded(path));
    }

    private static int segments(String path) {
        return 1 + (int) path.chars().filter(letter -> letter == '/').count();
    }

    /** Coarser than any system's rule. */
    private static String folded(String path) {
        String bare = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        String apart = Normalizer.normalize(bare, Normalizer.Form.NFKD);
        return Normalizer.normalize(
                apart.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT), Normalizer.Form.NFKD);
    }

    private String segment() {
        return switch (chance.below(10)) {
            case 0 -> chance.of(ODD);
            case 1 -> chance.of(DOT_FILES);
            case 2 -> foreign();
            case 3 -> Normalizer.normalize(foreign(), Normalizer.Form.NFD);
            case 4 ->
                    chance.hits(0.2) ? cut(chance.of("a", "long ", "ä", "你").repeat(200)) : word();
            default -> word();
        };
    }

    private String word() {
        String number = chance.hits(0.6) ? Integer.toString(chance.below(1000)) : "";
        return chance.of(WORDS) + number + chance.of(ENDINGS);
    }

    private String foreign() {
        return chance.of(LETTERS)
                + chance.of("", " ", "x")
                + chance.of(LETTERS)
                + chance.below(100);
    }

    /** Not in the middle of a character. */
    private String cut(String many) {
        int bytes = many.substring(0, 1).getBytes(StandardCharsets.UTF_8).length;
        int most = LONGEST_SEGMENT / bytes;
        String cut = many.substring(0, chance.hits(0.5) ? most : chance.between(most / 3, most));
        return cut.replace(' ', '_');
    }
}
