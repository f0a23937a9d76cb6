package dev.slipway.deploy.decide;

import dev.slipway.contracts.manifest.Access;
import dev.slipway.ledger.Order;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A service and its revisions as Cloud Run shows them: what is wanted (spec) and what serves
 * (status) apart.
 *
 * @param etag names exactly this state; every write carries it
 * @param annotations all of them, everybody's
 * @param marks ours among them
 * @param access who may call
 * @param deleting whether it is on its way out
 * @param template the name of the revision that the template asks for, empty where Cloud Run picks
 * @param wanted the traffic of the spec
 * @param serving the traffic of the status
 * @param uri where it answers, once it has an address
 * @param message what Cloud Run says of its state, if anything
 */
public record ServiceSeen(
        String etag,
        Map<String, String> annotations,
        Marks marks,
        Access access,
        boolean deleting,
        Progress progress,
        String template,
        List<Share> wanted,
        List<Share> serving,
        List<RevisionSeen> revisions,
        @Nullable String uri,
        @Nullable String message) {
    private static final int ALL = 100;

    /** How far Cloud Run is with the spec. */
    public enum Progress {
        /** It still works on it. */
        SETTLING,
        /** The status is what the spec asks for. */
        SUCCEEDED,
        /** It gave up; the status is what served before. */
        FAILED
    }

    /** A revision's part of the traffic, in percent. */
    public record Share(String revision, int percent) {}

    /** Copies the collections. */
    public ServiceSeen {
        annotations = Map.copyOf(annotations);
        wanted = List.copyOf(wanted);
        serving = List.copyOf(serving);
        revisions = List.copyOf(revisions);
    }

    /**
     * The greatest order that ever wrote here, by the service's annotation and its revisions',
     * which stay when somebody wipes the annotations; empty is not zero.
     */
    public Optional<Order> fence() {
        return Stream.concat(
                        Stream.ofNullable(marks.order()),
                        revisions.stream()
                                .map(RevisionSeen::origin)
                                .filter(Objects::nonNull)
                                .map(Origin::order))
                .max(Order::compareTo);
    }

    /**
     * The settled {@code live}: the ready revision that holds the full traffic by the status, else
     * what stood there.
     */
    public Optional<String> live() {
        return revisions.stream()
                .filter(revision -> revision.state() == RevisionSeen.State.READY)
                .map(RevisionSeen::name)
                .filter(name -> holdsAll(serving, name))
                .findFirst()
                .or(() -> Optional.ofNullable(marks.live()));
    }

    /** Whether the status lags the spec: nobody writes then. */
    public boolean isLagging() {
        return progress == Progress.SETTLING
                || wanted.stream()
                        .flatMap(share -> revision(share.revision()).stream())
                        .anyMatch(revision -> revision.state() == RevisionSeen.State.UNDECIDED);
    }

    /** Whether the spec gives all traffic to this revision. */
    public boolean wants(String revision) {
        return holdsAll(wanted, revision);
    }

    /** Whether by the status all traffic goes to this revision. */
    public boolean serves(String revision) {
        return holdsAll(serving, revision);
    }

    /** The revision with this name, if it is there. */
    public Optional<RevisionSeen> revision(String name) {
        return revisions.stream().filter(revision -> revision.name().equals(name)).findFirst();
    }

    /** Whether triggers may ever have been made for it. */
    public boolean mayHaveTriggers() {
        return revisions.stream()
                .map(RevisionSeen::origin)
                .anyMatch(origin -> origin != null && origin.events());
    }

    /** Whether deployments wait; what has nothing live cannot be held. */
    public boolean isHeld() {
        return marks.held() != null && marks.held().on() && live().isPresent();
    }

    /** Whether every revision of it came from something newer. */
    boolean isAllNewerThan(Order order) {
        return revisions.stream()
                .map(RevisionSeen::origin)
                .allMatch(origin -> origin != null && origin.order().newerThan(order));
    }

    /** When it was released last, if it ever was held, by the storage's clock. */
    public Optional<Instant> released() {
        return Optional.ofNullable(marks.held())
                .filter(held -> !held.on())
                .map(held -> Instant.ofEpochMilli(held.order().timeCreated()));
    }

    private static boolean holdsAll(List<Share> traffic, String revision) {
        return traffic.stream()
                        .filter(share -> share.revision().equals(revision))
                        .mapToInt(Share::percent)
                        .sum()
                == ALL;
    }
}
