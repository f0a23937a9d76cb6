package dev.slipway.local;

import com.google.longrunning.GetOperationRequest;
import com.google.longrunning.Operation;
import com.google.longrunning.OperationsGrpc;
import com.google.longrunning.WaitOperationRequest;
import com.google.protobuf.Duration;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.TypeRegistry;
import com.google.protobuf.util.Durations;
import com.google.protobuf.util.JsonFormat;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.grpc.GrpcSerializationFormats;
import com.linecorp.armeria.server.ServerBuilder;
import com.linecorp.armeria.server.ServiceRequestContext;
import com.linecorp.armeria.server.grpc.GrpcService;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/**
 * {@code google.longrunning.Operations} for every API on the port: Get and Wait over gRPC, Get over
 * REST below each API's prefix. List, Cancel and Delete are UNIMPLEMENTED.
 */
public final class Operations extends OperationsGrpc.OperationsImplBase implements Api {
    private static final String REST =
            "regex:^/(?:cloudbuild|run|artifactregistry|eventarc)/v[12]/"
                    + "(?<name>(?:projects/[^/]+/locations/[^/]+/)?operations/[^:]+)$";
    private static final Duration LONGEST_WAIT = Durations.fromMinutes(10);

    private final List<OperationSource> sources = new CopyOnWriteArrayList<>();
    private final Object changes = new Object();

    /** Asks this source too, from now on. */
    public void register(OperationSource source) {
        sources.add(source);
    }

    /** To be called after any operation changed: whoever waits for one looks again. */
    public void changed() {
        synchronized (changes) {
            changes.notifyAll();
        }
    }

    @Override
    public void addTo(ServerBuilder server) {
        server.service(
                GrpcService.builder()
                        .addService(this)
                        .supportedSerializationFormats(GrpcSerializationFormats.PROTO)
                        .useBlockingTaskExecutor(true)
                        .build());
        server.service(REST, this::rest);
    }

    @Override
    public void getOperation(GetOperationRequest request, StreamObserver<Operation> answer) {
        answer(find(request.getName()), request.getName(), answer);
    }

    @Override
    public void waitOperation(WaitOperationRequest request, StreamObserver<Operation> answer) {
        Duration timeout = request.hasTimeout() ? request.getTimeout() : LONGEST_WAIT;
        long nanos = Math.min(Durations.toNanos(timeout), Durations.toNanos(LONGEST_WAIT));
        try {
            answer(await(request.getName(), System.nanoTime() + nanos), request.getName(), answer);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            answer.onError(
                    Status.UNAVAILABLE
                            .withDescription("the local cloud stops; ask again once it runs")
                            .asRuntimeException());
        }
    }

    private Optional<Operation> await(String name, long until) throws InterruptedException {
        synchronized (changes) {
            while (true) {
                Optional<Operation> found = find(name);
                long left = TimeUnit.NANOSECONDS.toMillis(until - System.nanoTime());
                if (found.isEmpty() || found.get().getDone() || left <= 0) {
                    return found;
                }
                changes.wait(left);
            }
        }
    }

    private Optional<Operation> find(String name) {
        return sources.stream().flatMap(source -> source.find(name).stream()).findFirst();
    }

    private static void answer(
            Optional<Operation> found, String name, StreamObserver<Operation> answer) {
        if (found.isEmpty()) {
            answer.onError(
                    Status.NOT_FOUND
                            .withDescription("Operation \"" + name + "\" not found")
                            .asRuntimeException());
            return;
        }
        answer.onNext(found.get());
        answer.onCompleted();
    }

    private HttpResponse rest(ServiceRequestContext context, HttpRequest request)
            throws InvalidProtocolBufferException {
        Optional<Operation> found = find(String.valueOf(context.pathParam("name")));
        if (found.isEmpty()) {
            return HttpResponse.of(
                    HttpStatus.NOT_FOUND,
                    MediaType.JSON_UTF_8,
                    "{\"error\":{\"code\":404,\"message\":\"operation not found\","
                            + "\"status\":\"NOT_FOUND\"}}");
        }
        TypeRegistry.Builder types = TypeRegistry.newBuilder();
        sources.forEach(source -> types.add(source.types()));
        return HttpResponse.of(
                HttpStatus.OK,
                MediaType.JSON_UTF_8,
                JsonFormat.printer().usingTypeRegistry(types.build()).print(found.get()));
    }
}
