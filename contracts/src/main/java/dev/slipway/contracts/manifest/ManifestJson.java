package dev.slipway.contracts.manifest;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdScalarSerializer;
import java.io.IOException;
import java.time.Duration;

/** How the normalised manifest is written: sorted, durations as seconds in Google's JSON form. */
final class ManifestJson {
    private static final JsonMapper MAPPER =
            JsonMapper.builder()
                    .enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
                    .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
                    .disable(MapperFeature.SORT_CREATOR_PROPERTIES_FIRST)
                    .disable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
                    .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                    .defaultPropertyInclusion(
                            JsonInclude.Value.construct(
                                    JsonInclude.Include.NON_NULL, JsonInclude.Include.ALWAYS))
                    .addModule(
                            new SimpleModule()
                                    .addSerializer(Duration.class, new SecondsWriter())
                                    .addDeserializer(Duration.class, new SecondsReader()))
                    .build();

    private ManifestJson() {}

    static byte[] write(Manifest manifest) {
        try {
            return MAPPER.writeValueAsBytes(manifest);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a manifest's fields are all writable", e);
        }
    }

    static Manifest read(byte[] bytes) throws IOException {
        Manifest manifest = MAPPER.readValue(bytes, Manifest.class);
        if (manifest == null) {
            throw new IOException("null is no manifest");
        }
        return manifest;
    }

    private static final class SecondsWriter extends StdScalarSerializer<Duration> {
        private static final long serialVersionUID = 1;

        SecondsWriter() {
            super(Duration.class);
        }

        @Override
        public void serialize(Duration value, JsonGenerator json, SerializerProvider provider)
                throws IOException {
            json.writeString(value.toSeconds() + "s");
        }
    }

    private static final class SecondsReader extends StdScalarDeserializer<Duration> {
        private static final long serialVersionUID = 1;

        SecondsReader() {
            super(Duration.class);
        }

        @Override
        public Duration deserialize(JsonParser json, DeserializationContext context)
                throws IOException {
            return Seconds.parse(json.getText())
                    .orElseThrow(() -> new IOException("a duration is seconds and s, as in 300s"));
        }
    }
}
