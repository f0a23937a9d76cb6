package dev.slipway.kit.google;

import dev.slipway.ledger.UnreadableObject;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.function.Consumer;

/**
 * Counts what is met of the ledger that does not parse, by kind. Each is also told of in the log,
 * by who knows what it was to serve.
 */
final class UnreadableObjects implements Consumer<UnreadableObject> {
    static final String METER = "slipway.ledger.unreadable";

    private static final List<String> KINDS =
            List.of("open", "deployments", "services", "manifests", "images", "building");

    private final MeterRegistry meters;

    /** What is most often watched shows from the start, with nothing counted. */
    UnreadableObjects(MeterRegistry meters) {
        this.meters = meters;
        KINDS.forEach(kind -> meters.counter(METER, "kind", kind));
    }

    @Override
    public void accept(UnreadableObject unreadable) {
        meters.counter(METER, "kind", unreadable.kind()).increment();
    }
}
