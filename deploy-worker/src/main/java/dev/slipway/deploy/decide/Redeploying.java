package dev.slipway.deploy.decide;

import dev.slipway.contracts.RequestAnswer.Refusal;
import dev.slipway.contracts.RequestKind;
import dev.slipway.deploy.decide.RequestStep.BeginDeployment;
import dev.slipway.deploy.decide.RequestStep.ChooseParent;
import dev.slipway.deploy.decide.RequestStep.Finish;
import dev.slipway.ledger.DeploymentRecord;
import dev.slipway.ledger.RequestRecord;
import dev.slipway.ledger.RequestRecord.End;
import java.util.Objects;
import java.util.Optional;

/** The source of an earlier deployment once more: whose is decided first, and recorded. */
final class Redeploying {
    private Redeploying() {}

    static RequestStep next(RequestFacts facts) {
        Optional<DeploymentRecord> parent =
                facts.deployment()
                        .filter(record -> facts.record().service().equals(record.service()));
        if (parent.isEmpty()) {
            return new Finish(missing(facts.record()));
        }
        if (parent.get().source() == null) {
            return new Finish(
                    End.refused(
                            Refusal.NO_SOURCE,
                            "The deployment "
                                    + parent.get().deployment()
                                    + " was never verified, so no source of it is kept."));
        }
        return facts.record().stage() == RequestRecord.Stage.RECEIVED
                ? new ChooseParent(parent.get().deployment())
                : new BeginDeployment(parent.get());
    }

    private static End missing(RequestRecord record) {
        return record.kind() == RequestKind.REDEPLOY && record.deployment() == null
                ? End.refused(
                        Refusal.NOTHING_LIVE,
                        "No revision of " + record.service() + " is live that Slipway deployed.")
                : End.refused(
                        Refusal.NO_SUCH_DEPLOYMENT,
                        "There is no deployment "
                                + Objects.requireNonNull(record.deployment())
                                + " of "
                                + record.service()
                                + ".");
    }
}
