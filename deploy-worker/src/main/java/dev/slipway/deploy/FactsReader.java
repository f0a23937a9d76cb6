package dev.slipway.deploy;

import dev.slipway.contracts.DeploymentId;
import dev.slipway.contracts.Outcome;
import dev.slipway.contracts.Topology;
import dev.slipway.contracts.Verdict;
import dev.slipway.contracts.manifest.Manifest;
import dev.slipway.deploy.decide.DeployDecision;
import dev.slipway.deploy.decide.DeployFacts;
import dev.slipway.deploy.decide.Fallback;
import dev.slipway.deploy.decide.Origin;
import dev.slipway.deploy.decide.OwnRevisions;
import dev.slipway.deploy.decide.RevisionSeen;
import dev.slipway.deploy.decide.Rules;
import dev.slipway.deploy.decide.ServiceSeen;
import dev.slipway.deploy.decide.TargetSeen;
import dev.slipway.deploy.decide.TriggerPlan;
import dev.slipway.deploy.decide.TriggerSeen;
import dev.slipway.deploy.gateway.Services;
import dev.slipway.deploy.gateway.Triggers;
import dev.slipway.kit.GatewayException;
import dev.slipway.kit.SlipwayConfig;
import dev.slipway.ledger.DeploymentRecord;
import dev.slipway.ledger.Ledger;
import dev.slipway.ledger.Marker;
import dev.slipway.ledger.Order;
import dev.slipway.ledger.ServiceEntry;
import dev.slipway.ledger.Stage;
import dev.slipway.ledger.Versioned;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Reads all that a decision about a deployment rests on. */
@Singleton
record FactsReader(
        Ledger ledger,
        Services services,
        Triggers triggers,
        SlipwayConfig config,
        DeployConfig deploy,
        Topology topology) {
    /**
     * The facts as they stand. The service is read last: a service that is missing after {@code
     * absent} was seen raised can only come back as a ghost.
     *
     * @param known what {@code services/} said just before, so that it need not be read again
     */
    DeployFacts read(Versioned<DeploymentRecord> read, Instant now, Optional<ServiceEntry> known) {
        DeploymentRecord record = read.value();
        Manifest manifest = ledger.requireManifest(record.requireManifest(), Manifest::parse);
        ServiceEntry entry = known.orElseGet(() -> ledger.service(record.requireService()));
        Optional<ServiceSeen> service = services.get(record.requireService());
        Instant since = since(read, service);
        return new DeployFacts(
                record,
                since,
                now,
                rules(),
                entry,
                service,
                manifest,
                service.flatMap(seen -> fenceOutcome(seen, entry)),
                record.closing() == null
                        ? Optional.empty()
                        : service.flatMap(seen -> fallback(record, seen)),
                triggers(record, manifest, service, rules().isOverdue(since, now)),
                record.stage() == Stage.BUILT ? targets(record, manifest) : List.of());
    }

    /** A deadline stands still while the service is held. */
    private Instant since(Versioned<DeploymentRecord> read, Optional<ServiceSeen> service) {
        Instant since = ledger.since(read);
        return service.flatMap(ServiceSeen::released).filter(since::isBefore).orElse(since);
    }

    /** Since when a deadline runs; empty where the service is held or cannot be asked. */
    Optional<Instant> runningSince(Versioned<DeploymentRecord> read) {
        try {
            Optional<ServiceSeen> service = services.get(read.value().requireService());
            return service.filter(ServiceSeen::isHeld).isPresent()
                    ? Optional.empty()
                    : Optional.of(since(read, service));
        } catch (GatewayException _) {
            return Optional.empty();
        }
    }

    private List<TriggerSeen> triggers(
            DeploymentRecord record,
            Manifest manifest,
            Optional<ServiceSeen> service,
            boolean overdue) {
        boolean asked = record.closing() == null || !overdue;
        return asked && DeployDecision.dependsOnTriggers(record, manifest, service)
                ? triggers.of(record.requireService())
                : List.of();
    }

    private List<TargetSeen> targets(DeploymentRecord record, Manifest manifest) {
        return TriggerPlan.of(config.installation(), record.requireService(), manifest).stream()
                .filter(TriggerPlan::namesTarget)
                .map(triggers::target)
                .toList();
    }

    /** What this installation lets deployments do. */
    Rules rules() {
        return new Rules(
                config.installation(),
                config.policy().adoptForeignServices(),
                config.policy().publicAccess(),
                deploy.deadline(),
                topology.topic("undelivered-events").name());
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

    private Optional<Manifest> fallback(DeploymentRecord record, ServiceSeen seen) {
        return Fallback.of(OwnRevisions.of(record), seen).flatMap(name -> manifestOf(seen, name));
    }

    /**
     * The manifest of a service's revision; one that an adopted service brought along has none
     * here.
     */
    Optional<Manifest> manifestOf(ServiceSeen seen, String revision) {
        return seen.revision(revision)
                .map(RevisionSeen::origin)
                .map(Origin::manifest)
                .flatMap(digest -> ledger.manifest(digest, Manifest::parse));
    }
}
