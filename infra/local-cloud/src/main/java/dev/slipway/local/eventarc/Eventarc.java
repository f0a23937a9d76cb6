package dev.slipway.local.eventarc;

import com.google.cloud.eventarc.v1.OperationMetadata;
import com.google.cloud.eventarc.v1.Trigger;
import com.google.longrunning.Operation;
import com.google.protobuf.Descriptors.Descriptor;
import com.linecorp.armeria.server.ServerBuilder;
import dev.slipway.local.Accounts;
import dev.slipway.local.Api;
import dev.slipway.local.BucketEvents;
import dev.slipway.local.Callers;
import dev.slipway.local.EventTransport;
import dev.slipway.local.FinishedOperations;
import dev.slipway.local.OperationSource;
import dev.slipway.local.ServiceUrls;
import dev.slipway.local.Settings;
import dev.slipway.local.State;
import dev.slipway.local.Transcoded;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * Eventarc: triggers for Pub/Sub messages and bucket events with Cloud Run destinations. gRPC at
 * the root of the port, REST below {@code /eventarc}. Everything is done before a call is answered,
 * so its operations are done.
 */
public final class Eventarc implements Api, OperationSource {
    private final FinishedOperations operations;
    private final Writes writes;
    private final TriggerCalls calls;

    /** Over the triggers that the state holds. */
    public Eventarc(
            Settings settings,
            State state,
            Callers callers,
            EventTransport transport,
            BucketEvents buckets,
            ServiceUrls services) {
        InstantSource clock = InstantSource.system();
        Triggers triggers = new Triggers(state);
        this.operations = new FinishedOperations(state.map("eventarc.operations"), clock);
        this.writes =
                new Writes(
                        triggers,
                        new TriggerRules(
                                new Accounts(settings, callers), transport, buckets, services),
                        new Plumbing(transport, buckets, services, new SecureRandom()),
                        clock);
        this.calls = new TriggerCalls(settings, callers, triggers, writes, operations, clock);
    }

    @Override
    public void addTo(ServerBuilder server) {
        Transcoded.add(server, "/eventarc", types(), calls);
    }

    @Override
    public void started(int port) {
        writes.redirectAll();
    }

    @Override
    public Optional<Operation> find(String name) {
        return operations.find(name);
    }

    @Override
    public List<Descriptor> types() {
        return List.of(Trigger.getDescriptor(), OperationMetadata.getDescriptor());
    }
}
