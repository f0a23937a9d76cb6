package dev.slipway.deploy.decide;

import dev.slipway.contracts.Outcome;
import dev.slipway.contracts.Reason;
import dev.slipway.contracts.RequestAnswer.Refusal;
import dev.slipway.contracts.Verdict;
import dev.slipway.deploy.decide.RequestStep.CarryOnDeployment;
import dev.slipway.deploy.decide.RequestStep.CloseDeployment;
import dev.slipway.deploy.decide.RequestStep.EndDeployment;
import dev.slipway.deploy.decide.RequestStep.Finish;
import dev.slipway.deploy.decide.RequestStep.Leave;
import dev.slipway.ledger.DeploymentRecord;
import dev.slipway.ledger.RequestRecord.End;
import java.util.Optional;

/** One deployment that is taken back, from when it has an image; before, the build-worker does. */
final class Cancelling {
    private Cancelling() {}

    static RequestStep next(RequestFacts facts) {
        Optional<DeploymentRecord> found =
                facts.deployment()
                        .filter(record -> facts.record().service().equals(record.service()));
        return found.map(Cancelling::next)
                .orElseGet(
                        () ->
                                new Finish(
                                        End.refused(
                                                Refusal.NO_SUCH_DEPLOYMENT,
                                                "There is no deployment "
                                                        + facts.record().deployment()
                                                        + " of "
                                                        + facts.record().service()
                                                        + ".")));
    }

    private static RequestStep next(DeploymentRecord deployment) {
        if (deployment.image() == null) {
            return new Leave("its build is the build-worker's to cancel");
        }
        return switch (deployment.stage()) {
            case DONE -> new Finish(ended(deployment));
            case DEPLOYING ->
                    deployment.closing() == null
                            ? new CloseDeployment(verdict())
                            : new CarryOnDeployment();
            case RECEIVED, VERIFIED, CLAIMED, BUILDING, BUILT -> new EndDeployment(verdict());
        };
    }

    private static Verdict verdict() {
        return Verdict.of(Reason.CANCELLED_ON_REQUEST, "Somebody asked to cancel it.");
    }

    private static End ended(DeploymentRecord deployment) {
        Outcome outcome = deployment.requireVerdict().outcome();
        return outcome == Outcome.CANCELLED
                ? End.done("It is cancelled; no build of it runs.")
                : End.refused(Refusal.ALREADY_ENDED, "It had ended before, as " + outcome + ".");
    }
}
