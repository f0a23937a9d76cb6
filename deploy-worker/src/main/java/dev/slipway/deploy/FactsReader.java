package dev.slipway.deploy;

import dev.slipway.contracts.DeploymentId;
import dev.slipway.contracts.Digest;
import dev.slipway.contracts.Outcome;
import dev.slipway.contracts.Verdict;
import dev.slipway.contracts.manifest.Access;
import dev.slipway.contracts.manifest.Manifest;
import dev.slipway.deploy.decide.DeployFacts;
import dev.slipway.deploy.decide.Origin;
import dev.slipway.deploy.decide.RevisionSeen;
import dev.slipway.deploy.decide.Rules;
import dev.slipway.deploy.decide.ServiceSeen;
import dev.slipway.deploy.gateway.Services;
import dev.slipway.kit.SlipwayConfig;
import dev.slipway.ledger.DeploymentRecord;
import dev.slipway.ledger.Ledger;
import dev.slipway.ledger.Marker;
import dev.slipway.ledger.Order;
import dev.slipway.ledger.ServiceEntry;
import dev.slipway.ledger.Versioned;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Optional;

/** Reads all that a decision about a deployment rests on. */
@Singleton
record FactsReader(Ledger ledger, Services services, SlipwayConfig config, DeployConfig deploy) {
    /**
     * The facts as they stand. The service is read last: a service that is missing after {@code
     * absent} was seen raised can only come back as a ghost.
     *
     * @param known what {@code services/} said just before, so that it need not be read again
     */
    DeployFacts read(Versioned<DeploymentRecord> read, Instant now, Optional<ServiceEntry> known) {
        DeploymentRecord record = read.value();
        Manifest manifest = manifest(record.requireManifest());
        ServiceEntry entry = known.orElseGet(() -> ledger.service(record.requireService()));
        Optional<ServiceSeen> service = services.get(record.requireService());
        return new DeployFacts(
                record,
                record.since(read.updated()),
                now,
                rules(),
                entry,
                service,
                manifest,
                service.flatMap(seen -> fenceOutcome(seen, entry)),
                record.closing() == null ? Optional.empty() : service.flatMap(this::liveAccess));
    }

    /** What this installation lets deployments do. */
    Rules rules() {
        return new Rules(
                config.installation(),
                config.policy().adoptForeignServices(),
                config.policy().publicAccess(),
                deploy.deadline());
    }

    /** How the deployment at the fence ended; asked for only where that makes a difference. */
    Optional<Outcome> fenceOutcome(ServiceSeen seen, ServiceEntry entry) {
        return seen.fence()
                .filter(fence -> fence.equals(entry.absent()))
                .flatMap(fence -> ledger.deployment(deploymentOf(fence)))
                .map(read -> read.value().verdict())
                .map(Verdict::outcome);
    }

    private static DeploymentId deploymentOf(Order order) {
        return Marker.of(order).deployment();
    }

    /** A live revision that an adopted service brought along has no manifest here. */
    private Optional<Access> liveAccess(ServiceSeen seen) {
        return seen.live()
                .flatMap(seen::revision)
                .map(RevisionSeen::origin)
                .map(Origin::manifest)
                .flatMap(this::findManifest)
                .map(Manifest::access);
    }

    private Manifest manifest(Digest digest) {
        return findManifest(digest)
                .orElseThrow(
                        () ->
                                new IllegalStateException(
                                        "the ledger has no manifest "
                                                + digest
                                                + ", which a deployment names"));
    }

    private Optional<Manifest> findManifest(Digest digest) {
        return ledger.manifest(digest).map(normalised -> parse(digest, normalised));
    }

    private static Manifest parse(Digest digest, byte[] normalised) {
        try {
            return Manifest.parse(normalised);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "the ledger's manifest " + digest + " does not parse; it is left as it is", e);
        }
    }
}
