package dev.slipway.local.run;

import com.google.cloud.run.v2.Service;
import com.google.iam.v1.Policy;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.RequestHeaders;
import com.linecorp.armeria.common.RequestHeadersBuilder;
import dev.slipway.contracts.Topology;
import dev.slipway.local.Callers;
import dev.slipway.local.Settings;
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

    private final Stored stored;
    private final Callers callers;
    private final Topology topology;
    private final String project;

    Access(Stored stored, Callers callers, Settings settings) {
        this.stored = stored;
        this.callers = callers;
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
        if (token == null || service.getInvokerIamDisabled() || members.contains("allUsers")) {
            return Optional.empty();
        }
        Optional<String> caller = callers.identify(token);
        if (caller.isEmpty()) {
            return Optional.of(HttpStatus.UNAUTHORIZED);
        }
        boolean may =
                members.contains("allAuthenticatedUsers")
                        || members.contains("serviceAccount:" + email(caller.get()))
                        || !callers.granted(caller.get(), "project", List.of(PERMISSION)).isEmpty();
        return may ? Optional.empty() : Optional.of(HttpStatus.FORBIDDEN);
    }

    private static Set<String> invokers(Policy policy) {
        return policy.getBindingsList().stream()
                .filter(binding -> binding.getRole().equals(ROLE))
                .flatMap(binding -> binding.getMembersList().stream())
                .collect(Collectors.toSet());
    }

    /** Takes away a token of this cloud's own, as Cloud Run takes away the signature. */
    void strip(RequestHeaders headers, RequestHeadersBuilder upstream) {
        String token = token(headers);
        if (token != null && callers.identify(token).isPresent()) {
            upstream.remove(HttpHeaderNames.AUTHORIZATION);
        }
    }

    private static @Nullable String token(RequestHeaders headers) {
        String header = headers.get(HttpHeaderNames.AUTHORIZATION);
        return header != null && header.regionMatches(true, 0, "Bearer ", 0, 7)
                ? header.substring(7).strip()
                : null;
    }
}
