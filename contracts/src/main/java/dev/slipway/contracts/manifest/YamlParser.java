package dev.slipway.contracts.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.contracts.Shown;
import dev.slipway.contracts.manifest.YamlDocument.Place;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.MappingStartEvent;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.events.SequenceStartEvent;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.StreamReader;

/** Reads one YAML document without anchors, aliases, tags and merge keys. */
final class YamlParser {
    private static final int DEEPEST = 16;

    private final ParserImpl parser;
    private final Map<FieldPath, Place> keys = new HashMap<>();
    private final Map<FieldPath, Place> values = new HashMap<>();
    private final List<YamlDocument.Repeated> repeated = new ArrayList<>();

    private YamlParser(String text) {
        parser = new ParserImpl(new StreamReader(text), new LoaderOptions());
    }

    static YamlDocument parse(byte[] utf8) throws UnreadableYaml {
        try {
            String text =
                    StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString();
            return new YamlParser(text.startsWith("\ufeff") ? text.substring(1) : text).document();
        } catch (CharacterCodingException e) {
            throw new UnreadableYaml(Place.START, "is not UTF-8; save it as UTF-8");
        } catch (MarkedYAMLException e) {
            throw new UnreadableYaml(place(e.getProblemMark()), "is no YAML: " + problem(e));
        } catch (YAMLException e) {
            throw new UnreadableYaml(Place.START, "is no YAML: " + problem(e));
        }
    }

    private static String problem(YAMLException e) {
        String said =
                e instanceof MarkedYAMLException marked ? marked.getProblem() : e.getMessage();
        return Shown.of(said == null ? "it cannot be read" : said.strip());
    }

    private YamlDocument document() throws UnreadableYaml {
        JsonNode root = JsonNodeFactory.instance.objectNode();
        parser.getEvent();
        if (parser.checkEvent(Event.ID.DocumentStart)) {
            parser.getEvent();
            root = node(FieldPath.ROOT, 0);
            parser.getEvent();
        }
        if (parser.checkEvent(Event.ID.DocumentStart)) {
            Event second = parser.getEvent();
            throw unreadable(second, "has a second document; keep one");
        }
        JsonNode whole = root.isNull() ? JsonNodeFactory.instance.objectNode() : root;
        return new YamlDocument(whole, keys, values, repeated);
    }

    private JsonNode node(FieldPath path, int depth) throws UnreadableYaml {
        Event event = parser.getEvent();
        if (depth > DEEPEST) {
            throw unreadable(event, "is nested deeper than " + DEEPEST + " levels");
        }
        values.put(path, place(event.getStartMark()));
        if (event instanceof NodeEvent node && !(node instanceof AliasEvent)) {
            refuseAnchor(node);
        }
        return switch (event) {
            case ScalarEvent scalar -> YamlScalar.of(tagless(scalar, scalar.getTag()));
            case MappingStartEvent map -> {
                tagless(map, map.getTag());
                yield map(path, depth);
            }
            case SequenceStartEvent list -> {
                tagless(list, list.getTag());
                yield list(path, depth);
            }
            default -> throw unreadable(event, "has an alias; write the value out");
        };
    }

    private ObjectNode map(FieldPath path, int depth) throws UnreadableYaml {
        ObjectNode map = JsonNodeFactory.instance.objectNode();
        while (!parser.checkEvent(Event.ID.MappingEnd)) {
            Event event = parser.getEvent();
            if (!(event instanceof ScalarEvent key)) {
                throw unreadable(event, "has a field whose name is no text");
            }
            refuseAnchor(key);
            FieldPath field = path.field(key.getValue());
            Place before = keys.putIfAbsent(field, place(key.getStartMark()));
            if (before != null) {
                repeated.add(new YamlDocument.Repeated(field, place(key.getStartMark())));
            }
            map.set(key.getValue(), node(field, depth + 1));
        }
        parser.getEvent();
        return map;
    }

    private ArrayNode list(FieldPath path, int depth) throws UnreadableYaml {
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        while (!parser.checkEvent(Event.ID.SequenceEnd)) {
            list.add(node(path.item(list.size()), depth + 1));
        }
        parser.getEvent();
        return list;
    }

    private static void refuseAnchor(NodeEvent event) throws UnreadableYaml {
        if (event.getAnchor() != null) {
            throw unreadable(event, "has an anchor; write the value where it is needed");
        }
    }

    private static <E extends Event> E tagless(E event, @Nullable String tag)
            throws UnreadableYaml {
        if (tag != null) {
            throw unreadable(event, "has the tag " + Shown.of(tag) + "; write the value without");
        }
        return event;
    }

    private static UnreadableYaml unreadable(Event event, String text) {
        return new UnreadableYaml(place(event.getStartMark()), text);
    }

    private static Place place(@Nullable Mark mark) {
        return mark == null ? Place.START : new Place(mark.getLine() + 1, mark.getColumn() + 1);
    }
}
