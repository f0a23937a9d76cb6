package dev.slipway.contracts.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.contracts.Shown;
import dev.slipway.contracts.manifest.YamlDocument.Place;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Everything found wrong in one document. */
final class Problems {
    private static final int LONGEST = 80;

    private final YamlDocument document;
    private final List<Problem> found = new ArrayList<>();
    private final Set<FieldPath> fields = new HashSet<>();

    Problems(YamlDocument document) {
        this.document = document;
        for (YamlDocument.Repeated repeated : document.repeated()) {
            found.add(twice(repeated));
        }
    }

    private static Problem twice(YamlDocument.Repeated repeated) {
        String field = Shown.of(repeated.path().text());
        Place place = repeated.place();
        return new Problem(
                place.line(),
                place.column(),
                field,
                "a second one",
                field + " stands there twice; keep one");
    }

    /** The value is not what is allowed. */
    void value(FieldPath path, JsonNode value, String allowed) {
        String shown = shown(path, value);
        add(document.ofValue(path), path, shown, "is " + shown + "; allowed is " + allowed);
    }

    /** The value is what is allowed, but not here; the sentence goes on behind the field's name. */
    void unfit(FieldPath path, JsonNode value, String sentence) {
        add(document.ofValue(path), path, shown(path, value), sentence);
    }

    /** The field itself should not stand there; the sentence goes on behind its name. */
    void field(FieldPath path, String sentence) {
        add(document.ofKey(path), path, "a field", sentence);
    }

    /** The field is known, but nothing deploys it; what else is wrong with it is said besides. */
    void notYet(FieldPath path) {
        tell(document.ofKey(path), path, "a field", "is not supported yet; take it out");
    }

    private void add(Place place, FieldPath path, String shown, String sentence) {
        if (!has(path)) { // the first thing said about a place is the cause of others
            fields.add(path);
            tell(place, path, shown, sentence);
        }
    }

    private void tell(Place place, FieldPath path, String shown, String sentence) {
        String name = path.text().isEmpty() ? "the manifest" : Shown.of(path.text());
        found.add(
                new Problem(
                        place.line(),
                        place.column(),
                        Shown.of(path.text()),
                        shown,
                        name + " " + sentence));
    }

    boolean isEmpty() {
        return found.isEmpty();
    }

    /** Whether something was said about this place or one inside it. */
    boolean has(FieldPath path) {
        return fields.stream().anyMatch(path::holds);
    }

    List<Problem> sorted() {
        return found.stream()
                .sorted(Comparator.comparingInt(Problem::line).thenComparingInt(Problem::column))
                .toList();
    }

    /** Values of variables may be secrets, so only their kind is shown. */
    private static String shown(FieldPath path, JsonNode value) {
        return switch (value.getNodeType()) {
            case OBJECT -> "a map";
            case ARRAY -> "a list";
            case NULL, MISSING -> "nothing";
            case BOOLEAN -> path.isSecretive() ? "true or false without quotes" : value.asText();
            case NUMBER -> path.isSecretive() ? "a number without quotes" : value.asText();
            case STRING, BINARY, POJO ->
                    path.isSecretive() ? "a text" : "'" + Shown.of(value.asText(), LONGEST) + "'";
        };
    }
}
