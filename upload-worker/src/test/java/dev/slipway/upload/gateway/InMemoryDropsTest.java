package dev.slipway.upload.gateway;

import dev.slipway.contracts.ObjectVersion;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

class InMemoryDropsTest extends DropsContract {
    private final InMemoryDrops drops =
            new InMemoryDrops("drop", () -> Instant.parse("2026-01-01T00:00:00Z"));

    @Override
    protected Drops drops() {
        return drops;
    }

    @Override
    protected ObjectVersion put(String object, byte[] content, @Nullable String correlation) {
        return drops.put(object, content, correlation);
    }

    @Override
    protected void remove(ObjectVersion version) {
        drops.remove(version);
    }
}
