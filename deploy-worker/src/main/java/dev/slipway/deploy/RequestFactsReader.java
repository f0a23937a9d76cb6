package dev.slipway.deploy;

import dev.slipway.contracts.DeploymentId;
import dev.slipway.contracts.Outcome;
import dev.slipway.contracts.RequestKind;
import dev.slipway.contracts.ServiceKey;
import dev.slipway.contracts.Verdict;
import dev.slipway.contracts.manifest.Manifest;
import dev.slipway.deploy.decide.Origin;
import dev.slipway.deploy.decide.RequestFacts;
import dev.slipway.deploy.decide.RevisionSeen;
import dev.slipway.deploy.decide.ServiceSeen;
import dev.slipway.deploy.decide.TriggerSeen;
import dev.slipway.deploy.gateway.Services;
import dev.slipway.deploy.gateway.Triggers;
import dev.slipway.ledger.DeploymentRecord;
import dev.slipway.ledger.Ledger;
import dev.slipway.ledger.Order;
import dev.slipway.ledger.RequestRecord;
import dev.slipway.ledger.RequestRecord.Stage;
import dev.slipway.ledger.ServiceEntry;
import dev.slipway.ledger.Versioned;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads all that a decision about a request rests on. */
@Singleton
record RequestFactsReader(
        Ledger ledger, Services services, Triggers triggers, FactsReader deployments) {
    private static final Comparator<RevisionSeen> NEWEST_FIRST =
            Comparator.comparing(RequestFactsReader::order).reversed();

    /** Of so many revisions it is asked how their deployments ended: what was named, the newest. */
    private static final int MOST_LOOKED_AT = 50;

    /** The facts as they stand. The service is read after what {@code services/} says. */
    RequestFacts read(RequestRecord record, Instant since, Instant now) {
        return record.kind() == RequestKind.CANCEL || record.kind() == RequestKind.REDRIVE
                ? facts(record, since, now, ServiceEntry.NOTHING, Optional.empty())
                : facts(
                        record,
                        since,
                        now,
                        ledger.service(record.service()),
                        services.get(record.service()));
    }

    private RequestFacts facts(
            RequestRecord record,
            Instant since,
            Instant now,
            ServiceEntry entry,
            Optional<ServiceSeen> service) {
        Optional<Manifest> target = service.flatMap(seen -> target(record, seen));
        return new RequestFacts(
                record,
                since,
                now,
                deployments.rules(),
                entry,
                service,
                service.flatMap(seen -> deployments.fenceOutcome(seen, entry)),
                service.map(seen -> saidLive(record, seen)).orElse(Set.of()),
                target,
                triggers(record, service, target),
                deployment(record, service));
    }

    private Optional<DeploymentRecord> deployment(
            RequestRecord record, Optional<ServiceSeen> service) {
        return Optional.ofNullable(record.deployment())
                .or(() -> live(record, service))
                .flatMap(ledger::readableDeployment)
                .map(Versioned::value);
    }

    private static Optional<DeploymentId> live(
            RequestRecord record, Optional<ServiceSeen> service) {
        return service.filter(_ -> record.kind() == RequestKind.REDEPLOY)
                .flatMap(seen -> seen.live().flatMap(seen::revision))
                .map(RevisionSeen::origin)
                .map(Origin::deployment);
    }

    private Optional<Manifest> target(RequestRecord record, ServiceSeen seen) {
        return record.kind() == RequestKind.ROLLBACK && record.stage() == Stage.ACTING
                ? Optional.ofNullable(record.revision())
                        .flatMap(revision -> deployments.manifestOf(seen, revision))
                : Optional.empty();
    }

    private Set<String> saidLive(RequestRecord record, ServiceSeen seen) {
        if (record.kind() != RequestKind.ROLLBACK || record.stage() != Stage.RECEIVED) {
            return Set.of();
        }
        return seen.revisions().stream()
                .filter(revision -> revision.origin() != null)
                .sorted(askedFor(record).thenComparing(NEWEST_FIRST))
                .limit(MOST_LOOKED_AT)
                .filter(this::wasSaidLive)
                .map(RevisionSeen::name)
                .collect(Collectors.toSet());
    }

    private static Comparator<RevisionSeen> askedFor(RequestRecord record) {
        return Comparator.comparing(revision -> !revision.name().equals(record.revision()));
    }

    private static Order order(RevisionSeen revision) {
        return Objects.requireNonNull(revision.origin()).order();
    }

    private boolean wasSaidLive(RevisionSeen revision) {
        Origin origin = Objects.requireNonNull(revision.origin());
        DeploymentId deployment = origin.deployment();
        return ledger.readableDeployment(deployment)
                .map(read -> read.value().verdict())
                .map(Verdict::outcome)
                .filter(outcome -> outcome == Outcome.LIVE)
                .isPresent();
    }

    private List<TriggerSeen> triggers(
            RequestRecord record, Optional<ServiceSeen> service, Optional<Manifest> target) {
        ServiceKey key = record.service();
        boolean taken = record.kind() == RequestKind.UNDEPLOY;
        boolean changed =
                record.kind() == RequestKind.ROLLBACK
                        && record.stage() == Stage.ACTING
                        && (service.filter(ServiceSeen::mayHaveTriggers).isPresent()
                                || target.filter(to -> !to.eventTriggers().isEmpty()).isPresent());
        return taken || changed ? triggers.of(key) : List.of();
    }
}
