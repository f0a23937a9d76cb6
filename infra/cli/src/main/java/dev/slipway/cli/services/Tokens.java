package dev.slipway.cli.services;

import com.google.auth.Credentials;
import com.google.auth.oauth2.IdToken;
import com.google.auth.oauth2.IdTokenProvider;
import dev.slipway.cli.terminal.Problem;
import java.io.IOException;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Tokens of application-default credentials. */
final class Tokens {
    private static final String LOG_IN =
            "Run gcloud auth application-default login, then try again.";

    private Tokens() {}

    /** The headers that let Google's APIs know who asks. */
    static Map<String, String> access(Credentials credentials, URI uri) {
        try {
            Map<String, String> headers = new LinkedHashMap<>();
            credentials
                    .getRequestMetadata(uri)
                    .forEach((name, values) -> headers.put(name, String.join(",", values)));
            return headers;
        } catch (IOException e) {
            throw Problem.failed("no access token was given: " + e.getMessage(), LOG_IN, e);
        }
    }

    /** The token that lets a private service know who calls. */
    static String identity(Credentials credentials, String audience) {
        if (!(credentials instanceof IdTokenProvider provider)) {
            throw Problem.failed(
                    "these application-default credentials give no identity token ("
                            + credentials.getClass().getSimpleName()
                            + ")",
                    "Use those of a user or of a service account, or give a token with --header"
                            + " \"Authorization: Bearer $(gcloud auth print-identity-token)\".");
        }
        try {
            IdToken token = provider.idTokenWithAudience(audience, List.of());
            return token.getTokenValue();
        } catch (IOException e) {
            throw Problem.failed("no identity token was given: " + e.getMessage(), LOG_IN, e);
        }
    }
}
