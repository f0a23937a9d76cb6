package dev.slipway.build;

import dev.slipway.build.decide.Asked;
import dev.slipway.contracts.SourceStored;
import dev.slipway.kit.EventHandler;
import dev.slipway.ledger.DeploymentRecord;
import dev.slipway.ledger.Ledger;
import dev.slipway.ledger.Versioned;
import jakarta.inject.Singleton;
import java.util.Optional;

/** Stored source in, running build out. The build's end arrives later, as a message of its own. */
@Singleton
record StartBuild(Ledger ledger, ContinueBuild build, InHand inHand)
        implements EventHandler<SourceStored> {
    @Override
    public void handle(SourceStored source) {
        Optional<Versioned<DeploymentRecord>> read = ledger.deployment(source.deployment());
        if (read.isEmpty() || !isStale(source, read.get().value())) {
            inHand.during(
                    source.deployment(),
                    () -> build.run(source.deployment(), new Asked.ByMessage(), read));
        }
    }

    /** A later attempt, or a sweep, has taken over what this message asks for; it saves work. */
    private static boolean isStale(SourceStored source, DeploymentRecord record) {
        return !record.isDone()
                && (source.buildAttempt() < record.buildAttempt()
                        || source.injection() < record.injection());
    }
}
