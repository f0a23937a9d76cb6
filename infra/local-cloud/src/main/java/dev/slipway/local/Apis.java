package dev.slipway.local;

import dev.slipway.contracts.Topology;
import dev.slipway.local.storage.CloudStorage;
import java.util.List;

/** The APIs that exist, each wired to the ones it needs. */
final class Apis {
    private Apis() {}

    static List<Api> all(Settings settings, State state, Callers callers) {
        Operations operations = new Operations();
        Topics topics = (_, _) -> {}; // until Pub/Sub is one of the APIs
        CloudStorage storage = new CloudStorage(state, settings, callers, topics);
        return List.of(operations, storage);
    }

    static Callers callers(Settings settings) {
        return new Callers(
                settings.home(), Topology.of(settings.project(), settings.installation()));
    }
}
