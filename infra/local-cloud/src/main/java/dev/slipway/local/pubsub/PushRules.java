package dev.slipway.local.pubsub;

import com.google.pubsub.v1.PushConfig;
import com.google.pubsub.v1.Subscription;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Where a subscription may push to, and what it pushes where nothing is said (pubsub.proto). */
final class PushRules {
    private static final String VERSION = "x-goog-version";
    private static final Set<String> VERSIONS = Set.of("v1", "v1beta2");
    private static final List<String> HOSTS = List.of("localhost", "127.0.0.1", "[::1]");
    private static final int LONGEST_ENDPOINT = 2048;

    private PushRules() {}

    /** Whether messages are pushed rather than pulled. */
    static boolean pushes(Subscription subscription) {
        return !subscription.getPushConfig().getPushEndpoint().isEmpty();
    }

    /** The configuration as it is kept; throws INVALID_ARGUMENT or UNIMPLEMENTED. */
    static PushConfig complete(PushConfig given) {
        if (given.getPushEndpoint().isEmpty()) {
            if (given.hasOidcToken() || given.hasNoWrapper()) {
                throw Refusal.invalid(
                        "push_config.push_endpoint is empty, which means pull; then oidc_token and"
                                + " no_wrapper must be absent.");
            }
            return PushConfig.getDefaultInstance();
        }
        checkEndpoint(given.getPushEndpoint());
        checkAttributes(given.getAttributesMap());
        if (given.hasOidcToken() && given.getOidcToken().getServiceAccountEmail().isEmpty()) {
            throw Refusal.invalid(
                    "push_config.oidc_token.service_account_email is missing; without an account"
                            + " leave oidc_token out.");
        }
        return given.getAttributesCount() > 0
                ? given
                : given.toBuilder().putAttributes(VERSION, "v1").build();
    }

    private static void checkEndpoint(String endpoint) {
        URI uri = parse(endpoint);
        String scheme = uri == null ? null : uri.getScheme();
        if (uri == null
                || uri.getHost() == null
                || scheme == null
                || !Set.of("http", "https").contains(scheme.toLowerCase(Locale.ROOT))
                || uri.getRawUserInfo() != null
                || uri.getRawFragment() != null) {
            throw Refusal.invalid(
                    "Invalid push endpoint given (endpoint=%s): it must be an http or https URL"
                            + " without user and fragment, of at most %d characters.",
                    endpoint, LONGEST_ENDPOINT);
        }
        boolean local = HOSTS.contains(uri.getHost().toLowerCase(Locale.ROOT));
        if (!local || !scheme.equalsIgnoreCase("http")) {
            throw Refusal.invalid(
                    "Invalid push endpoint given (endpoint=%s): the local cloud calls nobody but"
                            + " this machine, by http. Use one of http://localhost:PORT,"
                            + " http://127.0.0.1:PORT, http://[::1]:PORT with any path.",
                    endpoint);
        }
    }

    private static @Nullable URI parse(String endpoint) {
        try {
            return endpoint.length() > LONGEST_ENDPOINT ? null : new URI(endpoint);
        } catch (URISyntaxException _) {
            return null;
        }
    }

    private static void checkAttributes(Map<String, String> attributes) {
        attributes.forEach(
                (key, value) -> {
                    if (!key.equals(VERSION)) {
                        throw Refusal.invalid(
                                "push_config.attributes: %s is none; there is only %s.",
                                key, VERSION);
                    }
                    if (value.equals("v1beta1")) {
                        throw Refusal.unimplemented(
                                "push_config.attributes: " + VERSION + "=v1beta1");
                    }
                    if (!VERSIONS.contains(value)) {
                        throw Refusal.invalid(
                                "push_config.attributes: %s must be v1 or v1beta2, not %s.",
                                VERSION, value);
                    }
                });
    }
}
