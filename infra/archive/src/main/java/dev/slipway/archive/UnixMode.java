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
        int type = mode & TYPE;
        return type == 0 || type == REGULAR || type == FOLDER;
    }

    static boolean isExecutable(int mode) {
        return (mode & OWNER_EXECUTES) != 0;
    }
}
