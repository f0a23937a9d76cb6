package dev.slipway.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.StreamSupport;

/** One public document: its golden file, its schema and the event or answer that it says. */
record Golden(String name, Record value) {
    private static final ObjectMapper JSON = new ObjectMapper();
    static final DeploymentId DEPLOYMENT = new DeploymentId("d3xyfanvfbtdxkjyj3yv");
    static final ObjectVersion DROP =
            new ObjectVersion("local-project-slipway-drop", "hello.zip", 1767268800000001L);
    static final ServiceKey HELLO = new ServiceKey("europe-west1", new ServiceName("hello"));

    static final SourceStored SOURCE_STORED =
            new SourceStored(
                    DEPLOYMENT,
                    HELLO,
                    new ObjectVersion(
                            "run-sources-local-project-europe-west1",
                            "services/hello/d3xyfanvfbtdxkjyj3yv.tar.gz",
                            1767268801000002L),
                    Digest.of("source"),
                    Digest.of("manifest"),
                    1,
                    2);
    static final ImagePushed IMAGE_PUSHED =
            new ImagePushed(
                    DEPLOYMENT,
                    HELLO,
                    "europe-west1-docker.pkg.dev/local-project/cloud-run-source-deploy/hello@"
                            + Digest.of("image"),
                    Digest.of("manifest"),
                    1,
                    0);
    static final DeploymentFinished DEPLOYMENT_FINISHED =
            new DeploymentFinished(
                    DEPLOYMENT,
                    DROP,
                    HELLO,
                    Outcome.LIVE,
                    Reason.DEPLOYED,
                    "Revision hello-txkjyj3yv-1 serves.",
                    "http://localhost:9000",
                    "order-17");

    static List<Golden> events() {
        return List.of(
                new Golden("source-stored", SOURCE_STORED),
                new Golden("image-pushed", IMAGE_PUSHED),
                new Golden("deployment-finished", DEPLOYMENT_FINISHED));
    }

    PipelineEvent event() {
        return (PipelineEvent) value;
    }

    /** The golden file, without the line end that every text file has. */
    byte[] bytes() {
        return text("/events/" + name + ".json").stripTrailing().getBytes(StandardCharsets.UTF_8);
    }

    ObjectNode document() {
        return (ObjectNode) parse(new String(bytes(), StandardCharsets.UTF_8));
    }

    JsonNode schema() {
        return parse(text("events/" + name + ".schema.json"));
    }

    Set<ValidationMessage> violations(JsonNode document) {
        return JsonSchemaFactory.getInstance(VersionFlag.V202012)
                .getSchema(schema())
                .validate(document);
    }

    /** A schema that forgets a field, or names one that is gone, tells its readers a lie. */
    void assertSchemaNamesEveryField() {
        List<String> fields =
                Arrays.stream(value.getClass().getRecordComponents())
                        .map(RecordComponent::getName)
                        .toList();
        assertThat(schema().path("properties").fieldNames()).toIterable().isEqualTo(fields);
    }

    List<String> required() {
        return StreamSupport.stream(schema().path("required").spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }

    private static JsonNode parse(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(String resource) {
        try (InputStream file =
                Objects.requireNonNull(Golden.class.getResourceAsStream(resource), resource)) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
