package dev.slipway.cli.installation;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The environment that points curl, Google's clients and gcloud here. */
public final class Exports {
    private Exports() {}

    /** {@code export NAME='value'} lines for a POSIX shell. */
    public static List<String> of(Endpoints endpoints, Home home) {
        String at = endpoints.endpoint();
        String authority = URI.create(at).getAuthority();
        return List.of(
                export("SLIPWAY_ENDPOINT", at),
                export("SLIPWAY_DROP", "gs://" + endpoints.dropBucket()),
                export("GOOGLE_CLOUD_PROJECT", endpoints.project()),
                export("STORAGE_EMULATOR_HOST", at),
                export("PUBSUB_EMULATOR_HOST", authority),
                export("CLOUDSDK_CONFIG", home.directory().resolve("gcloud").toString()),
                export("CLOUDSDK_CORE_PROJECT", endpoints.project()),
                export("CLOUDSDK_CORE_DISABLE_PROMPTS", "1"),
                export("CLOUDSDK_AUTH_ACCESS_TOKEN_FILE", home.token(Tokens.OWNER).toString()),
                export("CLOUDSDK_API_ENDPOINT_OVERRIDES_STORAGE", at + "/storage/v1/"),
                export("CLOUDSDK_API_ENDPOINT_OVERRIDES_PUBSUB", at + "/pubsub/"),
                export("CLOUDSDK_API_ENDPOINT_OVERRIDES_CLOUDBUILD", at + "/cloudbuild/"),
                export("CLOUDSDK_API_ENDPOINT_OVERRIDES_LOGGING", at + "/logging/"),
                export("CLOUDSDK_API_ENDPOINT_OVERRIDES_EVENTARC", at + "/eventarc/"),
                export(
                        "CLOUDSDK_API_ENDPOINT_OVERRIDES_ARTIFACTREGISTRY",
                        at + "/artifactregistry/"));
    }

    private static String export(String name, String value) {
        return "export " + name + "='" + value.replace("'", "'\\''") + "'";
    }

    /** The same names and values for a program. */
    public static Map<String, String> variables(Endpoints endpoints, Home home) {
        Map<String, String> variables = new LinkedHashMap<>();
        for (String line : of(endpoints, home)) {
            int equals = line.indexOf('=');
            variables.put(
                    line.substring("export ".length(), equals),
                    line.substring(equals + 2, line.length() - 1).replace("'\\''", "'"));
        }
        return variables;
    }
}
