package dev.slipway.local.run;

import com.google.cloud.run.v2.Service;
import com.google.iam.v1.Policy;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.RequestHeaders;
import com.linecorp.armeria.common.RequestHeadersBuilder;
import dev.slipway.contracts.Topology;
import dev.slipway.local.Accounts;
import dev.slipway.local.Callers;
import dev.slipway.local.Settings;
import dev.slipway.local.identity.IdTokens;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Who may call a service. A request without a token is the project's owner's; to a service that
 * everybody may call, a token is its own concern.
 */
final class Access {
    private static final String PERMISSION = "run.routes.invoke";
    private static final String ROLE = "roles/run.invoker";
    private static final String NO_SIGNATURE = "SIGNATURE_REMOVED_BY_GOOGLE";

    private final Stored stored;
    private final Callers callers;
    private final Accounts accounts;
    private final IdTokens tokens;
    private final Topology topology;
    private final String project;

    Access(Stored stored, Callers callers, IdTokens tokens, Settings settings) {
        this.stored = stored;
        this.callers = callers;
        this.accounts = new Accounts(settings, callers);
        this.tokens = tokens;
        this.topology = Topology.of(settings.project(), settings.installation());
        this.project = settings.project();
    }

    /** The e-mail address by which resources name the caller of this identity. */
    String email(String caller) {
        return caller.equals(Callers.OWNER)
                ? "owner@" + project + ".local"
                : topology.identity(caller).email(project);
    }

    /** What to answer instead of the service, or nothing. */
    Optional<HttpStatus> refusal(ServiceName name, Service service, RequestHeaders headers) {
        String token = token(headers);
        Set<String> members = invokers(stored.policy(name));
        if (token == null || open(service, members)) {
            return Optional.empty();
        }
        Optional<String> caller = caller(service, token);
        if (caller.isEmpty()) {
            return Optional.of(HttpStatus.UNAUTHORIZED);
        }
        boolean may =
                members.contains("allAuthenticatedUsers")
                        || members.contains("serviceAccount:" + email(caller.get()))
                        || !callers.granted(caller.get(), "project", List.of(PERMISSION)).isEmpty();
        return may ? Optional.empty() : Optional.of(HttpStatus.FORBIDDEN);
    }

    private static boolean open(Service service, Set<String> members) {
        return service.getInvokerIamDisabled() || members.contains("allUsers");
    }

    /** Whose token it is: an ID token for this service, or one of this cloud's own. */
    private Optional<String> caller(Service service, String token) {
        return tokens.verify(token)
                .map(
                        claims ->
                                meant(claims.audience(), service)
                                        ? accounts.identity(claims.email())
                                        : Optional.<String>empty())
                .orElseGet(() -> callers.identify(token));
    }

    /** An audience is the service's URL, with a path or without, or one that it names itself. */
    private static boolean meant(String audience, Service service) {
        return service.getUrlsList().stream()
                        .anyMatch(url -> audience.equals(url) || audience.startsWith(url + "/"))
                || service.getCustomAudiencesList().contains(audience);
    }

    private static Set<String> invokers(Policy policy) {
        return policy.getBindingsList().stream()
                .filter(binding -> binding.getRole().equals(ROLE))
                .flatMap(binding -> binding.getMembersList().stream())
                .collect(Collectors.toSet());
    }

    /**
     * Takes away a token of this cloud's own, and the signature of one that was checked here, as
     * Cloud Run does.
     */
    void strip(
            ServiceName name,
            Service service,
            RequestHeaders headers,
            RequestHeadersBuilder upstream) {
        String token = token(headers);
        if (token == null) {
            return;
        }
        if (tokens.verify(token).isEmpty()) {
            if (callers.identify(token).isPresent()) {
                upstream.remove(HttpHeaderNames.AUTHORIZATION);
            }
        } else if (!open(service, invokers(stored.policy(name)))) {
            String signed = token.substring(0, token.lastIndexOf('.') + 1);
            upstream.set(HttpHeaderNames.AUTHORIZATION, "Bearer " + signed + NO_SIGNATURE);
        }
    }

    private static @Nullable String token(RequestHeaders headers) {
        String header = headers.get(HttpHeaderNames.AUTHORIZATION);
        return header != null && header.regionMatches(true, 0, "Bearer ", 0, 7)
                ? header.substring(7).strip()
                : null;
    }
}
