package dev.slipway.deploy.decide;

import dev.slipway.contracts.DeploymentId;
import dev.slipway.contracts.ObjectVersion;
import dev.slipway.contracts.Request;
import dev.slipway.contracts.RequestKind;
import dev.slipway.contracts.manifest.Manifest;
import dev.slipway.ledger.DeploymentRecord;
import dev.slipway.ledger.Marker;
import dev.slipway.ledger.Order;
import dev.slipway.ledger.RequestRecord;
import dev.slipway.ledger.ServiceEntry;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A situation that a request of order 5 is decided in. */
final class Asked {
    static final Order MINE =
            Order.of(
                    new ObjectVersion("p-inst-ledger", "requests/europe-west1/hello/r1.json", 500),
                    Situation.MINE.timeCreated());

    RequestRecord record;
    Instant now = Instant.ofEpochMilli(MINE.timeCreated());
    final Situation around;
    Set<String> saidLive = Set.of();
    Optional<Manifest> target = Optional.empty();
    List<TriggerSeen> triggers = List.of();
    Optional<DeploymentRecord> deployment = Optional.empty();

    private Asked(Request request, Situation around) {
        this.record = record(request);
        this.around = around;
    }

    private static RequestRecord record(Request request) {
        return RequestRecord.received(
                Marker.of(MINE),
                Situation.HELLO,
                request.kind(),
                request.revision(),
                request.deployment(),
                request.dryRun(),
                request.correlation());
    }

    /** Where an older deployment, of order 3, serves. */
    static Asked whereOlderServes(Request request) {
        return new Asked(request, Situation.olderServes());
    }

    /** The same, of any kind. */
    static Asked whereOlderServes(RequestKind kind) {
        return whereOlderServes(request(kind));
    }

    /** Where nothing is. */
    static Asked whereNothingIs(RequestKind kind) {
        return new Asked(request(kind), Situation.empty());
    }

    private static Request request(RequestKind kind) {
        DeploymentId some = Situation.BUILT.deployment();
        return switch (kind) {
            case ROLLBACK -> Request.rollback(null);
            case HOLD -> Request.hold();
            case RELEASE -> Request.release();
            case UNDEPLOY -> Request.undeploy(false);
            case CANCEL -> Request.cancel(some);
            case REDRIVE -> Request.redrive(some);
            case REDEPLOY -> Request.redeploy();
        };
    }

    RequestFacts facts() {
        Order newest = around.newest;
        return new RequestFacts(
                record,
                Instant.ofEpochMilli(record.order().timeCreated()),
                now,
                around.rules,
                new ServiceEntry(
                        newest == null
                                ? null
                                : new ServiceEntry.Newest(newest, Marker.of(newest).deployment()),
                        around.absent),
                around.present ? Optional.of(around.service()) : Optional.empty(),
                around.fenceOutcome,
                saidLive,
                target,
                triggers,
                deployment);
    }

    RequestStep next() {
        return RequestDecision.next(facts());
    }
}
