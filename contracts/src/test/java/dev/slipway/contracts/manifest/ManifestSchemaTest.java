package dev.slipway.contracts.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SpecVersion.VersionFlag;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ManifestSchemaTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final ManifestSchema SCHEMA = ManifestSchema.get();

    /** Their examples are what holds without them. */
    private static final Set<String> SAME_AS_DEFAULT =
            Set.of("apiVersion", "service", "region", "triggers", "triggers[0].http");

    /** What some options need beside them. */
    private static final Map<String, String> BESIDE =
            Map.of(
                    "gpu", "{\"cpu\": 4, \"memory\": \"8Gi\"}",
                    "dependsOn", "{\"containers\": [{\"name\": \"proxy\", \"image\": \"i\"}]}",
                    "volumeMounts",
                            "{\"volumes\": [{\"name\": \"cache\", \"type\": \"in-memory\"}]}",
                    "vpcEgress", "{\"vpcConnector\": \"c\"}",
                    "networkTags", "{\"subnet\": \"s\"}",
                    "encryptionKeyShutdownHours",
                            "{\"postKeyRevocationActionType\": \"shut-down\"}");

    /**
     * One option somewhere in the schema, in a document that holds nothing else but what it needs.
     */
    record Sample(String field, Option option, ObjectNode document) {
        @Override
        public String toString() {
            return field;
        }
    }

    static Stream<Sample> samples() {
        Stream<Sample> top =
                options(SCHEMA.top()).map(name -> sample(name, SCHEMA.top().field(name)));
        Stream<Sample> build = inside("build", SCHEMA.top().field("build"));
        Stream<Sample> probe = inside("startupProbe", SCHEMA.top().field("startupProbe"));
        Option trigger = SCHEMA.top().field("triggers").item();
        Stream<Sample> triggers =
                options(trigger)
                        .map(
                                name -> {
                                    ObjectNode document = JSON.createObjectNode();
                                    Option option = trigger.field(name);
                                    document.putArray("triggers")
                                            .addObject()
                                            .set(name, option.keyword("examples").path(0));
                                    return new Sample("triggers[0]." + name, option, document);
                                });
        return Stream.of(
                        top,
                        build,
                        probe,
                        triggers,
                        inside(trigger, "pubsub", "topic"),
                        inside(trigger, "storage", "bucket"))
                .flatMap(samples -> samples);
    }

    /** What a kind of trigger has, each beside the field that this kind needs. */
    private static Stream<Sample> inside(Option trigger, String kind, String needed) {
        Option around = trigger.field(kind);
        return around.fields().stream()
                .map(
                        name -> {
                            Option option = around.field(name);
                            ObjectNode document = JSON.createObjectNode();
                            document.putArray("triggers")
                                    .addObject()
                                    .putObject(kind)
                                    .<ObjectNode>set(needed, example(around.field(needed)))
                                    .set(name, example(option));
                            return new Sample("triggers[0]." + kind + "." + name, option, document);
                        });
    }

    private static Stream<String> options(Option around) {
        return around.fields().stream().filter(name -> !name.equals("build"));
    }

    private static Stream<Sample> inside(String field, Option around) {
        return around.fields().stream()
                .filter(name -> around.field(name).exists())
                .map(
                        name -> {
                            Option option = around.field(name);
                            ObjectNode document = JSON.createObjectNode();
                            document.putObject(field).set(name, example(option));
                            return new Sample(field + "." + name, option, document);
                        });
    }

    private static Sample sample(String name, Option option) {
        ObjectNode document = JSON.createObjectNode().<ObjectNode>set(name, example(option));
        try {
            document.setAll((ObjectNode) JSON.readTree(BESIDE.getOrDefault(name, "{}")));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
        return new Sample(name, option, document);
    }

    private static JsonNode example(Option option) {
        return option.keyword("examples").path(0).isMissingNode()
                ? JSON.createObjectNode()
                : option.keyword("examples").path(0);
    }

    @ParameterizedTest
    @MethodSource("samples")
    void anOptionIsEitherTakenOverOrRefusedByName(Sample sample) {
        ObjectNode document = sample.document.deepCopy();
        if (!document.has("function") && !document.has("command")) {
            document.put("function", "f");
        }
        ManifestReading reading = Manifests.read(document.toString(), Manifests.OPEN);

        switch (reading) {
            case ManifestReading.Valid(Manifest manifest) -> {
                assertThat(sample.option.isSupported() && !sample.option.isElsewhere()).isTrue();
                boolean changes = !manifest.equals(Manifests.valid("function: f"));
                assertThat(changes)
                        .as("the option changes the manifest")
                        .isEqualTo(!SAME_AS_DEFAULT.contains(sample.field));
            }
            case ManifestReading.Invalid(List<Problem> problems) -> {
                String sentence =
                        sample.option.isElsewhere()
                                ? " is no field of a manifest: " + sample.option.elsewhere()
                                : " is not supported yet; take it out";
                assertThat(sample.option.isElsewhere() || !sample.option.isSupported()).isTrue();
                assertThat(problems)
                        .extracting(Problem::message)
                        .contains(sample.field + sentence)
                        .allMatch(message -> message.endsWith(sentence));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("samples")
    void anOptionsExampleIsWhatTheSchemaAllows(Sample sample) {
        if (sample.option.isElsewhere()) {
            assertThat(SCHEMA.violations(sample.document)).isNotEmpty();
        } else {
            assertThat(SCHEMA.violations(sample.document)).isEmpty();
        }
    }

    @Test
    void everyFieldSaysWhatItIsAndWhatIsAllowed() {
        everyProperty(SCHEMA.top().schema())
                .forEach(
                        field -> {
                            assertThat(field.path("description").asText()).isNotEmpty();
                            boolean known = field.has("x-allowed") || field.has("x-elsewhere");
                            assertThat(known).as(field.toString()).isTrue();
                        });
        assertThat(everyPart(SCHEMA.top().schema()))
                .allMatch(part -> new Option(part, SCHEMA.top().schema()).allowed().length() > 1);
    }

    /** What stands in lists, and in maps whose names are free. */
    private static Stream<JsonNode> everyPart(JsonNode schema) {
        return Stream.concat(
                Stream.of(schema.path("items"), schema.path("additionalProperties"))
                        .filter(JsonNode::isObject),
                schema.valueStream().flatMap(ManifestSchemaTest::everyPart));
    }

    private static Stream<JsonNode> everyProperty(JsonNode schema) {
        Stream<JsonNode> own =
                schema.has("properties") ? schema.path("properties").valueStream() : Stream.of();
        return Stream.concat(own, schema.valueStream().flatMap(ManifestSchemaTest::everyProperty));
    }

    @Test
    void theSchemaIsASchema() {
        assertThat(
                        JsonSchemaFactory.getInstance(VersionFlag.V202012)
                                .getSchema(SchemaLocation.of(VersionFlag.V202012.getId()))
                                .validate(SCHEMA.top().schema()))
                .isEmpty();
    }

    /** Options of both commands, without their update, remove and clear forms. */
    @Test
    void everyOptionOfBothCommandsHasAField() {
        String options =
                """
                region regions description source ignore-file stage-bucket function entry-point runtime
                base-image automatic-updates runtime-update-policy image docker-repository
                allow-unencrypted-build container command args port use-http2 secrets memory cpu gpu
                cpu-throttling cpu-boost startup-probe liveness-probe readiness-probe depends-on
                working-dir service-account concurrency timeout min-instances max-instances min max
                scaling execution-environment session-affinity vpc-connector vpc-egress network subnet
                network-tags cloudsql-instances gpu-type gpu-zonal-redundancy key
                post-key-revocation-action-type encryption-key-shutdown-hours mesh deploy-health-check
                revision-suffix labels ingress allow-unauthenticated invoker-iam-check default-url iap
                custom-audiences binary-authorization breakglass no-traffic
                serve-all-traffic-latest-revision tag threat-detection launch-stage client async
                volumes volume-mounts containers env triggers
                """;
        assertThat(
                        Arrays.stream(options.strip().split("\\s+", -1))
                                .map(ManifestSchemaTest::camelCase))
                .allSatisfy(name -> assertThat(SCHEMA.top().fields()).contains(name));
        assertThat(SCHEMA.top().field("build").fields())
                .contains("env", "serviceAccount", "workerPool", "machineType");
    }

    private static String camelCase(String option) {
        StringBuilder name = new StringBuilder();
        for (String word : option.split("-", -1)) {
            name.append(name.isEmpty() ? word.charAt(0) : Character.toUpperCase(word.charAt(0)))
                    .append(word.substring(1));
        }
        return name.toString();
    }
}
