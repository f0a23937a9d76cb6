package dev.slipway.local;

import dev.slipway.contracts.Topology;
import dev.slipway.local.pubsub.PubSub;
import java.util.List;

/** The APIs that exist, each wired to the ones it needs. */
final class Apis {
    private Apis() {}

    static List<Api> all(Settings settings, State state, Callers callers) {
        Operations operations = new Operations();
        PubSub pubSub = new PubSub(state, settings, callers);
        return List.of(operations, pubSub);
    }

    static Callers callers(Settings settings) {
        return new Callers(
                settings.home(), Topology.of(settings.project(), settings.installation()));
    }
}
