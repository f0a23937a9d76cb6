package dev.slipway.archive;

import java.io.IOException;
import java.io.InputStream;

/** A file's bytes, read on demand; one at a time of the same archive. */
@FunctionalInterface
interface Content {
    /** Its bytes from the start; what is damaged shows while they are read. */
    InputStream open() throws IOException;

    /**
     * Reads whatever was not checked yet.
     *
     * @param buffer may be overwritten
     */
    default void check(byte[] buffer) throws IOException {}
}
