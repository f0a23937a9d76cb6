package dev.slipway.contracts.manifest;

import static dev.slipway.contracts.manifest.Manifests.valid;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ManifestTest {
    private static final String EVERYTHING =
            """
            apiVersion: slipway.dev/v1
            service: hello
            region: europe-west1
            profile: run
            function: helloHttp
            signatureType: http
            runtime: nodejs22
            build:
              env: { GOOGLE_NODE_RUN_SCRIPTS: build }
            memory: 1Gi
            cpu: 2
            concurrency: 10
            timeout: 1m30s
            minInstances: 1
            maxInstances: 5
            port: 3000
            env:
              GREETING: "Hello"
              COUNTRY: no
            labels: { team: shop }
            access: public
            startupProbe: { httpGet: { path: /ready }, periodSeconds: 5 }
            triggers:
              - http:
            """;

    private static String text(Manifest manifest) {
        return new String(manifest.normalised(), StandardCharsets.UTF_8);
    }

    @Test
    void profileRunHasTheDefaultsOfRunDeploy() {
        assertThat(text(valid("function: helloHttp")))
                .isEqualTo(
                        """
                        {"access":"private","apiVersion":"slipway.dev/v1","build":{"env":{}},"concurrency":80,\
                        "cpu":"1","env":{},"function":"helloHttp","labels":{},"maxInstances":100,\
                        "memory":"512Mi","minInstances":0,"port":8080,"profile":"run",\
                        "region":"europe-west1","service":"hello","signatureType":"http",\
                        "timeout":"300s","triggers":[{"http":{}}]}""");
    }

    @Test
    void profileFunctionsHasTheDefaultsOfFunctionsDeploy() {
        assertThat(text(valid("profile: functions")))
                .isEqualTo(
                        """
                        {"access":"private","apiVersion":"slipway.dev/v1","build":{"env":{}},"concurrency":1,\
                        "cpu":"0.167","env":{},"function":"hello","labels":{},"maxInstances":100,\
                        "memory":"256M","minInstances":0,"port":8080,"profile":"functions",\
                        "region":"europe-west1","service":"hello","signatureType":"http",\
                        "timeout":"60s","triggers":[{"http":{}}]}""");
    }

    @Test
    void withoutAFunctionItIsAWebApplication() {
        assertThat(text(valid("")))
                .isEqualTo(
                        """
                        {"access":"private","apiVersion":"slipway.dev/v1","build":{"env":{}},"concurrency":80,\
                        "cpu":"1","env":{},"labels":{},"maxInstances":100,\
                        "memory":"512Mi","minInstances":0,"port":8080,"profile":"run",\
                        "region":"europe-west1","service":"hello",\
                        "timeout":"300s","triggers":[{"http":{}}]}""");
        assertThat(valid("triggers: [{pubsub: {}}]").signatureType()).isNull();
    }

    @Test
    void triggersHaveDefaultsAndAnOrderOfTheirOwn() {
        Manifest manifest =
                valid(
                        """
                        function: f
                        triggers:
                          - storage: { bucket: "gs://photos/", path: /photos, maximumBackoff: 5 }
                          - pubsub: { topic: projects/my-project/topics/orders }
                          - pubsub:
                        """);

        assertThat(manifest.signatureType()).isEqualTo(SignatureType.CLOUDEVENT);
        assertThat(manifest.triggers())
                .containsExactly(
                        new Trigger.Http(),
                        new Trigger.Pubsub(
                                null, "/", 20, Duration.ofSeconds(10), Duration.ofMinutes(10)),
                        new Trigger.Pubsub(
                                "orders", "/", 20, Duration.ofSeconds(10), Duration.ofMinutes(10)),
                        new Trigger.Storage(
                                "photos",
                                Trigger.Change.FINALIZED,
                                "/photos",
                                20,
                                Duration.ofSeconds(5),
                                Duration.ofSeconds(5)));
        assertThat(text(manifest))
                .contains(
                        """
                        "triggers":[{"http":{}},\
                        {"pubsub":{"maxDeliveryAttempts":20,"maximumBackoff":"600s","minimumBackoff":"10s","path":"/"}},\
                        {"pubsub":{"maxDeliveryAttempts":20,"maximumBackoff":"600s","minimumBackoff":"10s","path":"/","topic":"orders"}},\
                        {"storage":{"bucket":"photos","event":"finalized","maxDeliveryAttempts":20,"maximumBackoff":"5s","minimumBackoff":"5s","path":"/photos"}}]""");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "function: f                                      | HTTP",
                "{function: f, triggers: [{http: {}}]}            | HTTP",
                "{function: f, signatureType: typed}              | TYPED",
                "{function: f, signatureType: cloudevent}         | CLOUDEVENT",
                "{function: f, triggers: [{pubsub: {}}]}          | CLOUDEVENT",
                "{function: f, triggers: [{storage: {bucket: photos}}]} | CLOUDEVENT",
                "{function: f, signatureType: event, triggers: [{pubsub: {}}]} | EVENT",
                "{profile: functions, triggers: [{pubsub: {}}]}   | CLOUDEVENT"
            })
    void theSignatureFollowsFromTheTriggers(String yaml, SignatureType signature) {
        assertThat(valid(yaml).signatureType()).isEqualTo(signature);
    }

    @Test
    void everythingThatIsSupportedIsTakenOver() {
        assertThat(valid(EVERYTHING))
                .isEqualTo(
                        new Manifest(
                                "slipway.dev/v1",
                                "hello",
                                "europe-west1",
                                Profile.RUN,
                                "helloHttp",
                                SignatureType.HTTP,
                                "nodejs22",
                                new Manifest.Build(Map.of("GOOGLE_NODE_RUN_SCRIPTS", "build")),
                                "1Gi",
                                "2",
                                10,
                                Duration.ofSeconds(90),
                                1,
                                5,
                                3000,
                                Map.of("GREETING", "Hello", "COUNTRY", "no"),
                                Map.of("team", "shop"),
                                Access.PUBLIC,
                                new Probe(0, 1, 5, 3, new Probe.HttpGet(3000, "/ready")),
                                List.of(new Trigger.Http())));
    }

    @Test
    void whatIsNormalisedIsReadBackTheSame() throws IOException {
        for (String yaml :
                List.of(
                        EVERYTHING,
                        "",
                        "function: f",
                        "profile: functions",
                        "triggers: [{pubsub: {topic: orders}}, {pubsub: {}}]",
                        "{function: f, triggers: [{storage: {bucket: photos}}]}")) {
            Manifest manifest = valid(yaml);
            Manifest again = Manifest.parse(manifest.normalised());
            assertThat(again).isEqualTo(manifest);
            assertThat(again.digest()).isEqualTo(manifest.digest());
        }
    }

    @Test
    void whatWasWrittenOutAndWhatWasLeftToDefaultsIsTheSame() {
        Manifest defaults = valid("function: f");
        Manifest written =
                valid(
                        """
                        triggers: [{http: {}}]
                        concurrency: default
                        timeout: 5m
                        cpu: 1000m
                        memory: 512Mi
                        function: f
                        env:
                        """);
        assertThat(written.digest()).isEqualTo(defaults.digest());
        assertThat(valid("function: g").digest()).isNotEqualTo(defaults.digest());
    }

    @Test
    void theOrderOfVariablesDoesNotCount() {
        assertThat(valid("{function: f, env: {B: b, A: a}}").digest())
                .isEqualTo(valid("{function: f, env: {A: a, B: b}}").digest());
    }

    @ParameterizedTest
    @CsvSource({
        "128Mi, 128Mi, 0.083",
        "256, 256M, 0.167",
        "256Mi, 256Mi, 0.167",
        "257Mi, 257Mi, 0.333",
        "512MB, 512M, 0.333",
        "1G, 1G, 0.583",
        "2Gi, 2Gi, 1",
        "4096Mi, 4096Mi, 2",
        "8Gi, 8Gi, 2",
        "16Gi, 16Gi, 4",
        "32Gi, 32Gi, 8"
    })
    void inProfileFunctionsMemoryGivesTheCpu(String written, String memory, String cpu) {
        Manifest manifest = valid("{profile: functions, memory: " + written + "}");
        assertThat(manifest.memory()).isEqualTo(memory);
        assertThat(manifest.cpu()).isEqualTo(cpu);
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "'2', 2", ".5, 0.5", "0.50, 0.5", "500m, 0.5", "1.0, 1", "80m, 0.08"})
    void cpusAreOneText(String written, String cpu) {
        assertThat(valid("{function: f, concurrency: 1, cpu: " + written + "}").cpu())
                .isEqualTo(cpu);
    }

    @Test
    void lessThanOneCpuTakesOneRequestAtATime() {
        assertThat(valid("{function: f, cpu: 0.5}").concurrency()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"httpGet: {}", "grpc: {}", "tcpSocket: {}", "periodSeconds: 10"})
    void aProbeAsksTheContainersPort(String probe) {
        Probe read = valid("{function: f, port: 99, startupProbe: {" + probe + "}}").startupProbe();
        assertThat(read).extracting(asked -> asked.check().port()).isEqualTo(99);
    }

    @Test
    void aByteOrderMarkDoesNoHarm() {
        assertThat(valid("\ufefffunction: f").function()).isEqualTo("f");
    }

    @Test
    void whatIsNoNormalisedManifestIsRefused() {
        for (String text : List.of("null", "[]", "{}x", "function: f", "{\"timeout\":\"soon\"}")) {
            assertThatThrownBy(() -> Manifest.parse(text.getBytes(StandardCharsets.UTF_8)))
                    .as(text)
                    .isInstanceOf(IOException.class);
        }
    }
}
