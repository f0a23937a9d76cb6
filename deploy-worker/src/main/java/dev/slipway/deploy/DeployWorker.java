package dev.slipway.deploy;

import dev.slipway.contracts.EventCodec;
import dev.slipway.contracts.ImagePushed;
import dev.slipway.kit.Inbox;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/** Which subscription feeds which handler. */
@Singleton
class DeployWorker {
    void start(
            @Observes StartupEvent event, Inbox inbox, EventCodec codec, DeployImage deployImage) {
        inbox.feed("image-pushed", deployImage.of(ImagePushed.class, codec));
    }
}
