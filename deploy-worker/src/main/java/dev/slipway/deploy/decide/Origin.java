package dev.slipway.deploy.decide;

import dev.slipway.contracts.DeploymentId;
import dev.slipway.contracts.Digest;
import dev.slipway.contracts.manifest.Manifest;
import dev.slipway.ledger.DeploymentRecord;
import dev.slipway.ledger.Order;
import dev.slipway.ledger.Source;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Where a revision comes from, in annotations of its own that never change.
 *
 * @param source the digest of the source
 * @param build the digest of everything else that the image depends on
 * @param manifest the digest of the normalised manifest
 * @param events whether the manifest has triggers that send events; where no revision of a service
 *     says so, none was ever made for it, and nobody has to look
 */
public record Origin(
        Order order,
        DeploymentId deployment,
        Digest source,
        Digest build,
        Digest manifest,
        boolean events) {
    private static final String ORDER = "slipway.dev/order";
    private static final String DEPLOYMENT = "slipway.dev/deployment";
    private static final String SOURCE = "slipway.dev/source";
    private static final String BUILD = "slipway.dev/build";
    private static final String MANIFEST = "slipway.dev/manifest";
    private static final String EVENTS = "slipway.dev/events";

    /** What the revisions of this deployment say. */
    public static Origin of(DeploymentRecord record, Manifest wanted) {
        Source source = record.requireSource();
        return new Origin(
                record.order(),
                record.deployment(),
                source.digest(),
                source.buildDigest(),
                record.requireManifest(),
                !wanted.eventTriggers().isEmpty());
    }

    /**
     * What these annotations say; empty where they are none of ours.
     *
     * @throws IllegalArgumentException if they are ours and do not parse
     */
    public static Optional<Origin> of(Map<String, String> annotations) {
        if (!annotations.containsKey(ORDER)) {
            return Optional.empty();
        }
        return Optional.of(
                new Origin(
                        Order.parse(annotations.getOrDefault(ORDER, "")),
                        new DeploymentId(annotations.getOrDefault(DEPLOYMENT, "")),
                        new Digest(annotations.getOrDefault(SOURCE, "")),
                        new Digest(annotations.getOrDefault(BUILD, "")),
                        new Digest(annotations.getOrDefault(MANIFEST, "")),
                        Boolean.parseBoolean(annotations.get(EVENTS))));
    }

    /** As annotations of a revision. */
    public Map<String, String> annotations() {
        Map<String, String> annotations =
                Map.of(
                        ORDER, order.text(),
                        DEPLOYMENT, deployment.value(),
                        SOURCE, source.value(),
                        BUILD, build.value(),
                        MANIFEST, manifest.value());
        if (!events) {
            return annotations;
        }
        Map<String, String> marked = new TreeMap<>(annotations);
        marked.put(EVENTS, "true");
        return marked;
    }

    /** Whether the other one serves the same bytes in the same way. */
    boolean sameAs(Origin other) {
        return source.equals(other.source)
                && build.equals(other.build)
                && manifest.equals(other.manifest);
    }
}
