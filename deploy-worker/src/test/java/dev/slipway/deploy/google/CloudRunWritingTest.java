package dev.slipway.deploy.google;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.run.v2.Container;
import com.google.cloud.run.v2.EnvVar;
import com.google.cloud.run.v2.ExecutionEnvironment;
import com.google.cloud.run.v2.IngressTraffic;
import com.google.cloud.run.v2.Service;
import dev.slipway.contracts.ObjectVersion;
import dev.slipway.contracts.ServiceKey;
import dev.slipway.contracts.ServiceName;
import dev.slipway.contracts.manifest.Access;
import dev.slipway.contracts.manifest.Manifest;
import dev.slipway.contracts.manifest.Profile;
import dev.slipway.deploy.Given;
import dev.slipway.deploy.decide.ServicePlan;
import dev.slipway.ledger.DeploymentRecord;
import dev.slipway.ledger.Marker;
import dev.slipway.ledger.Order;
import dev.slipway.ledger.Source;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class CloudRunWritingTest {
    private static ServicePlan plan(Manifest manifest) {
        Marker marker =
                Marker.of(Order.of(new ObjectVersion("drop", "hello.zip", 5), 1_700_000_000_000L));
        Source source =
                new Source(
                        new ObjectVersion("staging", "services/hello/x", 1),
                        Given.digest("source"),
                        Given.digest("build"),
                        1,
                        1,
                        0,
                        "");
        ServiceKey hello = new ServiceKey("europe-west1", new ServiceName("hello"));
        DeploymentRecord record =
                DeploymentRecord.received(marker, hello, null)
                        .verified(source, manifest.digest(), null)
                        .built("image@" + Given.digest("image"))
                        .deploying();
        return ServicePlan.of(record, manifest, "p", "runtime@p.iam.gserviceaccount.com");
    }

    private static Service service(Manifest manifest) {
        return CloudRunWriting.service(plan(manifest), Map.of("a", "b")).build();
    }

    private static Map<String, String> environment(Container container) {
        return container.getEnvList().stream()
                .collect(Collectors.toMap(EnvVar::getName, EnvVar::getValue));
    }

    @Test
    void aServiceOfTheRunPathIsAsGcloudWouldAskForIt() {
        Service service = service(Given.manifest("hello", Access.PRIVATE));

        assertThat(service.getAnnotationsMap()).containsExactly(Map.entry("a", "b"));
        assertThat(service.getLabelsMap()).containsExactly(Map.entry("team", "blue"));
        assertThat(service.getIngress()).isEqualTo(IngressTraffic.INGRESS_TRAFFIC_ALL);
        assertThat(service.getInvokerIamDisabled()).isFalse();
        var template = service.getTemplate();
        assertThat(template.getServiceAccount()).isEqualTo("runtime@p.iam.gserviceaccount.com");
        assertThat(template.getTimeout().getSeconds()).isEqualTo(300);
        assertThat(template.getMaxInstanceRequestConcurrency()).isEqualTo(80);
        assertThat(template.getScaling().getMaxInstanceCount()).isEqualTo(100);
        assertThat(template.getExecutionEnvironment())
                .isEqualTo(ExecutionEnvironment.EXECUTION_ENVIRONMENT_UNSPECIFIED);
        Container container = template.getContainers(0);
        assertThat(container.getName()).isEqualTo("hello-1");
        assertThat(container.getImage()).isEqualTo("image@" + Given.digest("image"));
        assertThat(container.getPorts(0).getContainerPort()).isEqualTo(8080);
        assertThat(container.getResources().getLimitsMap())
                .isEqualTo(Map.of("cpu", "1", "memory", "512Mi"));
        assertThat(container.getResources().getCpuIdle()).isTrue();
        assertThat(container.getResources().getStartupCpuBoost()).isTrue();
        assertThat(container.hasStartupProbe()).isFalse();
        assertThat(environment(container)).isEqualTo(Map.of("GREETING", "hi"));
    }

    @Test
    void aServiceOfTheFunctionsPathHasAFunctionsEnvironment() {
        Service service = service(Given.manifest("hello", Access.PRIVATE, Profile.FUNCTIONS));

        Container container = service.getTemplate().getContainers(0);
        assertThat(container.getName()).isEqualTo("worker");
        assertThat(environment(container))
                .containsEntry("FUNCTION_TARGET", "helloHttp")
                .containsEntry("FUNCTION_SIGNATURE_TYPE", "http")
                .containsEntry("LOG_EXECUTION_ID", "true")
                .containsEntry("FUNCTION_REGION", "europe-west1")
                .containsEntry("GREETING", "hi");
        assertThat(service.getTemplate().getExecutionEnvironment())
                .isEqualTo(ExecutionEnvironment.EXECUTION_ENVIRONMENT_GEN2);
    }

    @Test
    void publicAccessDisablesTheCheckOfInvokers() {
        assertThat(service(Given.manifest("hello", Access.PUBLIC)).getInvokerIamDisabled())
                .isTrue();
    }

    @Test
    void theRevisionSaysWhereItComesFrom() {
        ServicePlan plan = plan(Given.manifest("hello", Access.PRIVATE));

        assertThat(
                        service(Given.manifest("hello", Access.PRIVATE))
                                .getTemplate()
                                .getAnnotationsMap())
                .isEqualTo(plan.origin().annotations())
                .containsEntry("slipway.dev/deployment", plan.origin().deployment().value());
    }

    @Test
    void theSamePlanGivesTheSameBytes() {
        Manifest manifest = Given.manifest("hello", Access.PRIVATE, Profile.FUNCTIONS);

        assertThat(service(manifest).getTemplate().toByteString())
                .isEqualTo(service(Objects.requireNonNull(manifest)).getTemplate().toByteString());
    }
}
