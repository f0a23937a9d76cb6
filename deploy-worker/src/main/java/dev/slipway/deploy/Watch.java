package dev.slipway.deploy;

import dev.slipway.contracts.DeploymentId;
import dev.slipway.deploy.Actions.Result;
import dev.slipway.deploy.decide.AfterFailure;
import dev.slipway.deploy.decide.AfterFailure.Attempt;
import dev.slipway.deploy.decide.DeployDecision;
import dev.slipway.deploy.decide.DeployFacts;
import dev.slipway.deploy.decide.DeployStep;
import dev.slipway.deploy.decide.DeployStep.AdjustTrigger;
import dev.slipway.deploy.decide.DeployStep.Await;
import dev.slipway.deploy.decide.DeployStep.Begin;
import dev.slipway.deploy.decide.DeployStep.Close;
import dev.slipway.deploy.decide.DeployStep.Create;
import dev.slipway.deploy.decide.DeployStep.CreateTrigger;
import dev.slipway.deploy.decide.DeployStep.Delete;
import dev.slipway.deploy.decide.DeployStep.DeleteTrigger;
import dev.slipway.deploy.decide.DeployStep.Deploy;
import dev.slipway.deploy.decide.DeployStep.DeployAgain;
import dev.slipway.deploy.decide.DeployStep.End;
import dev.slipway.deploy.decide.DeployStep.Leave;
import dev.slipway.deploy.decide.DeployStep.RaiseAbsent;
import dev.slipway.deploy.decide.DeployStep.Route;
import dev.slipway.deploy.decide.DeployStep.Wait;
import dev.slipway.kit.GatewayException;
import dev.slipway.ledger.DeploymentRecord;
import dev.slipway.ledger.ServiceEntry;
import dev.slipway.ledger.Stage;
import dev.slipway.ledger.StoreUnavailable;
import dev.slipway.ledger.Versioned;
import dev.slipway.ledger.Waiting;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jboss.logging.Logger;

/** One look after one rollout, until it is over, waits or is taken over. */
final class Watch {
    private static final Logger LOG = Logger.getLogger(Watch.class);
    private static final int ROUNDS = 300;
    private static final int UNKNOWN = -1;
    private static final Duration UNTIL_LOOKED_AT_AGAIN = Duration.ofSeconds(10);

    private final ContinueDeploy deploy;
    private final DeploymentId deployment;
    private final Optional<Instant> sweptAt;
    private final Patience patience;
    private final Known known;
    private long injection = UNKNOWN;
    private int lost;
    private int failures;

    Watch(
            ContinueDeploy deploy,
            DeploymentId deployment,
            Optional<Instant> sweptAt,
            Optional<Versioned<DeploymentRecord>> known) {
        this.deploy = deploy;
        this.deployment = deployment;
        this.sweptAt = sweptAt;
        this.patience = new Patience(deploy.pause(), deploy.config().watched());
        this.known = new Known(patience, known);
    }

    void run() {
        for (int round = 0; round < ROUNDS; round++) {
            deploy.backoff().before(lost);
            switch (round()) {
                case SETTLED -> {
                    return;
                }
                case MOVED -> {
                    lost = 0;
                    patience.refresh();
                }
                case WATCHED -> lost = 0;
                case LOST -> {
                    known.forget();
                    lost++;
                }
            }
        }
        throw new StoreUnavailable(
                "deployment " + deployment + " did not settle in " + ROUNDS + " rounds",
                true,
                null);
    }

    private Result round() {
        Optional<Versioned<DeploymentRecord>> read =
                known.record().or(() -> deploy.ledger().deployment(deployment));
        read.ifPresent(known::saw);
        if (read.isEmpty()) {
            LOG.errorf("alert=unrecorded deployment=%s has no record", deployment);
            return Result.SETTLED;
        }
        if (deploy.ending().isOver(read.get()) || isTakenOver(read.get().value())) {
            return Result.SETTLED;
        }
        return read.get().value().stage().compareTo(Stage.BUILT) < 0
                ? deploy.actions().act(read.get(), new Leave("it has no image yet"))
                : look(read.get());
    }

    /** A sweep found it standing still and goes on with it; it saves work. */
    private boolean isTakenOver(DeploymentRecord record) {
        if (injection == UNKNOWN) {
            injection = record.injection();
        }
        return record.injection() > injection;
    }

    private Result look(Versioned<DeploymentRecord> read) {
        DeployFacts facts;
        try {
            facts = facts(read);
        } catch (GatewayException e) {
            return unread(read, e);
        }
        DeployStep step = patiently(facts);
        try {
            Result result = act(read, step, facts);
            failures = 0;
            return result;
        } catch (GatewayException e) {
            return failed(read, e, attempt(step), facts.since());
        }
    }

    private static Attempt attempt(DeployStep step) {
        return switch (step) {
            case CreateTrigger _, AdjustTrigger _ -> Attempt.TRIGGER;
            case DeleteTrigger _ -> Attempt.TIDY;
            case Leave _,
                    Wait _,
                    Await _,
                    Begin _,
                    Create _,
                    Deploy _,
                    Route _,
                    Delete _,
                    RaiseAbsent _,
                    DeployAgain _,
                    Close _,
                    End _ ->
                    Attempt.WRITE;
        };
    }

    /** A service that is gone again may have been declared absent meanwhile. */
    private DeployFacts facts(Versioned<DeploymentRecord> read) {
        Optional<ServiceEntry> entry = known.entry();
        DeployFacts facts = deploy.facts().read(read, now(read), entry);
        if (entry.isPresent() && facts.service().isEmpty() && !known.justBegun()) {
            facts = deploy.facts().read(read, now(read), Optional.empty());
        }
        known.saw(facts.entry());
        return facts;
    }

    private Result act(Versioned<DeploymentRecord> read, DeployStep step, DeployFacts facts) {
        if (step instanceof Begin) {
            Optional<Versioned<DeploymentRecord>> begun = deploy.actions().begin(read);
            begun.ifPresent(known::began);
            return begun.isPresent() ? Result.MOVED : Result.LOST;
        }
        Result result = deploy.actions().act(read, step, facts);
        if (result == Result.MOVED) {
            known.forget();
        }
        return result;
    }

    private DeployStep patiently(DeployFacts facts) {
        DeployStep step = DeployDecision.next(facts);
        return step instanceof Await(Waiting.Cause cause, _) && !patience.lasts()
                ? new Wait(new Waiting(cause, facts.now().plus(UNTIL_LOOKED_AT_AGAIN)))
                : step;
    }

    private Result unread(Versioned<DeploymentRecord> read, GatewayException failure) {
        return deploy.facts()
                .runningSince(read)
                .map(since -> failed(read, failure, Attempt.READ_AROUND, since))
                .orElseGet(() -> failed(read, failure, Attempt.READ, deploy.ledger().since(read)));
    }

    private Result failed(
            Versioned<DeploymentRecord> read,
            GatewayException failure,
            Attempt attempt,
            Instant since) {
        failures++;
        known.forget();
        LOG.infof("deployment=%s %s", deployment, failure.sentence());
        if (AfterFailure.isWorthAnotherLook(failure.kind(), failures, failure.retryAfter())) {
            return Result.LOST;
        }
        DeployStep next =
                AfterFailure.next(
                        read.value(),
                        new AfterFailure.Failed(
                                failure.kind(),
                                failure.sentence(),
                                attempt,
                                failure.retryAfter(),
                                deploy.backoff().jitter()),
                        new AfterFailure.Moment(since, now(read), deploy.facts().rules()));
        return deploy.actions().act(read, next);
    }

    /** A sweep knows the storage's time; a message only when the record was last written. */
    private Instant now(Versioned<DeploymentRecord> read) {
        return sweptAt.filter(now -> now.isAfter(read.updated())).orElse(read.updated());
    }
}
