package dev.slipway.build;

import dev.slipway.contracts.EventCodec;
import dev.slipway.contracts.SourceStored;
import dev.slipway.kit.Inbox;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/** Which subscription feeds which handler. */
@Singleton
class BuildWorker {
    void start(
            @Observes StartupEvent event,
            Inbox inbox,
            EventCodec codec,
            StartBuild startBuild,
            FinishBuild finishBuild) {
        inbox.feed("source-stored", startBuild.of(SourceStored.class, codec));
        inbox.feed("build-finished", finishBuild);
    }
}
