package dev.slipway.upload.decide;

import dev.slipway.contracts.Digest;
import dev.slipway.contracts.Json;
import dev.slipway.contracts.manifest.Manifest;
import dev.slipway.contracts.manifest.SignatureType;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The digest of everything but the source that an image depends on. */
public final class BuildDigest {
    private static final String FORM = "slipway-build-1";

    /** Google's buildpacks; which version of them is the platform's choice. */
    private static final String BUILDER = "google-buildpacks";

    /**
     * What is hashed, as JSON in this order.
     *
     * @param function null: a web application, which has no signature type either
     * @param baseImage null: the builder's default for the runtime
     */
    private record Inputs(
            String form,
            @Nullable String function,
            @Nullable SignatureType signatureType,
            @Nullable String runtime,
            SortedMap<String, String> environment,
            String builder,
            @Nullable String baseImage,
            String region,
            String repository) {}

    private BuildDigest() {}

    /** The digest for a source with this manifest. */
    public static Digest of(Manifest manifest) {
        return Digest.of(
                Json.write(
                        new Inputs(
                                FORM,
                                manifest.function(),
                                manifest.signatureType(),
                                manifest.runtime(),
                                new TreeMap<>(manifest.build().env()),
                                BUILDER,
                                null,
                                manifest.region(),
                                GooglePath.repository(manifest.profile()))));
    }
}
