package dev.slipway.deploy;

import dev.slipway.contracts.DeploymentId;
import dev.slipway.contracts.ServiceKey;
import dev.slipway.contracts.Verdict;
import dev.slipway.deploy.Actions.Result;
import dev.slipway.deploy.decide.DeployStep.OfTrigger;
import dev.slipway.deploy.decide.Marks;
import dev.slipway.deploy.decide.RequestFacts;
import dev.slipway.deploy.decide.RequestStep;
import dev.slipway.deploy.decide.RequestStep.Await;
import dev.slipway.deploy.decide.RequestStep.BeginDeployment;
import dev.slipway.deploy.decide.RequestStep.CarryOnDeployment;
import dev.slipway.deploy.decide.RequestStep.Choose;
import dev.slipway.deploy.decide.RequestStep.ChooseParent;
import dev.slipway.deploy.decide.RequestStep.CloseDeployment;
import dev.slipway.deploy.decide.RequestStep.Delete;
import dev.slipway.deploy.decide.RequestStep.EndDeployment;
import dev.slipway.deploy.decide.RequestStep.Finish;
import dev.slipway.deploy.decide.RequestStep.Leave;
import dev.slipway.deploy.decide.RequestStep.Mark;
import dev.slipway.deploy.decide.RequestStep.RaiseAbsent;
import dev.slipway.deploy.decide.RequestStep.Route;
import dev.slipway.deploy.decide.RequestStep.Trigger;
import dev.slipway.deploy.decide.ServiceSeen;
import dev.slipway.deploy.gateway.Services;
import dev.slipway.kit.Ending;
import dev.slipway.kit.Requests;
import dev.slipway.ledger.DeploymentRecord;
import dev.slipway.ledger.Ledger;
import dev.slipway.ledger.RequestRecord;
import dev.slipway.ledger.RequestRecord.End;
import dev.slipway.ledger.Stage;
import dev.slipway.ledger.Versioned;
import dev.slipway.ledger.Waiting;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Does one step of a request: a swap, or one write to the service under its etag. */
@Singleton
record RequestActions(
        Ledger ledger,
        Ending ending,
        Requests requests,
        Services services,
        TriggerActions triggers,
        ContinueDeploy deploy,
        DeployAgain again,
        TriggerSweep sweep,
        DeployCounters counters) {
    private static final Logger LOG = Logger.getLogger(RequestActions.class);
    private static final Duration UNTIL_LOOKED_AT_AGAIN = Duration.ofSeconds(10);

    /** Does the step on exactly what was read. */
    Result act(Versioned<RequestRecord> read, RequestStep step, RequestFacts facts) {
        RequestRecord record = read.value();
        return switch (step) {
            case Leave _ -> Result.SETTLED;
            case Await _ -> Result.WATCHED;
            case Choose(String revision) -> swap(read, record.acting(revision));
            case Mark(Marks marks) -> mark(facts, marks);
            case Route route -> route(facts, route);
            case Delete(String why) -> delete(facts, why);
            case RaiseAbsent() -> raiseAbsent(record);
            case Trigger trigger -> trigger(record, trigger);
            case ChooseParent(DeploymentId parent) -> swap(read, record.actingOn(parent));
            case BeginDeployment(DeploymentRecord parent) -> begin(read, parent);
            case EndDeployment(Verdict verdict) -> endDeployment(record, verdict);
            case CloseDeployment(Verdict verdict) -> closeDeployment(record, verdict);
            case CarryOnDeployment() -> carryOn(read);
            case Finish(End end) -> finish(read, end);
        };
    }

    private Result swap(Versioned<RequestRecord> read, RequestRecord next) {
        return ledger.swap(read, next).isPresent() ? Result.MOVED : Result.LOST;
    }

    /** Records that nothing can happen now; a sweep takes it up again. */
    Result pause(Versioned<RequestRecord> read, Waiting waiting) {
        Optional<Versioned<RequestRecord>> written =
                ledger.swap(read, read.value().waiting(waiting));
        written.ifPresent(paused -> requests.show(paused.value()));
        return written.isPresent() ? Result.SETTLED : Result.LOST;
    }

    private Result mark(RequestFacts facts, Marks marks) {
        ServiceSeen seen = facts.service().orElseThrow();
        services.mark(service(facts), seen.etag(), marks.on(seen.annotations()));
        return written(facts, "marked");
    }

    private Result route(RequestFacts facts, Route route) {
        ServiceSeen seen = facts.service().orElseThrow();
        services.route(
                service(facts),
                seen.etag(),
                route.marks().on(seen.annotations()),
                route.revision(),
                route.access());
        return written(facts, "rolled back to " + route.revision());
    }

    private Result delete(RequestFacts facts, String why) {
        services.delete(service(facts), facts.service().orElseThrow().etag());
        counters.deleted();
        return written(facts, "deleted: " + why);
    }

    private Result written(RequestFacts facts, String what) {
        counters.written();
        LOG.infof("request=%s service=%s %s", facts.record().request(), service(facts), what);
        return Result.MOVED;
    }

    private Result raiseAbsent(RequestRecord record) {
        ledger.raiseAbsent(record.service(), record.order());
        return Result.MOVED;
    }

    private Result trigger(RequestRecord record, Trigger trigger) {
        if (!(trigger.step() instanceof OfTrigger step)) {
            throw new IllegalArgumentException(trigger + " is no step of a trigger");
        }
        LOG.infof(
                "request=%s service=%s %s", record.request(), record.service(), triggers.act(step));
        return Result.MOVED;
    }

    private Result begin(Versioned<RequestRecord> read, DeploymentRecord parent) {
        again.begin(read.value(), parent);
        return finish(read, End.deployed(read.value().request()));
    }

    /** Nothing of it was ever written to Cloud Run, and its build is over. */
    private Result endDeployment(RequestRecord record, Verdict verdict) {
        return target(record)
                        .filter(read -> read.value().stage() == Stage.BUILT)
                        .filter(read -> ending.end(read, verdict, null))
                        .isPresent()
                ? Result.MOVED
                : Result.LOST;
    }

    private Result closeDeployment(RequestRecord record, Verdict verdict) {
        return target(record)
                        .filter(read -> read.value().stage() == Stage.DEPLOYING)
                        .flatMap(read -> ledger.swap(read, read.value().closing(verdict)))
                        .isPresent()
                ? Result.MOVED
                : Result.LOST;
    }

    /** One that waits, for a release or for another rollout, lets the request wait as well. */
    private Result carryOn(Versioned<RequestRecord> read) {
        DeploymentId deployment = Objects.requireNonNull(read.value().deployment());
        deploy.run(deployment, Optional.empty());
        Optional<Versioned<DeploymentRecord>> after = ledger.deployment(deployment);
        Waiting waiting = after.map(found -> found.value().waiting()).orElse(null);
        boolean over = after.filter(found -> found.value().isDone()).isPresent();
        if (over) {
            return Result.MOVED;
        }
        return pause(
                read,
                waiting != null
                        ? waiting
                        : new Waiting(
                                Waiting.Cause.ROLLOUT, read.updated().plus(UNTIL_LOOKED_AT_AGAIN)));
    }

    private Optional<Versioned<DeploymentRecord>> target(RequestRecord record) {
        return ledger.deployment(Objects.requireNonNull(record.deployment()));
    }

    /** Ends it. */
    Result finish(Versioned<RequestRecord> read, End end) {
        if (!requests.end(read, end)) {
            return Result.LOST;
        }
        ServiceKey service = read.value().service();
        switch (Objects.requireNonNull(read.value().kind())) {
            case RELEASE -> carryOnNewest(service);
            case ROLLBACK, UNDEPLOY -> sweep.expect(service);
            case HOLD, CANCEL, REDRIVE, REDEPLOY -> {}
        }
        return Result.SETTLED;
    }

    /** Nobody else would before the next sweep. */
    private void carryOnNewest(ServiceKey service) {
        var newest = ledger.service(service).newest();
        if (newest != null) {
            deploy.run(newest.deployment(), Optional.empty());
        }
    }

    private static ServiceKey service(RequestFacts facts) {
        return facts.record().service();
    }
}
