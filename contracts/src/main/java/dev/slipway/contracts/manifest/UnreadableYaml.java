package dev.slipway.contracts.manifest;

/** Text that is no YAML, or uses of YAML what a manifest may not. */
final class UnreadableYaml extends Exception {
    private static final long serialVersionUID = 1;

    private final transient YamlDocument.Place place;
    private final String text;

    UnreadableYaml(YamlDocument.Place place, String text) {
        super(text);
        this.place = place;
        this.text = text;
    }

    Problem asProblem() {
        return new Problem(place.line(), place.column(), "", "", "slipway.yaml " + text);
    }
}
