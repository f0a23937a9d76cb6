package dev.slipway.local;

import dev.slipway.contracts.Topology;
import dev.slipway.local.artifacts.Artifacts;
import dev.slipway.local.build.CloudBuild;
import dev.slipway.local.eventarc.Eventarc;
import dev.slipway.local.identity.IdTokens;
import dev.slipway.local.pubsub.PubSub;
import dev.slipway.local.run.CloudRun;
import dev.slipway.local.storage.CloudStorage;
import java.time.InstantSource;
import java.util.List;

/** The APIs that exist, each wired to the ones it needs. */
final class Apis {
    private Apis() {}

    /**
     * In the order of their start; they are closed in the reverse order. Pub/Sub pushes to
     * services, so it starts when they answer.
     */
    static List<Api> all(Settings settings, State state, Callers callers) {
        Operations operations = new Operations();
        IdTokens tokens = new IdTokens(state, InstantSource.system());
        PubSub pubSub = new PubSub(state, settings, callers, tokens);
        CloudStorage storage = new CloudStorage(state, settings, callers, pubSub);
        Artifacts artifacts = new Artifacts(settings, state, callers);
        operations.register(artifacts);
        CloudBuild build =
                new CloudBuild(settings, state, callers, operations, storage, pubSub, artifacts);
        CloudRun run = new CloudRun(settings, state, callers, tokens, operations, artifacts);
        operations.register(run);
        Eventarc eventarc = new Eventarc(settings, state, callers, pubSub, storage, run);
        operations.register(eventarc);
        return List.of(operations, tokens, storage, artifacts, build, run, eventarc, pubSub);
    }

    static Callers callers(Settings settings) {
        return new Callers(
                settings.home(), Topology.of(settings.project(), settings.installation()));
    }
}
