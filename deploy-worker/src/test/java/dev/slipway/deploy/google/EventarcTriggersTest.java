package dev.slipway.deploy.google;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.cloud.eventarc.v1.CreateTriggerRequest;
import com.google.cloud.eventarc.v1.EventFilter;
import com.google.cloud.eventarc.v1.ListTriggersRequest;
import com.google.cloud.eventarc.v1.ListTriggersResponse;
import com.google.cloud.eventarc.v1.StateCondition;
import com.google.cloud.eventarc.v1.Trigger;
import com.google.longrunning.GetOperationRequest;
import com.google.longrunning.Operation;
import com.google.rpc.Code;
import dev.slipway.contracts.ServiceKey;
import dev.slipway.contracts.ServiceName;
import dev.slipway.contracts.Topology;
import dev.slipway.deploy.Given;
import dev.slipway.deploy.GivenConfig;
import dev.slipway.deploy.decide.TriggerPlan;
import dev.slipway.deploy.decide.TriggerSeen;
import dev.slipway.kit.FailureKind;
import dev.slipway.kit.GatewayException;
import dev.slipway.kit.google.GoogleAccess;
import dev.slipway.kit.google.GrpcStandIn;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What Eventarc is asked, and what its answers mean. */
@SuppressWarnings("NullAway.Init") // set before each test
class EventarcTriggersTest {
    private static final ServiceKey HELLO =
            new ServiceKey("europe-west1", new ServiceName("hello"));
    private static final TriggerPlan ORDERS =
            TriggerPlan.of("inst", HELLO, Given.manifest("hello", List.of(Given.onTopic("orders"))))
                    .getFirst();
    private static final Operation UNDER_WAY =
            Operation.newBuilder().setName("operations/1").build();

    private final List<CreateTriggerRequest> created = new ArrayList<>();
    private final List<Trigger> standing = new ArrayList<>();
    private final Deque<Operation> operations = new ArrayDeque<>();
    private final List<Duration> pauses = new ArrayList<>();
    private GrpcStandIn google;
    private EventClients clients;
    private EventarcTriggers triggers;

    @BeforeEach
    void serve() throws IOException {
        google = new GrpcStandIn();
        google.serve(
                "google.cloud.eventarc.v1.Eventarc",
                new GrpcStandIn.Method<>(
                        "CreateTrigger",
                        CreateTriggerRequest.getDefaultInstance(),
                        Operation.getDefaultInstance(),
                        request -> {
                            created.add(request);
                            return operations.remove();
                        }),
                new GrpcStandIn.Method<>(
                        "ListTriggers",
                        ListTriggersRequest.getDefaultInstance(),
                        ListTriggersResponse.getDefaultInstance(),
                        _ -> ListTriggersResponse.newBuilder().addAllTriggers(standing).build()));
        google.serve(
                "google.longrunning.Operations",
                new GrpcStandIn.Method<>(
                        "GetOperation",
                        GetOperationRequest.getDefaultInstance(),
                        Operation.getDefaultInstance(),
                        _ -> operations.size() > 1 ? operations.remove() : operations.element()));
        GivenConfig config =
                new GivenConfig("p", "inst", true, false, Optional.of(google.endpoint()));
        GoogleAccess access = new GoogleAccess(config);
        clients = new EventClients(access);
        triggers =
                new EventarcTriggers(
                        config, Topology.of("p", "inst"), clients, access.storage(), pauses::add);
    }

    @AfterEach
    void stop() throws Exception {
        clients.close();
        google.close();
    }

    private static Operation failed(Code code, String message) {
        return UNDER_WAY.toBuilder()
                .setDone(true)
                .setError(
                        com.google.rpc.Status.newBuilder()
                                .setCode(code.getNumber())
                                .setMessage(message))
                .build();
    }

    @Test
    void aTriggerCallsTheServiceAsTheTriggersIdentity() {
        operations.add(UNDER_WAY.toBuilder().setDone(true).build());

        triggers.create(ORDERS);

        CreateTriggerRequest asked = created.getFirst();
        assertThat(asked.getParent()).isEqualTo("projects/p/locations/europe-west1");
        assertThat(asked.getTriggerId()).isEqualTo(ORDERS.id());
        assertThat(asked.getTrigger().getServiceAccount())
                .isEqualTo("inst-trigger@p.iam.gserviceaccount.com");
        assertThat(asked.getTrigger().getEventFiltersList())
                .containsExactly(
                        EventFilter.newBuilder()
                                .setAttribute("type")
                                .setValue("google.cloud.pubsub.topic.v1.messagePublished")
                                .build());
        assertThat(asked.getTrigger().getTransport().getPubsub().getTopic())
                .isEqualTo("projects/p/topics/orders");
        assertThat(asked.getTrigger().getDestination().getCloudRun().getService())
                .isEqualTo("hello");
        assertThat(asked.getTrigger().getLabelsMap())
                .containsEntry("slipway-installation", "inst")
                .containsEntry("slipway-service", "hello")
                .containsEntry("slipway-region", "europe-west1");
    }

    @Test
    void whatIsUnderWayIsWaitedForAMoment() {
        operations.add(UNDER_WAY);
        operations.add(UNDER_WAY);
        operations.add(UNDER_WAY.toBuilder().setDone(true).build());

        triggers.create(ORDERS);

        assertThat(pauses).hasSize(2);
    }

    @Test
    void whatTakesLongerIsLeftToBeRead() {
        operations.add(UNDER_WAY);
        operations.add(UNDER_WAY);

        triggers.create(ORDERS);

        assertThat(pauses.stream().reduce(Duration.ZERO, Duration::plus))
                .isBetween(Duration.ofSeconds(15), Duration.ofSeconds(25));
    }

    @ParameterizedTest
    @CsvSource({
        "INVALID_ARGUMENT,    the filter is wrong, REFUSED",
        "NOT_FOUND,           there is no topic, NOT_FOUND",
        "UNAVAILABLE,         later, TRANSIENT",
        "FAILED_PRECONDITION, Permission denied while using the Eventarc Service Agent, DENIED"
    })
    void aFailureThatComesLaterIsTold(Code code, String message, FailureKind kind) {
        operations.add(UNDER_WAY);
        operations.add(failed(code, message));

        assertThatThrownBy(() -> triggers.create(ORDERS))
                .isInstanceOfSatisfying(
                        GatewayException.class,
                        e -> {
                            assertThat(e.kind()).isEqualTo(kind);
                            assertThat(e.sentence()).contains(ORDERS.id(), "'orders'", message);
                        });
    }

    @Test
    void othersTriggersAreNotSeen() {
        standing.add(trigger("theirs").build());
        standing.add(trigger("another").putLabels("slipway-installation", "other").build());
        standing.add(
                trigger("ours")
                        .putLabels("slipway-installation", "inst")
                        .putLabels("slipway-service", "hello")
                        .putLabels("slipway-region", "europe-west1")
                        .putConditions(
                                "topic",
                                StateCondition.newBuilder()
                                        .setCode(Code.NOT_FOUND)
                                        .setMessage("it is gone")
                                        .build())
                        .build());

        assertThat(triggers.all())
                .containsExactly(
                        new TriggerSeen("ours", "eu", HELLO, "topic NOT_FOUND it is gone", null));
        assertThat(triggers.of(HELLO)).hasSize(1);
    }

    private static Trigger.Builder trigger(String id) {
        return Trigger.newBuilder().setName("projects/p/locations/eu/triggers/" + id);
    }
}
