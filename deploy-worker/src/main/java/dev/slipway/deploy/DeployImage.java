package dev.slipway.deploy;

import dev.slipway.contracts.ImagePushed;
import dev.slipway.kit.EventHandler;
import dev.slipway.ledger.DeploymentRecord;
import dev.slipway.ledger.Ledger;
import dev.slipway.ledger.Versioned;
import jakarta.inject.Singleton;
import java.util.Optional;

/** Pushed image in, live service out. */
@Singleton
record DeployImage(Ledger ledger, ContinueDeploy deploy) implements EventHandler<ImagePushed> {
    @Override
    public void handle(ImagePushed pushed) {
        Optional<Versioned<DeploymentRecord>> read = ledger.deployment(pushed.deployment());
        if (read.isEmpty() || !isStale(pushed, read.get().value())) {
            deploy.run(pushed.deployment(), Optional.empty(), read);
        }
    }

    /** A later attempt, or a sweep, has taken over what this message asks for; it saves work. */
    private static boolean isStale(ImagePushed pushed, DeploymentRecord record) {
        return !record.isDone()
                && (pushed.buildAttempt() < record.buildAttempt()
                        || pushed.injection() < record.injection());
    }
}
