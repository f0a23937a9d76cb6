package dev.slipway.contracts;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Events as Pub/Sub messages and back: CloudEvents 1.0 in binary mode, attributes {@code ce-*},
 * JSON data. Unknown fields are ignored, unknown types refused.
 */
public final class EventCodec {
    /** Events carry references; one larger than this carries something else. */
    public static final int LARGEST_BYTES = 64 * 1024;

    /** Pub/Sub refuses a message with a longer attribute (PubsubMessage: attributes). */
    private static final int LONGEST_ATTRIBUTE_BYTES = 1024;

    private final String source;

    /**
     * A codec for one installation.
     *
     * @param project the project's id
     * @param installation the installation's name; both become the CloudEvents source
     */
    public EventCodec(String project, String installation) {
        this.source = "//slipway.dev/projects/" + project + "/installations/" + installation;
    }

    /** A Pub/Sub message without id: attributes and data. */
    public record Encoded(Map<String, String> attributes, byte[] data) {}

    /** The message that says this event. */
    public Encoded encode(PipelineEvent event) {
        Map<String, String> attributes = new LinkedHashMap<>();
        attributes.put("ce-specversion", "1.0");
        attributes.put("ce-type", event.type());
        attributes.put("ce-id", event.id());
        attributes.put("ce-source", source);
        attributes.put("ce-subject", event.deployment().value());
        attributes.put("content-type", "application/json");
        attributes.put("traceparent", traceparent(event));
        if (event instanceof DeploymentFinished finished) {
            addFilterable(attributes, finished);
        }
        return new Encoded(attributes, write(event));
    }

    /**
     * The event that this message says.
     *
     * @throws UnreadableEvent if it says none that we know, with the reason
     */
    public PipelineEvent decode(Map<String, String> attributes, byte[] data)
            throws UnreadableEvent {
        if (data.length > LARGEST_BYTES) {
            throw new UnreadableEvent(
                    "the data has "
                            + data.length
                            + " bytes; an event has "
                            + LARGEST_BYTES
                            + " at most");
        }
        String type = attributes.get("ce-type");
        return switch (type) {
            case SourceStored.TYPE -> read(data, SourceStored.class);
            case ImagePushed.TYPE -> read(data, ImagePushed.class);
            case DeploymentFinished.TYPE -> read(data, DeploymentFinished.class);
            case null -> throw new UnreadableEvent("the message has no attribute ce-type");
            default -> throw new UnreadableEvent("the type " + Shown.of(type) + " is none of ours");
        };
    }

    private static <E extends PipelineEvent> E read(byte[] data, Class<E> kind)
            throws UnreadableEvent {
        E event;
        try {
            event = Json.read(data, kind);
        } catch (IOException e) {
            String why =
                    e instanceof JsonProcessingException json
                            ? json.getOriginalMessage()
                            : e.getMessage();
            throw new UnreadableEvent(
                    "the data is no "
                            + kind.getSimpleName()
                            + ": "
                            + Shown.of(String.valueOf(why)));
        }
        if (missing(event)) {
            throw new UnreadableEvent(
                    "the data is no " + kind.getSimpleName() + ": a required field is missing");
        }
        return event;
    }

    private static boolean missing(PipelineEvent event) {
        return switch (event) {
            case SourceStored(
                            var id,
                            var service,
                            var source,
                            var sourceDigest,
                            var manifest,
                            _,
                            _) ->
                    anyNull(id, source, sourceDigest, manifest) || incomplete(service);
            case ImagePushed(var id, var service, var image, var manifest, _, _) ->
                    anyNull(id, image, manifest) || incomplete(service);
            case DeploymentFinished(
                            var id,
                            var drop,
                            var service,
                            var outcome,
                            var reason,
                            var message,
                            _,
                            _) ->
                    anyNull(id, drop, outcome, reason, message)
                            || (service != null && incomplete(service));
        };
    }

    private static boolean incomplete(@Nullable ServiceKey service) {
        return service == null || anyNull(service.region(), service.service());
    }

    private static boolean anyNull(@Nullable Object... values) {
        for (Object value : values) {
            if (value == null) {
                return true;
            }
        }
        return false;
    }

    private static void addFilterable(Map<String, String> attributes, DeploymentFinished finished) {
        attributes.put("outcome", finished.outcome().name());
        if (finished.service() != null) {
            attributes.put("service", finished.service().service().value());
            attributes.put("region", finished.service().region());
        }
        if (finished.correlation() != null) {
            attributes.put("correlation", attribute(finished.correlation()));
        }
    }

    /**
     * Text from outside, made fit for an attribute of a Pub/Sub message: no control characters, and
     * not longer than Pub/Sub takes.
     */
    public static String attribute(String text) {
        CharBuffer shown = CharBuffer.wrap(Shown.of(text, LONGEST_ATTRIBUTE_BYTES));
        StandardCharsets.UTF_8
                .newEncoder()
                .encode(shown, ByteBuffer.allocate(LONGEST_ATTRIBUTE_BYTES), true);
        return shown.flip().toString();
    }

    /**
     * W3C Trace Context: all events of one deployment belong to one trace, whichever process
     * publishes them.
     */
    private static String traceparent(PipelineEvent event) {
        HexFormat hex = HexFormat.of();
        String trace = hex.formatHex(Digest.hash(event.deployment().value()), 0, 16);
        String span = hex.formatHex(Digest.hash(event.id()), 0, 8);
        return "00-" + trace + "-" + span + "-01";
    }

    private static byte[] write(PipelineEvent event) {
        byte[] data = Json.write(event);
        if (data.length > LARGEST_BYTES) {
            throw new IllegalArgumentException(
                    "an event of " + data.length + " bytes carries content");
        }
        return data;
    }
}
