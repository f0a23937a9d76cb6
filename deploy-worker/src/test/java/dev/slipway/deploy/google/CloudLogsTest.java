package dev.slipway.deploy.google;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.logging.v2.ListLogEntriesRequest;
import com.google.logging.v2.ListLogEntriesResponse;
import com.google.logging.v2.LogEntry;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import dev.slipway.contracts.ServiceKey;
import dev.slipway.contracts.ServiceName;
import dev.slipway.deploy.GivenConfig;
import dev.slipway.kit.google.GoogleAccess;
import dev.slipway.kit.google.GrpcStandIn;
import io.grpc.Status;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class CloudLogsTest {
    private static final ServiceKey HELLO =
            new ServiceKey("europe-west1", new ServiceName("hello"));

    private static List<String> lastLines(
            Function<ListLogEntriesRequest, ListLogEntriesResponse> answer) throws IOException {
        try (GrpcStandIn google = new GrpcStandIn()) {
            google.serve(
                    "google.logging.v2.LoggingServiceV2",
                    new GrpcStandIn.Method<>(
                            "ListLogEntries",
                            ListLogEntriesRequest.getDefaultInstance(),
                            ListLogEntriesResponse.getDefaultInstance(),
                            answer));
            GivenConfig config =
                    new GivenConfig("p", "inst", true, false, Optional.of(google.endpoint()));
            try (CloudLogs logs = new CloudLogs("p", new GoogleAccess(config))) {
                return logs.lastLines(HELLO, "hello-1");
            }
        }
    }

    @Test
    void readsTheNewestEntriesOfOneRevisionOldestFirst() throws IOException {
        List<ListLogEntriesRequest> asked = new ArrayList<>();

        List<String> lines =
                lastLines(
                        request -> {
                            asked.add(request);
                            return ListLogEntriesResponse.newBuilder()
                                    .addEntries(LogEntry.newBuilder().setTextPayload("second"))
                                    .addEntries(
                                            LogEntry.newBuilder()
                                                    .setJsonPayload(
                                                            Struct.newBuilder()
                                                                    .putFields(
                                                                            "message",
                                                                            Value.newBuilder()
                                                                                    .setStringValue(
                                                                                            "first")
                                                                                    .build())))
                                    .build();
                        });

        assertThat(lines).containsExactly("first", "second");
        assertThat(asked.getFirst().getResourceNamesList()).containsExactly("projects/p");
        assertThat(asked.getFirst().getFilter())
                .contains("service_name=\"hello\"", "revision_name=\"hello-1\"");
    }

    @Test
    void aLogThatCannotBeReadIsEmpty() throws IOException {
        assertThat(
                        lastLines(
                                _ -> {
                                    throw Status.PERMISSION_DENIED.asRuntimeException();
                                }))
                .isEmpty();
    }
}
