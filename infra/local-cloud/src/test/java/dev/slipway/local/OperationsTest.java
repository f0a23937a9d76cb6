package dev.slipway.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.longrunning.GetOperationRequest;
import com.google.longrunning.Operation;
import com.google.longrunning.OperationsGrpc;
import com.google.longrunning.OperationsGrpc.OperationsBlockingStub;
import com.google.longrunning.WaitOperationRequest;
import com.google.protobuf.util.Durations;
import com.linecorp.armeria.server.Server;
import com.linecorp.armeria.server.ServerBuilder;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OperationsTest {
    private static final String NAME = "projects/p/locations/r/operations/one";

    private final Map<String, Operation> known = new ConcurrentHashMap<>();
    private final CompletableFuture<Void> asked = new CompletableFuture<>();
    private final Operations operations = new Operations();
    private Server server;
    private ManagedChannel channel;

    @BeforeEach
    void start() {
        known.put(NAME, Operation.newBuilder().setName(NAME).build());
        operations.register(
                name -> {
                    asked.complete(null);
                    return Optional.ofNullable(known.get(name));
                });
        ServerBuilder builder = Server.builder().http(0);
        operations.addTo(builder);
        server = builder.build();
        server.start().join();
        channel =
                ManagedChannelBuilder.forAddress("127.0.0.1", server.activeLocalPort())
                        .usePlaintext()
                        .build();
    }

    @AfterEach
    void stop() {
        channel.shutdownNow();
        server.stop().join();
    }

    private OperationsBlockingStub stub() {
        return OperationsGrpc.newBlockingStub(channel);
    }

    @Test
    void findsAnOperationAtWhicheverSourceHasIt() {
        operations.register(
                name -> Optional.of(Operation.newBuilder().setName(name).setDone(true).build()));
        assertThat(get(NAME).getDone()).isFalse();
        assertThat(get("operations/two").getDone()).isTrue();
    }

    @Test
    void refusesTheNameOfNoOperation() {
        assertThatExceptionOfType(StatusRuntimeException.class)
                .isThrownBy(() -> get("operations/none"))
                .matches(e -> e.getStatus().getCode() == Status.Code.NOT_FOUND);
    }

    @Test
    void waitsUntilAnOperationIsDone() {
        CompletableFuture<Operation> waiting =
                CompletableFuture.supplyAsync(() -> await(Durations.fromMinutes(1)));
        asked.join();
        known.put(NAME, Operation.newBuilder().setName(NAME).setDone(true).build());
        operations.changed();
        assertThat(waiting.join().getDone()).isTrue();
    }

    @Test
    void answersWithAnUnfinishedOperationWhenTheWaitIsOver() {
        assertThat(await(Durations.fromMillis(20)).getDone()).isFalse();
    }

    @Test
    void answersInJsonBelowAnApisPrefix() throws Exception {
        assertThat(rest("/run/v2/" + NAME)).contains("\"name\": \"" + NAME + "\"");
        assertThat(rest("/cloudbuild/v1/operations/none")).contains("NOT_FOUND");
    }

    private String rest(String path) throws Exception {
        URI uri = URI.create("http://127.0.0.1:" + server.activeLocalPort() + path);
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString()).body();
        }
    }

    private Operation get(String name) {
        return stub().getOperation(GetOperationRequest.newBuilder().setName(name).build());
    }

    private Operation await(com.google.protobuf.Duration timeout) {
        return stub().waitOperation(
                        WaitOperationRequest.newBuilder()
                                .setName(NAME)
                                .setTimeout(timeout)
                                .build());
    }
}
