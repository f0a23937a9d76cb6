package dev.slipway.kit;

import dev.slipway.contracts.DeploymentId;
import dev.slipway.contracts.RequestAnswer;
import dev.slipway.contracts.RequestName;
import dev.slipway.ledger.Ledger;
import dev.slipway.ledger.Marker;
import dev.slipway.ledger.UnreadableObject;
import dev.slipway.ledger.Versioned;
import java.util.function.BiConsumer;

/**
 * Tells whoever dropped or asked something that it waits for an object to be mended.
 *
 * @param bucket the ledger's, by its name, in which requests stand
 */
public record Blocked(Ledger ledger, String bucket, Answers answers)
        implements BiConsumer<DeploymentId, UnreadableObject> {
    @Override
    public void accept(DeploymentId deployment, UnreadableObject by) {
        ledger.marker(deployment).map(Versioned::value).ifPresent(open -> tell(open, by));
    }

    private void tell(Marker open, UnreadableObject by) {
        RequestName.parse(open.object())
                .filter(_ -> open.bucket().equals(bucket))
                .ifPresent(name -> tell(open, name, by));
        answers.showBlocked(open, by);
    }

    /** A request has no answer before it is over or waits. */
    private void tell(Marker open, RequestName name, UnreadableObject by) {
        ledger.answerRequest(
                RequestName.answerTo(name.object()),
                RequestAnswer.waiting(
                        open.deployment(),
                        name.service(),
                        open.order().text(),
                        open.drop().generation(),
                        by.awaited()));
    }
}
