package dev.slipway.archive;

/** What a POSIX file mode says of an entry. */
final class UnixMode {
    private static final int TYPE = 0170000;
    private static final int REGULAR = 0100000;
    private static final int FOLDER = 0040000;
    private static final int OWNER_EXECUTES = 0100;

    private UnixMode() {}

    /** Zips carry modes without a type, too. */
    static boolean isRegularOrFolder(int mode) {
        return (mode & TYPE) == 0 || isRegular(mode) || isFolder(mode);
    }

    static boolean isRegular(int mode) {
        return (mode & TYPE) == REGULAR;
    }

    static boolean isFolder(int mode) {
        return (mode & TYPE) == FOLDER;
    }

    static boolean isExecutable(int mode) {
        return (mode & OWNER_EXECUTES) != 0;
    }
}
