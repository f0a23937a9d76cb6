package dev.slipway.deploy;

import dev.slipway.contracts.Reason;
import dev.slipway.contracts.ServiceKey;
import dev.slipway.contracts.Topology;
import dev.slipway.contracts.Verdict;
import dev.slipway.deploy.decide.DeployFacts;
import dev.slipway.deploy.decide.DeployStep;
import dev.slipway.deploy.decide.DeployStep.Await;
import dev.slipway.deploy.decide.DeployStep.Begin;
import dev.slipway.deploy.decide.DeployStep.Close;
import dev.slipway.deploy.decide.DeployStep.Create;
import dev.slipway.deploy.decide.DeployStep.Delete;
import dev.slipway.deploy.decide.DeployStep.Deploy;
import dev.slipway.deploy.decide.DeployStep.DeployAgain;
import dev.slipway.deploy.decide.DeployStep.End;
import dev.slipway.deploy.decide.DeployStep.Leave;
import dev.slipway.deploy.decide.DeployStep.OfTrigger;
import dev.slipway.deploy.decide.DeployStep.RaiseAbsent;
import dev.slipway.deploy.decide.DeployStep.Route;
import dev.slipway.deploy.decide.DeployStep.Wait;
import dev.slipway.deploy.decide.Marks;
import dev.slipway.deploy.decide.RevisionSeen;
import dev.slipway.deploy.decide.ServicePlan;
import dev.slipway.deploy.decide.ServiceSeen;
import dev.slipway.deploy.gateway.RevisionLogs;
import dev.slipway.deploy.gateway.Services;
import dev.slipway.kit.Answers;
import dev.slipway.kit.Ending;
import dev.slipway.kit.SlipwayConfig;
import dev.slipway.ledger.DeploymentRecord;
import dev.slipway.ledger.Ledger;
import dev.slipway.ledger.Versioned;
import dev.slipway.ledger.Waiting;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Does one step: a swap of the record, or one write to the service under its etag. */
@Singleton
record Actions(
        Ledger ledger,
        Ending ending,
        Answers answers,
        Services services,
        TriggerActions triggers,
        RevisionLogs logs,
        DeployCounters counters,
        SlipwayConfig config,
        Topology topology) {
    private static final Logger LOG = Logger.getLogger(Actions.class);

    /** What a step left behind. */
    enum Result {
        /** Nothing more to do now. */
        SETTLED,
        /** Something moved on: read again. */
        MOVED,
        /** Cloud Run is at it: read again in a moment. */
        WATCHED,
        /** Somebody else changed the record first: wait a little and read again. */
        LOST
    }

    /** Does a step that needs nothing but the record. */
    Result act(Versioned<DeploymentRecord> read, DeployStep step) {
        return act(read, step, null);
    }

    /**
     * Does the step on exactly what was read.
     *
     * @param facts what it was decided on; needed for those that write to the service
     */
    Result act(Versioned<DeploymentRecord> read, DeployStep step, @Nullable DeployFacts facts) {
        return switch (step) {
            case Leave(String why) -> leave(read.value(), why);
            case Wait(Waiting waiting) -> pause(read, waiting);
            case Await(_, String why) -> watch(read.value(), why);
            case Begin() -> begin(read).isPresent() ? Result.MOVED : Result.LOST;
            case DeployAgain(String why) -> again(read, why);
            case RaiseAbsent() -> raiseAbsent(read.value());
            case Close(Verdict verdict, RevisionSeen failed) -> close(read, verdict, failed);
            case End(Verdict verdict, String url) -> end(read, verdict, url);
            case Create(Marks marks) -> create(of(facts), marks);
            case Deploy(Marks marks) -> deploy(of(facts), marks);
            case Route route -> route(of(facts), route);
            case Delete(String why) -> delete(of(facts), why);
            case OfTrigger trigger -> change(read.value(), trigger);
        };
    }

    private static DeployFacts of(@Nullable DeployFacts facts) {
        if (facts == null) {
            throw new IllegalArgumentException("a write to the service needs what was read of it");
        }
        return facts;
    }

    private Result leave(DeploymentRecord record, String why) {
        LOG.debugf("deployment=%s is left: %s", record.deployment(), why);
        return Result.SETTLED;
    }

    private Result watch(DeploymentRecord record, String why) {
        LOG.debugf("deployment=%s is watched: %s", record.deployment(), why);
        return Result.WATCHED;
    }

    private Result pause(Versioned<DeploymentRecord> read, Waiting waiting) {
        Optional<Versioned<DeploymentRecord>> written =
                ledger.swap(read, read.value().waiting(waiting));
        written.ifPresent(
                paused -> {
                    answers.show(paused);
                    tellIfUnclosed(paused.value(), waiting);
                    LOG.infof(
                            "deployment=%s waits for %s until %s",
                            paused.value().deployment(), waiting.cause(), waiting.notBefore());
                });
        return written.isPresent() ? Result.SETTLED : Result.LOST;
    }

    /** The verdict can only be told once the service may be written again: somebody has to act. */
    private void tellIfUnclosed(DeploymentRecord record, Waiting waiting) {
        if (record.closing() != null && waiting.cause() == Waiting.Cause.PERMISSION) {
            counters.unclosed();
            LOG.errorf(
                    "alert=unclosed deployment=%s ends as %s once the service %s may be written",
                    record.deployment(), record.closing().outcome(), record.requireService());
        }
    }

    /** The record after it; empty where somebody else changed it first. */
    Optional<Versioned<DeploymentRecord>> begin(Versioned<DeploymentRecord> read) {
        Optional<Versioned<DeploymentRecord>> written = ledger.swap(read, read.value().deploying());
        written.ifPresent(
                deploying -> {
                    counters.begun();
                    answers.show(deploying);
                });
        return written;
    }

    private Result again(Versioned<DeploymentRecord> read, String why) {
        if (ledger.swap(read, read.value().deployAgain()).isEmpty()) {
            return Result.LOST;
        }
        counters.repeated();
        LOG.warnf("deployment=%s is deployed again: %s", read.value().deployment(), why);
        return Result.MOVED;
    }

    private Result raiseAbsent(DeploymentRecord record) {
        ledger.raiseAbsent(record.requireService(), record.order());
        return Result.MOVED;
    }

    private Result close(
            Versioned<DeploymentRecord> read, Verdict verdict, @Nullable RevisionSeen failed) {
        Verdict told = failed == null ? verdict : withLog(read.value(), verdict, failed);
        if (ledger.swap(read, read.value().closing(told)).isEmpty()) {
            return Result.LOST;
        }
        LOG.warnf(
                "deployment=%s closing reason=%s %s",
                read.value().deployment(), told.reason(), told.message());
        return Result.MOVED;
    }

    private Verdict withLog(DeploymentRecord record, Verdict verdict, RevisionSeen failed) {
        return verdict.withLog(
                failed.logUrl(),
                logs.lastLines(record.requireService(), failed.name(), failed.logUrl()));
    }

    private Result end(
            Versioned<DeploymentRecord> read, Verdict verdict, @Nullable String serviceUrl) {
        if (!ending.end(read, verdict, serviceUrl)) {
            return Result.LOST;
        }
        Reason reason = verdict.reason();
        counters.ended(reason);
        return Result.SETTLED;
    }

    private Result create(DeployFacts facts, Marks marks) {
        services.create(plan(facts), marks.on(Map.of()));
        return written(facts, "created");
    }

    private Result deploy(DeployFacts facts, Marks marks) {
        ServiceSeen seen = facts.service().orElseThrow();
        services.deploy(plan(facts), seen.etag(), marks.on(seen.annotations()));
        return written(facts, "given a new revision");
    }

    private Result route(DeployFacts facts, Route route) {
        ServiceSeen seen = facts.service().orElseThrow();
        services.route(
                service(facts),
                seen.etag(),
                route.marks().on(seen.annotations()),
                route.revision(),
                route.access());
        return written(facts, "routed to " + route.revision());
    }

    private Result delete(DeployFacts facts, String why) {
        services.delete(service(facts), facts.service().orElseThrow().etag());
        counters.deleted();
        return written(facts, "deleted: " + why);
    }

    private Result change(DeploymentRecord record, OfTrigger trigger) {
        LOG.infof("deployment=%s %s", record.deployment(), triggers.act(trigger));
        return Result.MOVED;
    }

    private Result written(DeployFacts facts, String what) {
        counters.written();
        LOG.infof("deployment=%s service=%s %s", facts.record().deployment(), service(facts), what);
        return Result.MOVED;
    }

    private static ServiceKey service(DeployFacts facts) {
        return facts.record().requireService();
    }

    private ServicePlan plan(DeployFacts facts) {
        return ServicePlan.of(
                facts.record(),
                facts.manifest(),
                config.project(),
                topology.identity("runtime").email(config.project()));
    }
}
