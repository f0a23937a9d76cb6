package dev.slipway.archive;

/** What desktops and editors leave in folders, and nobody means to deploy. */
final class Litter {
    private static final String RESOURCE_FORKS = "__MACOSX/";

    private Litter() {}

    static boolean is(String path) {
        String name = path.substring(path.lastIndexOf('/') + 1);
        return isOfADesktop(name)
                || isOfAnEditor(name)
                || path.startsWith(RESOURCE_FORKS)
                || path.contains('/' + RESOURCE_FORKS);
    }

    private static boolean isOfADesktop(String name) {
        return switch (name) {
            case ".DS_Store", "Thumbs.db", "ehthumbs.db", "desktop.ini", "Desktop.ini" -> true;
            default -> name.startsWith("._");
        };
    }

    /** Swap files of vim, locks, saves and backups of emacs. */
    private static boolean isOfAnEditor(String name) {
        return name.startsWith(".#")
                || (name.length() > 1 && name.endsWith("~"))
                || (name.length() > 2 && name.startsWith("#") && name.endsWith("#"))
                || (name.startsWith(".") && (name.endsWith(".swp") || name.endsWith(".swo")));
    }
}
