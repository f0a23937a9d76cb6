package dev.slipway.contracts.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever happens to a manifest's text, the reader answers. */
class MutatedManifestsTest {
    private static final int TRIES = 5000;
    private static final String CHARACTERS = "{}[]:,-#&*!|>'\"%@` \n\tab01.~?éS\\";
    private static final List<String> LINES =
            List.of(
                    "profile: functions",
                    "function: helloHttp",
                    "build: { env: { A: build } }",
                    "memory: 1Gi",
                    "cpu: 2",
                    "timeout: 1m30s",
                    "env:",
                    "  GREETING: Hello",
                    "labels: { team: shop }",
                    "startupProbe: { httpGet: { path: /ready }, periodSeconds: 5 }",
                    "triggers:",
                    "  - http:",
                    "  - pubsub: { topic: orders, minimumBackoff: 1s }",
                    "  - storage: { bucket: photos, path: /photos }");

    /** Nothing deploys these yet, so a manifest gets one now and then, by a change. */
    private static final List<String> LATER =
            List.of(
                    "secrets: { A: api-key:1, /keys/a: api-key:latest }",
                    "volumes: [{ name: v, type: nfs, location: 's:/' }]",
                    "volumeMounts: [{ volume: v, mountPath: /v }]",
                    "containers: [{ name: db, image: i, dependsOn: [hello-1], env: { A: b } }]",
                    "key: projects/p/locations/europe-west1/keyRings/r/cryptoKeys/k",
                    "livenessProbe: { grpc: {} }");

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void theReaderAlwaysAnswers(long seed) {
        Random random = new Random(seed);
        for (int tried = 0; tried < TRIES; tried++) {
            String yaml = mutated(random);
            switch (Manifests.read(yaml, Manifests.OPEN)) {
                case ManifestReading.Valid(Manifest manifest) ->
                        assertThat(manifest.service()).isEqualTo("hello");
                case ManifestReading.Invalid(List<Problem> problems) ->
                        assertThat(problems).as(yaml).isNotEmpty();
            }
        }
    }

    private static String mutated(Random random) {
        StringBuilder text = new StringBuilder(String.join("\n", LINES));
        for (int change = random.nextInt(4); change >= 0; change--) {
            int at = random.nextInt(text.length());
            char character = CHARACTERS.charAt(random.nextInt(CHARACTERS.length()));
            switch (random.nextInt(5)) {
                case 0 -> text.setCharAt(at, character);
                case 1 -> text.insert(at, character);
                case 2 -> text.deleteCharAt(at);
                case 3 -> text.insert(0, LATER.get(random.nextInt(LATER.size())) + "\n");
                default -> text.insert(at, LINES.get(random.nextInt(LINES.size())) + "\n");
            }
        }
        return text.toString();
    }
}
