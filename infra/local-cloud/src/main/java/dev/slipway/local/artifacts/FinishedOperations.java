package dev.slipway.local.artifacts;

import com.google.devtools.artifactregistry.v1.OperationMetadata;
import com.google.longrunning.Operation;
import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import org.h2.mvstore.MVMap;

/** Operations that were done when they began; the newest ones are kept, over restarts too. */
final class FinishedOperations {
    private static final int KEPT = 1000;

    private final MVMap<String, byte[]> operations;
    private final InstantSource clock;

    FinishedOperations(MVMap<String, byte[]> operations, InstantSource clock) {
        this.operations = operations;
        this.clock = clock;
    }

    /** Notes down one that ended with this. */
    Operation done(String parent, Message response) {
        String id = "%013d-%s".formatted(clock.millis(), UUID.randomUUID());
        Operation operation =
                Operation.newBuilder()
                        .setName(parent + "/operations/" + id)
                        .setMetadata(Any.pack(OperationMetadata.getDefaultInstance()))
                        .setDone(true)
                        .setResponse(Any.pack(response))
                        .build();
        operations.put(id, operation.toByteArray());
        while (operations.sizeAsLong() > KEPT) {
            operations.remove(operations.firstKey());
        }
        return operation;
    }

    Optional<Operation> find(String name) {
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
