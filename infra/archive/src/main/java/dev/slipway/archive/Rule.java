package dev.slipway.archive;

/** What an archive was refused for. */
public enum Rule {
    /** Neither a zip nor a tar, with or without gzip. */
    NOT_AN_ARCHIVE,
    /** Nothing in it that could be built. */
    EMPTY,
    /** Cut off, a checksum that differs, or headers that contradict each other. */
    DAMAGED,
    /** A name that leads elsewhere, or that systems read differently. */
    UNSAFE_NAME,
    /** A link, device, pipe or socket. */
    LINK_OR_SPECIAL,
    /** Two entries for one name, or a file where another entry needs a folder. */
    DUPLICATE_NAME,
    /** An entry that needs a password. */
    ENCRYPTED,
    /** Anything but stored and deflated, sparse files included. */
    UNSUPPORTED_COMPRESSION,
    /** The archive itself is too large. */
    ARCHIVE_TOO_LARGE,
    /** Too much comes out of it. */
    EXPANDED_TOO_LARGE,
    /** Too many entries. */
    TOO_MANY_ENTRIES,
    /** One file is too large. */
    FILE_TOO_LARGE,
    /** Too much comes out for what goes in. */
    RATIO_TOO_HIGH,
    /** A name is too long or too deep. */
    NAME_TOO_LONG;

    /**
     * The name of the reason that the answer to such an archive gives, one of the closed list. The
     * list itself is known to those who answer, and not here.
     */
    public String reason() {
        return switch (this) {
            case NOT_AN_ARCHIVE -> "NOT_AN_ARCHIVE";
            case EMPTY -> "ARCHIVE_EMPTY";
            case DAMAGED, ENCRYPTED, UNSUPPORTED_COMPRESSION -> "ARCHIVE_DAMAGED";
            case UNSAFE_NAME, LINK_OR_SPECIAL, DUPLICATE_NAME, NAME_TOO_LONG -> "ARCHIVE_UNSAFE";
            case ARCHIVE_TOO_LARGE,
                    EXPANDED_TOO_LARGE,
                    TOO_MANY_ENTRIES,
                    FILE_TOO_LARGE,
                    RATIO_TOO_HIGH ->
                    "ARCHIVE_TOO_LARGE";
        };
    }
}
