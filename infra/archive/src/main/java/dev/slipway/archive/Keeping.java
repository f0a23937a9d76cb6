package dev.slipway.archive;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/** What becomes of contents that come by only once. */
@FunctionalInterface
interface Keeping {
    /**
     * Takes exactly the next {@code size} bytes.
     *
     * @throws EOFException if there are not as many
     */
    Content keep(String path, long size, InputStream from) throws IOException;
}
