package dev.slipway.local.run;

import com.google.longrunning.Operation;
import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.rpc.Status;
import dev.slipway.local.Operations;
import dev.slipway.local.State;
import io.grpc.Status.Code;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.h2.mvstore.MVMap;

/** The operations of this API, and what the unfinished ones wait for; kept over restarts. */
final class Ongoing {
    private static final int MOST_KEPT = 2000;

    private final MVMap<String, byte[]> operations;
    private final MVMap<String, byte[]> waiting;
    private final Operations answers;

    /**
     * What an operation waits for: that the service settles at this generation or above; {@code
     * revision} is the id of the one that its write made, or empty. Generation 0 is a deletion.
     */
    record Wait(String operation, long generation, String revision) {
        static final long DELETION = 0;
    }

    Ongoing(State state, Operations answers) {
        this.operations = state.map("run.operations");
        this.waiting = state.map("run.waiting");
        this.answers = answers;
    }

    Optional<Operation> find(String name) {
        return Optional.ofNullable(operations.get(name)).map(Ongoing::parse);
    }

    /** An operation that waits. */
    Operation begin(ServiceName service, long generation, String revision, Message metadata) {
        Operation operation =
                Operation.newBuilder()
                        .setName(newName(service))
                        .setMetadata(Any.pack(metadata))
                        .build();
        operations.put(operation.getName(), operation.toByteArray());
        String wait = String.join("\n", Long.toString(generation), revision);
        waiting.put(
                service.full() + "\n" + operation.getName(), wait.getBytes(StandardCharsets.UTF_8));
        forgetOld();
        return operation;
    }

    /** An operation that was done at once. */
    Operation done(ServiceName service, Message response) {
        Operation operation =
                Operation.newBuilder()
                        .setName(newName(service))
                        .setMetadata(Any.pack(response))
                        .setDone(true)
                        .setResponse(Any.pack(response))
                        .build();
        operations.put(operation.getName(), operation.toByteArray());
        forgetOld();
        return operation;
    }

    List<Wait> of(ServiceName service) {
        String prefix = service.full() + "\n";
        List<Wait> found = new ArrayList<>();
        Iterator<String> keys = waiting.keyIterator(prefix);
        while (keys.hasNext()) {
            String key = keys.next();
            if (!key.startsWith(prefix)) {
                break;
            }
            String[] wait = new String(waiting.get(key), StandardCharsets.UTF_8).split("\n", -1);
            found.add(new Wait(key.substring(prefix.length()), Long.parseLong(wait[0]), wait[1]));
        }
        return found;
    }

    void succeed(ServiceName service, Wait wait, Message response) {
        find(wait.operation())
                .ifPresent(
                        operation ->
                                end(
                                        service,
                                        operation.toBuilder()
                                                .setMetadata(Any.pack(response))
                                                .setResponse(Any.pack(response))));
    }

    void fail(ServiceName service, Wait wait, Message metadata, Code code, String message) {
        Status error = Status.newBuilder().setCode(code.value()).setMessage(message).build();
        find(wait.operation())
                .ifPresent(
                        operation ->
                                end(
                                        service,
                                        operation.toBuilder()
                                                .setMetadata(Any.pack(metadata))
                                                .setError(error)));
    }

    private void end(ServiceName service, Operation.Builder operation) {
        Operation ended = operation.setDone(true).build();
        operations.put(ended.getName(), ended.toByteArray());
        waiting.remove(service.full() + "\n" + ended.getName());
        answers.changed();
    }

    /** Names sort by age, so that the oldest are forgotten first. */
    private static String newName(ServiceName service) {
        return "%s/operations/%013d-%s"
                .formatted(service.parent(), System.currentTimeMillis(), UUID.randomUUID());
    }

    private void forgetOld() {
        Iterator<String> oldest = operations.keyIterator(null);
        for (int more = operations.size() - MOST_KEPT; more > 0 && oldest.hasNext(); more--) {
            String name = oldest.next();
            if (find(name).filter(Operation::getDone).isPresent()) {
                operations.remove(name);
            }
        }
    }

    private static Operation parse(byte[] bytes) {
        try {
            return Operation.parseFrom(bytes);
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("the local cloud's state is damaged", e);
        }
    }
}
