package dev.slipway.local;

import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.server.DecoratingHttpServiceFunction;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import dev.slipway.contracts.Topology;
import io.netty.util.AttributeKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Who calls, told by the bearer token, and what the topology lets them do. Tokens are files {@code
 * tokens/<identity id>} of the installation's home; a call without a token acts as the project's
 * owner.
 */
public final class Callers implements DecoratingHttpServiceFunction {
    /** The owner of the project, who may do everything. */
    public static final String OWNER = "owner";

    private static final AttributeKey<String> CALLER =
            AttributeKey.valueOf(Callers.class, "CALLER");
    private static final List<String> HOSTS = List.of("127.0.0.1", "localhost", "[::1]");

    private final Path tokens;
    private final Topology topology;
    private final Map<String, String> identityByToken = new ConcurrentHashMap<>();

    /**
     * Reads the tokens below {@code home}; one that is written later is found when it is first
     * used.
     */
    public Callers(Path home, Topology topology) {
        this.tokens = home.resolve("tokens");
        this.topology = topology;
    }

    /** The id of the identity that makes the current call, or {@link #OWNER}. */
    public static String current() {
        ServiceRequestContext context = ServiceRequestContext.currentOrNull();
        String caller = context == null ? null : context.attr(CALLER);
        return caller == null ? OWNER : caller;
    }

    /**
     * Those of the permissions that the identity has on the resource.
     *
     * @param resources the ways the topology may name it: {@code project} counts for everything,
     *     {@code bucket:drop}, …
     */
    public List<String> granted(String caller, List<String> resources, List<String> permissions) {
        if (caller.equals(OWNER)) {
            return permissions;
        }
        List<String> held =
                topology.identity(caller).grants().stream()
                        .filter(
                                grant ->
                                        grant.on().equals("project")
                                                || resources.contains(grant.on()))
                        .flatMap(grant -> grant.permissions().stream())
                        .toList();
        return permissions.stream().filter(held::contains).toList();
    }

    @Override
    public HttpResponse serve(
            HttpService delegate, ServiceRequestContext context, HttpRequest request)
            throws Exception {
        if (foreign(request.authority())
                || foreignOrigin(request.headers().get(HttpHeaderNames.ORIGIN))) {
            return refuse(
                    HttpStatus.FORBIDDEN,
                    "only requests to a loopback host, from a page of one, are answered");
        }
        String header = request.headers().get(HttpHeaderNames.AUTHORIZATION);
        if (header != null && header.regionMatches(true, 0, "Bearer ", 0, 7)) {
            Optional<String> caller = identify(header.substring(7).strip());
            if (caller.isEmpty()) {
                return refuse(
                        HttpStatus.UNAUTHORIZED,
                        "the bearer token is none that this cloud's owner made");
            }
            context.setAttr(CALLER, caller.get());
        }
        return delegate.serve(context, request);
    }

    private static HttpResponse refuse(HttpStatus status, String why) {
        return HttpResponse.of(status, MediaType.PLAIN_TEXT_UTF_8, why + "\n");
    }

    private static boolean foreignOrigin(@Nullable String origin) {
        return origin != null && foreign(origin.replaceFirst("^[a-z]+://", ""));
    }

    private static boolean foreign(@Nullable String authority) {
        if (authority == null) {
            return true;
        }
        String host = authority.replaceFirst(":\\d+$", "");
        return HOSTS.stream().noneMatch(known -> host.equals(known) || host.endsWith("-" + known))
                && !host.endsWith(".localhost");
    }

    private Optional<String> identify(String token) {
        String known = identityByToken.get(token);
        if (known == null) {
            readTokens();
            known = identityByToken.get(token);
        }
        return Optional.ofNullable(known);
    }

    private void readTokens() {
        if (!Files.isDirectory(tokens)) {
            return;
        }
        try (Stream<Path> files = Files.list(tokens)) {
            for (Path file : files.toList()) {
                identityByToken.put(Files.readString(file).strip(), file.getFileName().toString());
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the tokens in " + tokens, e);
        }
    }
}
