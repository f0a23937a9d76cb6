package dev.slipway.local;

import com.google.longrunning.Operation;
import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import org.h2.mvstore.MVMap;

/** Operations that were done when they began; the newest ones are kept, over restarts too. */
public final class FinishedOperations {
    private static final int KEPT = 1000;

    private final MVMap<String, byte[]> operations;
    private final InstantSource clock;

    /** Those in this map of the state, which belongs to one API. */
    public FinishedOperations(MVMap<String, byte[]> operations, InstantSource clock) {
        this.operations = operations;
        this.clock = clock;
    }

    /**
     * Notes down one that ended with this.
     *
     * @param parent {@code projects/PROJECT/locations/LOCATION}
     */
    public Operation done(String parent, Message metadata, Message response) {
        String id = "%013d-%s".formatted(clock.millis(), UUID.randomUUID());
        Operation operation =
                Operation.newBuilder()
                        .setName(parent + "/operations/" + id)
                        .setMetadata(Any.pack(metadata))
                        .setDone(true)
                        .setResponse(Any.pack(response))
                        .build();
        operations.put(id, operation.toByteArray());
        while (operations.sizeAsLong() > KEPT) {
            operations.remove(operations.firstKey());
        }
        return operation;
    }

    /** The one of this name; empty where it is none of these. */
    public Optional<Operation> find(String name) {
        String id = name.substring(name.lastIndexOf('/') + 1);
        return Optional.ofNullable(operations.get(id))
                .map(FinishedOperations::read)
                .filter(operation -> operation.getName().equals(name));
    }

    private static Operation read(byte[] bytes) {
        try {
            return Operation.parseFrom(bytes);
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("a stored operation does not parse", e);
        }
    }
}
