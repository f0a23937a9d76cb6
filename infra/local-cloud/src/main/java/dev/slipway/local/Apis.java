package dev.slipway.local;

import dev.slipway.contracts.Topology;
import dev.slipway.local.artifacts.Artifacts;
import dev.slipway.local.run.CloudRun;
import java.util.List;

/** The APIs that exist, each wired to the ones it needs. */
final class Apis {
    private Apis() {}

    static List<Api> all(Settings settings, State state, Callers callers) {
        Operations operations = new Operations();
        Artifacts artifacts = new Artifacts(settings, state, callers);
        operations.register(artifacts);
        CloudRun run = new CloudRun(settings, state, callers, operations, artifacts);
        operations.register(run);
        return List.of(operations, artifacts, run);
    }

    static Callers callers(Settings settings) {
        return new Callers(
                settings.home(), Topology.of(settings.project(), settings.installation()));
    }
}
