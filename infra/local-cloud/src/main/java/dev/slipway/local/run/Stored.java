package dev.slipway.local.run;

import com.google.cloud.run.v2.Revision;
import com.google.cloud.run.v2.RevisionTemplate;
import com.google.cloud.run.v2.Service;
import com.google.iam.v1.Policy;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageLite;
import com.google.protobuf.Parser;
import dev.slipway.local.State;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import org.h2.mvstore.MVMap;

/**
 * Services, revisions and what belongs to them, kept over restarts under their full names. Every
 * stored change of a service or revision gives it a new etag.
 */
final class Stored {
    private final MVMap<String, byte[]> services;
    private final MVMap<String, byte[]> revisions;
    private final MVMap<String, byte[]> templates;
    private final MVMap<String, byte[]> digests;
    private final MVMap<String, byte[]> policies;
    private final MVMap<String, byte[]> ports;

    Stored(State state) {
        this.services = state.map("run.services");
        this.revisions = state.map("run.revisions");
        this.templates = state.map("run.templates");
        this.digests = state.map("run.digests");
        this.policies = state.map("run.policies");
        this.ports = state.map("run.ports");
    }

    Optional<Service> service(ServiceName name) {
        return read(services, name.full(), Service.parser());
    }

    /** All whose full name begins so. */
    List<Service> services(String prefix) {
        return list(services, prefix, Service.parser());
    }

    /** How many services there are below a prefix. */
    int count(String prefix) {
        String first = services.ceilingKey(prefix);
        String last = services.lowerKey(prefix + Character.MAX_VALUE);
        return first == null || last == null || !first.startsWith(prefix)
                ? 0
                : (int) (services.getKeyIndex(last) - services.getKeyIndex(first) + 1);
    }

    Service put(Service service) {
        Service next = service.toBuilder().setEtag(etag()).build();
        services.put(next.getName(), next.toByteArray());
        return next;
    }

    Optional<Revision> revision(RevisionName name) {
        return read(revisions, name.full(), Revision.parser());
    }

    /** All whose full name begins so. */
    List<Revision> revisions(String prefix) {
        return list(revisions, prefix, Revision.parser());
    }

    List<Revision> revisions(ServiceName name) {
        return revisions(name.full() + "/revisions/");
    }

    Revision put(Revision revision) {
        Revision next = revision.toBuilder().setEtag(etag()).build();
        revisions.put(next.getName(), next.toByteArray());
        return next;
    }

    /** The template that a revision was made of, without its name. */
    RevisionTemplate template(String revision) {
        return read(templates, revision, RevisionTemplate.parser()).orElseThrow();
    }

    void putTemplate(RevisionName name, RevisionTemplate template) {
        templates.put(name.full(), template.toByteArray());
    }

    /** The digest of the manifest that a revision's image meant when it was first pulled. */
    Optional<String> digest(String revision) {
        return Optional.ofNullable(digests.get(revision))
                .map(bytes -> new String(bytes, StandardCharsets.UTF_8));
    }

    void putDigest(String revision, String digest) {
        digests.put(revision, digest.getBytes(StandardCharsets.UTF_8));
    }

    Policy policy(ServiceName name) {
        return read(policies, name.full(), Policy.parser()).orElse(Policy.getDefaultInstance());
    }

    void putPolicy(ServiceName name, Policy policy) {
        policies.put(name.full(), policy.toByteArray());
    }

    OptionalInt port(ServiceName name) {
        byte[] port = ports.get(name.full());
        return port == null
                ? OptionalInt.empty()
                : OptionalInt.of(Integer.parseInt(new String(port, StandardCharsets.UTF_8)));
    }

    void putPort(ServiceName name, int port) {
        ports.put(name.full(), Integer.toString(port).getBytes(StandardCharsets.UTF_8));
    }

    /** Whether a service has this port, running or not. */
    boolean taken(int port) {
        String text = Integer.toString(port);
        return ports.values().stream()
                .anyMatch(used -> new String(used, StandardCharsets.UTF_8).equals(text));
    }

    void remove(RevisionName name) {
        revisions.remove(name.full());
        templates.remove(name.full());
        digests.remove(name.full());
    }

    /**
     * Forgets the service; its revisions are removed before. Its port stays its own, as a URL at
     * Google does: pushes to it must not reach another service, but this one if it comes again.
     */
    void remove(ServiceName name) {
        policies.remove(name.full());
        services.remove(name.full());
    }

    static String etag() {
        return "\"" + UUID.randomUUID() + "\"";
    }

    private static <M extends MessageLite> Optional<M> read(
            MVMap<String, byte[]> map, String name, Parser<M> parser) {
        return Optional.ofNullable(map.get(name)).map(bytes -> parse(parser, bytes));
    }

    private static <M extends MessageLite> List<M> list(
            MVMap<String, byte[]> map, String prefix, Parser<M> parser) {
        List<M> found = new ArrayList<>();
        Iterator<String> names = map.keyIterator(prefix);
        while (names.hasNext()) {
            String name = names.next();
            if (!name.startsWith(prefix)) {
                break;
            }
            read(map, name, parser).ifPresent(found::add);
        }
        return found;
    }

    private static <M extends MessageLite> M parse(Parser<M> parser, byte[] bytes) {
        try {
            return parser.parseFrom(bytes);
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("the local cloud's state is damaged", e);
        }
    }
}
