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
    NAME_TOO_LONG
}
