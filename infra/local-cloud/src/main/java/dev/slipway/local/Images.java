package dev.slipway.local;

import java.nio.file.Path;
import java.util.Optional;

/** What other APIs need of the registry: Cloud Run unpacks images. */
public interface Images {
    /**
     * The file with an image's manifest, by image URI with tag or digest, for example {@code
     * europe-west1-docker.pkg.dev/local-project/cloud-run-source-deploy/hello@sha256:…}.
     */
    Optional<Path> manifest(String imageUri);

    /** The file with one blob of the image's repository. */
    Optional<Path> blob(String imageUri, String digest);
}
