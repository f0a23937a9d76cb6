package dev.slipway.deploy.google;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.cloud.run.v2.Service;
import com.google.cloud.run.v2.UpdateServiceRequest;
import dev.slipway.contracts.ServiceKey;
import dev.slipway.contracts.ServiceName;
import dev.slipway.contracts.manifest.Access;
import dev.slipway.deploy.Given;
import dev.slipway.deploy.GivenConfig;
import dev.slipway.deploy.decide.ServicePlan;
import dev.slipway.kit.FailureKind;
import dev.slipway.kit.GatewayException;
import dev.slipway.kit.google.GoogleAccess;
import dev.slipway.kit.google.GrpcStandIn;
import io.grpc.Status;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What Cloud Run is asked, and what its refusals mean. */
@SuppressWarnings("NullAway.Init") // set before each test
class CloudRunServicesTest {
    private final CloudRunStandIn run = new CloudRunStandIn();
    private GrpcStandIn google;
    private CloudRunServices services;

    @BeforeEach
    void serve() throws IOException {
        google = new GrpcStandIn();
        run.serveOn(google);
        GivenConfig config =
                new GivenConfig("p", "inst", true, false, Optional.of(google.endpoint()));
        services = new CloudRunServices(config, new GoogleAccess(config), "1.2.3");
    }

    @AfterEach
    void stop() {
        services.close();
        google.close();
    }

    private static ServiceKey service(String name) {
        return new ServiceKey("europe-west1", new ServiceName(name));
    }

    private static ServicePlan starting(ServiceKey service, String revision) {
        return Given.plan(service, revision, "image@" + Given.digest("image"));
    }

    private UpdateServiceRequest lastUpdate() {
        return run.updated.getLast();
    }

    private String etagOfNew(ServiceKey hello) {
        services.create(starting(hello, "hello-1"), Map.of());
        return services.get(hello).orElseThrow().etag();
    }

    @Test
    void aCreateNamesTheClientAndTheRevision() {
        ServiceKey hello = service("hello");

        services.create(starting(hello, "hello-1"), Map.of("a", "b"));

        Service asked = run.created.getFirst().getService();
        assertThat(asked.getClient()).isEqualTo("slipway");
        assertThat(asked.getClientVersion()).isEqualTo("1.2.3");
        assertThat(asked.getTemplate().getRevision()).isEqualTo("hello-1");
        assertThat(asked.getTraffic(0).getRevision()).isEqualTo("hello-1");
        assertThat(asked.getTraffic(0).getPercent()).isEqualTo(100);
    }

    @Test
    void aDeployMasksWhatOthersMayHaveSet() {
        ServiceKey hello = service("hello");

        services.deploy(starting(hello, "hello-2"), etagOfNew(hello), Map.of());

        assertThat(lastUpdate().getUpdateMask().getPathsList())
                .contains("template", "traffic", "annotations", "invoker_iam_disabled")
                .doesNotContain("scaling", "custom_audiences", "description");
    }

    @Test
    void aRouteMasksTheTemplateAndLeavesAccessUnlessAsked() {
        ServiceKey hello = service("hello");
        String etag = etagOfNew(hello);

        services.route(hello, etag, Map.of(), "hello-1", Optional.empty());
        assertThat(lastUpdate().getUpdateMask().getPathsList())
                .containsExactlyInAnyOrder("annotations", "traffic");

        services.route(
                hello,
                services.get(hello).orElseThrow().etag(),
                Map.of(),
                "hello-1",
                Optional.of(Access.PUBLIC));
        assertThat(lastUpdate().getUpdateMask().getPathsList())
                .containsExactlyInAnyOrder("annotations", "traffic", "invoker_iam_disabled");
        assertThat(lastUpdate().getService().getInvokerIamDisabled()).isTrue();
    }

    @Test
    void saysWhoMayCall() {
        ServiceKey hello = service("hello");
        String name = "projects/p/locations/europe-west1/services/hello";

        run.put(Service.newBuilder().setName(name).build());
        assertThat(services.get(hello).orElseThrow().access()).isEqualTo(Access.PRIVATE);

        run.put(
                Service.newBuilder()
                        .setName(name)
                        .setInvokerIamDisabled(true)
                        .putAnnotations("slipway.dev/access-before", "PRIVATE")
                        .build());
        assertThat(services.get(hello).orElseThrow().access()).isEqualTo(Access.PUBLIC);
        assertThat(services.get(hello).orElseThrow().marks().accessBefore())
                .isEqualTo(Access.PRIVATE);
    }

    @Test
    void aServiceWhoseMarksDoNotParseIsRefused() {
        ServiceKey hello = service("hello");
        run.put(
                Service.newBuilder()
                        .setName("projects/p/locations/europe-west1/services/hello")
                        .putAnnotations("slipway.dev/order", "first")
                        .build());

        assertThatThrownBy(() -> services.get(hello))
                .isInstanceOfSatisfying(
                        GatewayException.class,
                        e -> {
                            assertThat(e.kind()).isEqualTo(FailureKind.REFUSED);
                            assertThat(e.sentence()).contains("left as it is");
                        });
    }

    @ParameterizedTest
    @CsvSource({
        "PERMISSION_DENIED,DENIED",
        "RESOURCE_EXHAUSTED,BUSY",
        "UNAVAILABLE,TRANSIENT",
        "INVALID_ARGUMENT,REFUSED",
        "ABORTED,CONFLICT"
    })
    void aRefusalSaysWhetherAskingAgainHelps(Status.Code code, FailureKind kind) {
        run.refuse(code.toStatus());

        assertThatThrownBy(() -> services.create(starting(service("hello"), "hello-1"), Map.of()))
                .isInstanceOfSatisfying(
                        GatewayException.class,
                        e -> {
                            assertThat(e.kind()).isEqualTo(kind);
                            assertThat(e.sentence())
                                    .contains("create the service europe-west1/hello");
                        });
    }
}
