package dev.slipway.local;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** What other APIs need of Cloud Storage: Cloud Build fetches its source. */
public interface Objects {
    /**
     * Opens one generation of one object.
     *
     * @param generation 0 is the live one
     * @return empty where that generation is not there
     */
    Optional<InputStream> open(String bucket, String object, long generation) throws IOException;
}
