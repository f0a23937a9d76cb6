package dev.slipway.contracts;

/** Whose turn it is after a verdict. */
public enum Turn {
    /** Nobody's: it is as wanted. */
    NOBODY,
    /** Who dropped the archive. */
    YOU,
    /** Who runs this installation. */
    OPERATOR,
    /** Google Cloud, or the machine that plays it: dropping the archive again later may succeed. */
    PLATFORM
}
