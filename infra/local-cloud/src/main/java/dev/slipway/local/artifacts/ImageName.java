package dev.slipway.local.artifacts;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name of an image in the registry, without tag and digest: {@code
 * europe-west1-docker.pkg.dev/local-project/cloud-run-source-deploy/hello}.
 *
 * @param value the whole name, as it stands in the path after {@code /v2/}
 * @param repository the Artifact Registry repository that it belongs to, {@code
 *     projects/P/locations/L/repositories/R}
 * @param path the image within the repository, which may hold slashes
 */
record ImageName(String value, String repository, String path) {
    private static final int LONGEST = 255;

    /** The grammar of the OCI distribution specification. */
    private static final String PART = "[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*";

    private static final Pattern NAME = Pattern.compile(PART + "(?:/" + PART + ")*");
    private static final Pattern GOOGLE =
            Pattern.compile("([a-z0-9-]+)-docker\\.pkg\\.dev/([^/]+)/([^/]+)/(.+)");

    /**
     * Reads a name.
     *
     * @throws RegistryError NAME_INVALID outside the grammar, NAME_UNKNOWN where it is not {@code
     *     LOCATION-docker.pkg.dev/PROJECT/REPOSITORY/IMAGE}
     */
    static ImageName of(String name) {
        if (name.length() > LONGEST || !NAME.matcher(name).matches()) {
            throw new RegistryError(
                    ErrorCode.NAME_INVALID,
                    "an image's name is at most %d of a-z, 0-9, '.', '_', '-' and '/', not \"%s\""
                            .formatted(LONGEST, name));
        }
        Matcher parts = GOOGLE.matcher(name);
        if (!parts.matches()) {
            throw new RegistryError(
                    ErrorCode.NAME_UNKNOWN,
                    "an image is named LOCATION-docker.pkg.dev/PROJECT/REPOSITORY/IMAGE, not \""
                            + name
                            + "\"");
        }
        String repository =
                "projects/%s/locations/%s/repositories/%s"
                        .formatted(parts.group(2), parts.group(1), parts.group(3));
        return new ImageName(name, repository, parts.group(4));
    }
}
