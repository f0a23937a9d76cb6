package dev.slipway.cli.flags;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.cli.terminal.Problem;
import dev.slipway.contracts.Json;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

class GcloudFlagsTest {
    private static final Set<String> SAID_BY_THE_OBJECT = Set.of("apiVersion", "service", "region");

    private static GcloudFlags typed(String... words) {
        CommandSpec command = CommandSpec.create();
        GcloudFlags.addTo(command);
        return GcloudFlags.typed(new CommandLine(command).parseArgs(words));
    }

    private static JsonNode merged(String yaml, String... words) throws IOException {
        byte[] file = yaml.getBytes(StandardCharsets.UTF_8);
        return Json.read(
                new MergedManifest(typed(words), "hello", "p", "europe-west1").of(file),
                JsonNode.class);
    }

    private static Problem refused(String yaml, String... words) {
        return catchThrowableOfType(Problem.class, () -> merged(yaml, words));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    --function hello                        | {"function":"hello"}
                    --entry-point hello                     | {"function":"hello"}
                    --entry-point=hello                     | {"function":"hello"}
                    --runtime nodejs22                      | {"runtime":"nodejs22"}
                    --profile functions                     | {"profile":"functions"}
                    --memory 1Gi --cpu 2                    | {"memory":"1Gi","cpu":"2"}
                    --concurrency 10                        | {"concurrency":10}
                    --concurrency default                   | {"concurrency":"default"}
                    --timeout 5m                            | {"timeout":"5m"}
                    --min-instances 1 --max-instances 3     | {"minInstances":1,"maxInstances":3}
                    --port 3000                             | {"port":3000}
                    --set-env-vars A=1,B=x=y                | {"env":{"A":"1","B":"x=y"}}
                    --set-env-vars ^;^A=1,2;B=              | {"env":{"A":"1,2","B":""}}
                    --set-env-vars ^::^A=1;2::B=3           | {"env":{"A":"1;2","B":"3"}}
                    --set-env-vars A=1 --set-env-vars B=2   | {"env":{"A":"1","B":"2"}}
                    --set-build-env-vars A=1                | {"build":{"env":{"A":"1"}}}
                    --labels a=b --update-labels c=d        | {"labels":{"a":"b","c":"d"}}
                    --allow-unauthenticated                 | {"access":"public"}
                    --no-allow-unauthenticated              | {"access":"private"}
                    --startup-probe httpGet.path=/a,periodSeconds=5 | {"startupProbe":{"httpGet":{"path":"/a"},"periodSeconds":5}}
                    --function f --trigger-http             | {"function":"f","triggers":[{"http":{}}]}
                    --function f --trigger-topic orders     | {"function":"f","triggers":[{"pubsub":{"topic":"orders"}}]}
                    --function f --trigger-bucket gs://photos/ | {"function":"f","triggers":[{"storage":{"bucket":"photos","event":"finalized"}}]}
                    --function f --trigger-topic abc --trigger-topic abd | {"function":"f","triggers":[{"pubsub":{"topic":"abc"}},{"pubsub":{"topic":"abd"}}]}
                    --function f --trigger-event-filters type=google.cloud.storage.object.v1.finalized --trigger-event-filters bucket=photos | {"function":"f","triggers":[{"storage":{"bucket":"photos","event":"finalized"}}]}
                    --gen2 --quiet --platform managed --memory 1Gi | {"memory":"1Gi"}
                    """)
    void writesWhatGcloudsOptionsSay(String words, String manifest) throws IOException {
        assertThat(merged("", words.split(" +"))).isEqualTo(new ObjectMapper().readTree(manifest));
    }

    @Test
    void countsForMoreThanTheFileAndKeepsTheRest() throws IOException {
        String file =
                """
                apiVersion: slipway.dev/v1
                function: hello # kept
                memory: 1Gi
                env:
                  KEPT: "yes"
                  CHANGED: before
                  GONE: soon
                triggers:
                  - pubsub: { topic: before }
                """;

        JsonNode manifest =
                merged(
                        file,
                        "--memory=256Mi",
                        "--update-env-vars=CHANGED=after,NEW=1",
                        "--remove-env-vars=GONE",
                        "--trigger-topic=after");

        assertThat(manifest)
                .isEqualTo(
                        new ObjectMapper()
                                .readTree(
                                        """
                                        {"apiVersion":"slipway.dev/v1","function":"hello",
                                         "memory":"256Mi",
                                         "env":{"KEPT":"yes","CHANGED":"after","NEW":"1"},
                                         "triggers":[{"pubsub":{"topic":"after"}}]}
                                        """));
    }

    @Test
    void setsAllVariablesAnewWhateverTheFileHas() throws IOException {
        String file = "env: { OLD: a }\n";

        assertThat(merged(file, "--set-env-vars", "NEW=b").path("env").toString())
                .isEqualTo("{\"NEW\":\"b\"}");
        assertThat(merged(file, "--clear-env-vars", "--update-env-vars", "NEW=b").path("env"))
                .hasSize(1);
    }

    @Test
    void takesVariablesFromAFile(@TempDir Path directory) throws IOException {
        Path file = Files.writeString(directory.resolve("env.yaml"), "A: \"1\"\nB: no\n");

        assertThat(merged("", "--env-vars-file", file.toString()).path("env").toString())
                .isEqualTo("{\"A\":\"1\",\"B\":\"no\"}");
        assertThat(refused("", "--env-vars-file", directory + "/none.yaml").message())
                .contains("--env-vars-file", "cannot be read");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    --memory lots           | --memory: memory is 'lots'; allowed is a quantity
                    --cpu 4                 | --cpu: cpu is 4 with memory 512Mi
                    --concurrency 5000      | --concurrency: concurrency is 5000; allowed is a whole number from 1 to 1000
                    --set-env-vars PORT=1   | --set-env-vars: env.PORT is reserved
                    --labels Team=shop      | --labels: labels.Team is no name
                    --trigger-bucket X      | --trigger-bucket: triggers[0].storage.bucket is 'X'
                    --entry-point 1x        | --entry-point: function is '1x'
                    --startup-probe x=1     | --startup-probe: startupProbe.x is no field
                    """)
    void namesTheFlagWhoseValueCannotBe(String words, String message) {
        Problem problem = refused("", words.split(" +"));

        assertThat(problem.message()).startsWith(message);
        assertThat(problem.exitCode()).isEqualTo(2);
        assertThat(problem.nextStep()).contains("nothing was uploaded");
    }

    @Test
    void namesTheLineOfWhatIsWrongInTheFile() {
        assertThat(refused("memory: 1Gi\ncpu: -1\n", "--memory", "2Gi").message())
                .startsWith("slipway.yaml line 2, column 6: cpu is ");
        assertThat(refused("memory: [", "--memory", "2Gi").message())
                .startsWith("slipway.yaml line ");
        assertThat(refused("port: 1\nport: 2\n", "--memory", "2Gi").message())
                .startsWith("slipway.yaml line 2, column 1: port stands there twice");
        assertThat(refused("cpu: 4\nmemory: 4Gi\n", "--memory", "512Mi").message())
                .startsWith("slipway.yaml with these options: cpu is 4 with memory 512Mi");
    }

    @Test
    void tellsAllMistakesAtOnce() {
        Problem problem = refused("cpu: -1\n", "--memory", "lots", "--port", "0");

        assertThat(problem.message()).isEqualTo("3 things are wrong");
        assertThat(problem.details()).hasSize(3);
    }

    @Test
    void neverShowsAVariablesValue() {
        Problem noEquals = refused("", "--set-env-vars", "A=1,s3cret");
        Problem noKey = refused("", "--set-env-vars", "=s3cret");
        Problem reserved = refused("", "--set-env-vars", "PORT=s3cret");

        assertThat(Stream.of(noEquals, noKey, reserved))
                .allSatisfy(
                        problem ->
                                assertThat(problem.message() + problem.nextStep())
                                        .contains("--set-env-vars")
                                        .doesNotContain("s3cret"));
        assertThat(noEquals.message()).contains("the part after A has no =");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--vpc-connector c",
                "--no-cpu-throttling",
                "--cpu-boost",
                "--set-secrets=A=b:latest",
                "--service-account x@y",
                "--no-traffic",
                "--retry"
            })
    void namesWhatGcloudHasAndSlipwayHasNotYet(String words) {
        assertThatThrownBy(() -> typed(words.split(" ")))
                .isInstanceOf(Problem.class)
                .hasMessage(
                        words.replaceFirst("[ =].*", "")
                                + " is an option of gcloud that Slipway does not support yet");
    }

    @ParameterizedTest
    @CsvSource({
        "--source .,./slipway drop FOLDER",
        "--format json,--json",
        "--no-gen2,gen2",
        "--platform gke,managed"
    })
    void saysHowGcloudsOtherOptionsAreSaidHere(String words, String nextStep) {
        assertThatThrownBy(() -> typed(words.split(" ")))
                .isInstanceOfSatisfying(
                        Problem.class,
                        problem -> assertThat(problem.nextStep()).contains(nextStep));
    }

    @Test
    void refusesWhatContradictsItself() {
        assertThatThrownBy(() -> typed("--allow-unauthenticated", "--no-allow-unauthenticated"))
                .hasMessageContaining("contradict each other");
        assertThatThrownBy(
                        () ->
                                merged(
                                        "",
                                        "--event-filters",
                                        "type=google.cloud.audit.log.v1.written"))
                .hasMessageContaining("an event that Slipway does not wire yet");
    }

    /** What the manifest can say today can be said with a flag, and what it cannot is known. */
    @Test
    void leavesOutNoFieldOfTheManifest() throws IOException {
        Set<String> said = new TreeSet<>(Flags.all().stream().map(Flag::field).toList());
        List<String> missing = new ArrayList<>();
        for (Map.Entry<String, JsonNode> field : fields()) {
            String name = field.getKey();
            JsonNode schema = field.getValue();
            boolean supported = schema.path("x-supported").asBoolean(true);
            if (schema.has("x-elsewhere") || SAID_BY_THE_OBJECT.contains(name)) {
                continue;
            }
            boolean known = KnownNames.all().containsKey("--" + kebab(name));
            if (supported
                    && said.stream().noneMatch(it -> it.replaceFirst("\\..*", "").equals(name))) {
                missing.add(name + " is supported and has no flag");
            }
            if (supported && known) {
                missing.add(name + " is supported and called not supported yet");
            }
        }
        assertThat(missing).isEmpty();
    }

    private static Set<Map.Entry<String, JsonNode>> fields() throws IOException {
        String file = "/dev/slipway/contracts/manifest/slipway.schema.json";
        try (InputStream schema =
                Objects.requireNonNull(GcloudFlagsTest.class.getResourceAsStream(file), file)) {
            return new ObjectMapper().readTree(schema).path("properties").properties();
        }
    }

    private static String kebab(String name) {
        return name.replaceAll("([A-Z0-9]+)", "-$1").toLowerCase(Locale.ROOT);
    }
}
