package dev.slipway.upload;

import dev.slipway.contracts.DeploymentId;
import dev.slipway.kit.Ending;
import dev.slipway.kit.GatewayException;
import dev.slipway.kit.SlipwayConfig;
import dev.slipway.ledger.Backoff;
import dev.slipway.ledger.DeploymentRecord;
import dev.slipway.ledger.Ledger;
import dev.slipway.ledger.ServiceRead;
import dev.slipway.ledger.Stage;
import dev.slipway.ledger.StoreUnavailable;
import dev.slipway.ledger.Versioned;
import dev.slipway.upload.Actions.Result;
import dev.slipway.upload.decide.AfterFailure;
import dev.slipway.upload.decide.DropName;
import dev.slipway.upload.decide.UploadDecision;
import dev.slipway.upload.decide.UploadFacts;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Carries a drop as far as it goes now: read, decide, act, read again. Messages, the sweep, the
 * listing and a crashed predecessor's leftovers all come through here.
 */
@Singleton
record ContinueUpload(
        SlipwayConfig config,
        Ledger ledger,
        Ending ending,
        Actions actions,
        InHand inHand,
        Backoff backoff) {
    private static final Logger LOG = Logger.getLogger(ContinueUpload.class);
    private static final int ROUNDS = 30;

    /** Returns once nothing more can be done about it now, and all that was done is durable. */
    void run(DeploymentId deployment) {
        inHand.during(deployment, () -> run(deployment, Optional.empty(), Optional.empty()));
    }

    /** The same, with what was read just before. */
    void run(Admitted admitted) {
        DeploymentId deployment = admitted.record().value().deployment();
        inHand.during(deployment, () -> run(deployment, Optional.empty(), Optional.of(admitted)));
    }

    /** The same, unless this process is at it already. */
    void runSwept(DeploymentId deployment, Instant now) {
        inHand.duringUnlessBusy(
                deployment, () -> run(deployment, Optional.of(now), Optional.empty()));
    }

    private void run(DeploymentId deployment, Optional<Instant> now, Optional<Admitted> first) {
        Optional<Admitted> known = first;
        for (int round = 0; round < ROUNDS; round++) {
            backoff.before(round);
            Optional<Admitted> read = known.or(() -> read(deployment));
            known = Optional.empty();
            switch (read.map(admitted -> step(admitted, now)).orElse(Result.SETTLED)) {
                case SETTLED -> {
                    return;
                }
                case LOST -> LOG.debugf("deployment=%s was changed by others", deployment);
            }
        }
        throw new StoreUnavailable(
                "deployment " + deployment + " did not settle in " + ROUNDS + " rounds",
                true,
                null);
    }

    private Optional<Admitted> read(DeploymentId deployment) {
        Optional<Versioned<DeploymentRecord>> read = ledger.deployment(deployment);
        if (read.isEmpty()) {
            LOG.errorf("alert=unrecorded deployment=%s has no record", deployment);
        }
        return read.map(Admitted::earlier);
    }

    private Result step(Admitted admitted, Optional<Instant> now) {
        if (ending.isOver(admitted.record())) {
            return Result.SETTLED;
        }
        ServiceRead service = service(admitted.record().value());
        UploadFacts facts = facts(admitted.record(), now, service);
        try {
            return actions.act(admitted, UploadDecision.next(facts), service);
        } catch (GatewayException e) {
            return actions.act(
                    admitted,
                    AfterFailure.toStage(failed(e), facts.since(), facts.now())
                            .filter(_ -> facts.record().stage() == Stage.RECEIVED)
                            .orElseThrow(() -> e),
                    service);
        }
    }

    private AfterFailure.Failed failed(GatewayException e) {
        return new AfterFailure.Failed(e.kind(), e.sentence(), e.retryAfter(), backoff.jitter());
    }

    private UploadFacts facts(
            Versioned<DeploymentRecord> read, Optional<Instant> now, ServiceRead service) {
        DeploymentRecord record = read.value();
        return new UploadFacts(
                record,
                DropName.of(record.drop().object(), config.regions()),
                ledger.since(read),
                now.filter(read.updated()::isBefore).orElse(read.updated()),
                service.value());
    }

    /** Only who is still to be verified asks for it. */
    private ServiceRead service(DeploymentRecord record) {
        return record.stage() == Stage.RECEIVED && record.service() != null
                ? ledger.readService(record.service())
                : new ServiceRead(Optional.empty());
    }
}
