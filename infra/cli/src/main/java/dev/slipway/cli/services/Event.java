package dev.slipway.cli.services;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.cli.terminal.Problem;
import dev.slipway.contracts.Json;
import dev.slipway.contracts.Shown;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * A CloudEvent in HTTP's binary mode: its attributes as headers, its data as the body (CloudEvents
 * 1.0, HTTP protocol binding, 3.1).
 *
 * @param attributes without {@code ce-}
 */
public record Event(Map<String, String> attributes, String contentType, byte[] data) {
    private static final Set<String> REQUIRED = Set.of("id", "source", "type");

    /**
     * The event that a JSON document in CloudEvents' structured form says.
     *
     * @throws Problem if it says none
     */
    public static Event parse(byte[] json) {
        JsonNode read;
        try {
            read = Json.read(json, JsonNode.class);
        } catch (IOException e) {
            throw Problem.usage(
                    "the event is no JSON: " + Shown.of(String.valueOf(e.getMessage())),
                    "Give pubsub, storage, or a CloudEvent as JSON, inline or as a file's name.");
        }
        Map<String, String> attributes = new LinkedHashMap<>();
        attributes.put("specversion", "1.0");
        read.properties().stream()
                .filter(field -> field.getValue().isValueNode())
                .filter(field -> !Set.of("data_base64", "datacontenttype").contains(field.getKey()))
                .filter(field -> !field.getKey().equals("data"))
                .forEach(field -> attributes.put(field.getKey(), field.getValue().asText()));
        REQUIRED.stream()
                .filter(name -> !attributes.containsKey(name))
                .sorted()
                .findFirst()
                .ifPresent(
                        name -> {
                            throw Problem.usage(
                                    "the event has no " + name,
                                    "A CloudEvent has an id, a source and a type.");
                        });
        return new Event(
                attributes, read.path("datacontenttype").asText("application/json"), data(read));
    }

    private static byte[] data(JsonNode event) {
        if (event.hasNonNull("data_base64")) {
            try {
                return Base64.getDecoder().decode(event.path("data_base64").asText());
            } catch (IllegalArgumentException _) {
                throw Problem.usage("the event's data_base64 is no base64", "Give data instead.");
            }
        }
        JsonNode data = event.path("data");
        if (data.isMissingNode()) {
            return new byte[0];
        }
        return data.isTextual() ? data.asText().getBytes(StandardCharsets.UTF_8) : Json.write(data);
    }

    /** All headers. */
    Map<String, String> headers() {
        Map<String, String> headers = new LinkedHashMap<>();
        attributes.forEach((name, value) -> headers.put("ce-" + name, encoded(value)));
        headers.put("Content-Type", contentType);
        return headers;
    }

    /** Space, quote, percent and all but printable ASCII are percent-encoded (ibid., 3.1.3.2). */
    static String encoded(String value) {
        StringBuilder text = new StringBuilder();
        for (byte each : value.getBytes(StandardCharsets.UTF_8)) {
            int character = each & 0xff;
            if (character <= ' ' || character > '~' || character == '"' || character == '%') {
                text.append('%').append(String.format("%02X", character));
            } else {
                text.append((char) character);
            }
        }
        return text.toString();
    }
}
