package dev.slipway.local.run;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.cloud.run.v2.Service;
import com.google.protobuf.TextFormat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Limits of Cloud Run, each at its edge. */
class RulesTest {
    private static final ServiceName NAME = new ServiceName("p", "r", "hello");

    private static void check(String more, String inTemplate, String inContainer) throws Exception {
        String text =
                "%s template { %s containers { image: \"host/image\" %s } }"
                        .formatted(more, inTemplate, inContainer)
                        .replace('\'', '"');
        Service spec = TextFormat.parse(text, Service.class);
        ServiceRules.check(NAME, new Defaults(1).fill(spec));
    }

    private static void limits(String cpu, String memory, int concurrency) throws Exception {
        check(
                "",
                "max_instance_request_concurrency: " + concurrency,
                "resources { limits { key: 'cpu' value: '%s' } limits { key: 'memory' value: '%s' } }"
                        .formatted(cpu, memory));
    }

    @ParameterizedTest
    @CsvSource({
        "1, 512Mi, 80",
        "1000m, 4Gi, 1000",
        "2, 8Gi, 80",
        "4, 2Gi, 80",
        "8, 32Gi, 1",
        "0.08, 128Mi, 1",
        ".167, 256M, 1",
        "583m, 1Gi, 1"
    })
    void takesWhatCloudRunTakes(String cpu, String memory, int concurrency) {
        assertThatCode(() -> limits(cpu, memory, concurrency)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({
        "1, 5Gi, 80, memory",
        "3, 2Gi, 80, cpu",
        "4, 1Gi, 80, memory",
        "8, 33Gi, 80, memory",
        "0.07, 128Mi, 1, cpu",
        "0.4, 1Gi, 1, memory",
        "0.5, 512Mi, 2, concurrency",
        "1, 127Mi, 80, memory",
        "1, plenty, 80, quantity",
        "one, 512Mi, 80, quantity",
        "1, 512Mi, 1001, concurrency"
    })
    void refusesWhatDoesNotGoTogether(String cpu, String memory, int concurrency, String why) {
        assertThatThrownBy(() -> limits(cpu, memory, concurrency)).hasMessageContaining(why);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "timeout { seconds: 3601 }",
                "timeout { nanos: 5 }",
                "scaling { min_instance_count: 5 max_instance_count: 4 }",
                "revision: 'other-1'",
                "revision: 'hello-A'",
                "revision: 'hello-'",
                "annotations { key: 'run.googleapis.com/x' value: '1' }",
                "labels { key: 'Upper' value: '1' }",
                "volumes { name: 'v' }",
                "containers { image: 'second' }",
                "encryption_key: 'k'"
            })
    void refusesATemplate(String template) {
        assertThatThrownBy(() -> check("", template, "")).hasMessageContaining("service.template.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "env { name: 'PORT' value: '1' }",
                "env { name: 'K_SERVICE' value: '1' }",
                "env { name: 'A' } env { name: 'A' }",
                "env { name: 'S' value_source { secret_key_ref { secret: 's' } } }",
                "ports { container_port: 65536 }",
                "ports { container_port: 80 } ports { container_port: 81 }",
                "ports { name: 'http3' }",
                "volume_mounts { name: 'v' }",
                "liveness_probe { }",
                "startup_probe { grpc { } }",
                "startup_probe { period_seconds: 241 tcp_socket { } }",
                "startup_probe { timeout_seconds: 11 tcp_socket { } }"
            })
    void refusesAContainer(String container) {
        assertThatThrownBy(() -> check("", "", container))
                .hasMessageContaining("service.template.containers[0].");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "annotations { key: 'serving.knative.dev/x' value: '1' }",
                "labels { key: 'cloud.googleapis.com/x' value: '1' }",
                "traffic { type: TRAFFIC_TARGET_ALLOCATION_TYPE_LATEST percent: 99 }",
                "traffic { type: TRAFFIC_TARGET_ALLOCATION_TYPE_REVISION percent: 100 }",
                "traffic { percent: 100 }",
                "traffic { type: TRAFFIC_TARGET_ALLOCATION_TYPE_LATEST percent: 100 tag: 't' }",
                "scaling { scaling_mode: MANUAL }",
                "iap_enabled: true",
                "binary_authorization { use_default: true }"
            })
    void refusesAService(String service) {
        assertThatThrownBy(() -> check(service, "", "")).hasMessageContaining("service.");
    }
}
