package dev.slipway.upload;

import dev.slipway.contracts.DeploymentId;
import dev.slipway.kit.Ending;
import dev.slipway.kit.GatewayException;
import dev.slipway.kit.SlipwayConfig;
import dev.slipway.ledger.Backoff;
import dev.slipway.ledger.DeploymentRecord;
import dev.slipway.ledger.Ledger;
import dev.slipway.ledger.ServiceEntry;
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
        inHand.during(deployment, () -> run(deployment, Optional.empty()));
    }

    /** The same, unless this process is at it already. */
    void runSwept(DeploymentId deployment, Instant now) {
        inHand.duringUnlessBusy(deployment, () -> run(deployment, Optional.of(now)));
    }

    private void run(DeploymentId deployment, Optional<Instant> now) {
        for (int round = 0; round < ROUNDS; round++) {
            backoff.before(round);
            switch (step(deployment, now)) {
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

    private Result step(DeploymentId deployment, Optional<Instant> now) {
        Optional<Versioned<DeploymentRecord>> read = ledger.deployment(deployment);
        if (read.isEmpty()) {
            LOG.errorf("alert=unrecorded deployment=%s has no record", deployment);
            return Result.SETTLED;
        }
        if (ending.isOver(read.get())) {
            return Result.SETTLED;
        }
        UploadFacts facts = facts(read.get(), now);
        try {
            return actions.act(read.get(), UploadDecision.next(facts));
        } catch (GatewayException e) {
            return actions.act(
                    read.get(),
                    AfterFailure.toStage(e.kind(), e.sentence(), facts.since(), facts.now())
                            .filter(_ -> facts.record().stage() == Stage.RECEIVED)
                            .orElseThrow(() -> e));
        }
    }

    private UploadFacts facts(Versioned<DeploymentRecord> read, Optional<Instant> now) {
        DeploymentRecord record = read.value();
        return new UploadFacts(
                record,
                DropName.of(record.drop().object(), config.regions()),
                ledger.since(read),
                now.filter(read.updated()::isBefore).orElse(read.updated()),
                entry(record));
    }

    private ServiceEntry entry(DeploymentRecord record) {
        return record.stage() == Stage.RECEIVED && record.service() != null
                ? ledger.service(record.service())
                : new ServiceEntry(null, null);
    }
}
