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
import io.grpc.Status;
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
        return context == null ? OWNER : of(context);
    }

    /** The id of the identity that makes this call, or {@link #OWNER}. */
    static String of(ServiceRequestContext context) {
        String caller = context.attr(CALLER);
        return caller == null ? OWNER : caller;
    }

    /**
     * Those of the permissions that the caller has on the resource as a whole; grants that hold for
     * a prefix only do not count.
     *
     * @param resource as the topology names it: {@code project}, {@code bucket:drop}, {@code
     *     topic:source-stored}, …; what is granted on {@code project} counts for everything
     */
    public List<String> granted(String caller, String resource, List<String> permissions) {
        return permissions.stream()
                .filter(permission -> permits(caller, permission, resource, ""))
                .toList();
    }

    /**
     * Refuses the current call unless its caller may do this.
     *
     * @param resource see {@link #granted}
     * @param object the object's name where the resource is a bucket, else empty
     * @throws io.grpc.StatusRuntimeException PERMISSION_DENIED, naming caller, permission, resource
     */
    public void require(String permission, String resource, String object) {
        String caller = current();
        if (!permits(caller, permission, resource, object)) {
            throw Status.PERMISSION_DENIED
                    .withDescription(
                            "%s does not have %s access to %s %s"
                                    .formatted(caller, permission, resource, object)
                                    .strip())
                    .asRuntimeException();
        }
    }

    /** How the topology names a bucket: {@code bucket:staging} is every one that it does not. */
    public String bucket(String name) {
        return topology.buckets().stream()
                .filter(bucket -> bucket.name().equals(name))
                .findFirst()
                .map(bucket -> "bucket:" + bucket.id())
                .orElse("bucket:staging");
    }

    /**
     * How the topology names a topic by its short name; dead-letter topics end in {@code -dead}.
     */
    public String topic(String name) {
        return Stream.concat(
                        topology.topics().stream()
                                .filter(topic -> topic.name().equals(name))
                                .map(topic -> "topic:" + topic.id()),
                        topology.subscriptions().stream()
                                .filter(subscription -> subscription.deadLetterName().equals(name))
                                .map(subscription -> "topic:" + subscription.id() + "-dead"))
                .findFirst()
                .orElse("topic:" + name);
    }

    /** How the topology names a subscription by its short name. */
    public String subscription(String name) {
        return topology.subscriptions().stream()
                .filter(subscription -> subscription.name().equals(name))
                .findFirst()
                .map(subscription -> "subscription:" + subscription.id())
                .orElse("subscription:" + name);
    }

    private boolean permits(String caller, String permission, String resource, String object) {
        return caller.equals(OWNER)
                || topology.identity(caller).grants().stream()
                        .filter(grant -> grant.permissions().contains(permission))
                        .filter(grant -> grant.prefix() == null || covers(grant.prefix(), object))
                        .anyMatch(
                                grant ->
                                        grant.on().equals("project")
                                                || grant.on().equals(resource));
    }

    private static boolean covers(String prefix, String object) {
        return !object.isEmpty() && object.startsWith(prefix);
    }

    @Override
    public HttpResponse serve(
            HttpService delegate, ServiceRequestContext context, HttpRequest request)
            throws Exception {
        if (foreign(request)) {
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

    /** Whether a request names a host that is not this machine, or comes from a page of one. */
    public static boolean foreign(HttpRequest request) {
        return foreign(request.authority())
                || foreignOrigin(request.headers().get(HttpHeaderNames.ORIGIN));
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

    /** The id of the identity that has this bearer token; empty where nobody has. */
    public Optional<String> identify(String token) {
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
