package dev.slipway.local;

import java.io.IOException;

/** What builds that build nothing need of the registry. */
public interface InstantImages {
    /**
     * Gives an image its one tiny content, the same for every image, under the URI's tag or {@code
     * latest}.
     *
     * @return its digest, {@code sha256:…}
     */
    String put(String imageUri) throws IOException;
}
