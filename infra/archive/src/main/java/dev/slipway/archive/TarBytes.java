package dev.slipway.archive;

import java.io.Closeable;
import java.io.IOException;

/** A tar's bytes from the first to the last, wherever they come from. */
interface TarBytes extends Closeable {
    /** As many as are left, at most so many. */
    byte[] next(int length) throws IOException;

    /**
     * Goes on behind a file's content.
     *
     * @param path under which it is kept
     * @param size in bytes, no more than the limits allow
     * @throws Refusal if the tar ends before
     */
    Content content(String path, long size) throws IOException;
}
