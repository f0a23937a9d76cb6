package dev.slipway.contracts.manifest;

/** A field's place, as problems name it: {@code build.env.NAME}, {@code triggers[0].http}. */
record FieldPath(String text) {
    static final FieldPath ROOT = new FieldPath("");

    FieldPath field(String name) {
        return new FieldPath(text.isEmpty() ? name : text + "." + name);
    }

    FieldPath item(int index) {
        return new FieldPath(text + "[" + index + "]");
    }

    /** Whether this is the other place or around it. */
    boolean holds(FieldPath other) {
        return other.text.equals(text)
                || other.text.startsWith(text + ".")
                || other.text.startsWith(text + "[");
    }

    boolean isSecretive() {
        return text.startsWith("env.")
                || text.startsWith("build.env.")
                || text.startsWith("secrets.");
    }
}
