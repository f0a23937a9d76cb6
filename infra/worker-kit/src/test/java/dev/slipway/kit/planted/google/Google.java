package dev.slipway.kit.planted.google;

import com.google.cloud.storage.BlobId;
import dev.slipway.kit.planted.decide.IsPure;
import dev.slipway.kit.planted.gateway.SpeaksPlainly;

/** An implementation as it should be. */
public record Google(BlobId blob) implements SpeaksPlainly {
    @Override
    public void act(IsPure decision) {}
}
