package dev.slipway.contracts.manifest;

import java.util.regex.Pattern;

/** A field's place, as problems name it: {@code build.env.NAME}, {@code triggers[0].http}. */
record FieldPath(String text) {
    static final FieldPath ROOT = new FieldPath("");

    private static final Pattern SECRETIVE =
            Pattern.compile(
                    "^((build|containers\\[\\d+])\\.)?(env|secrets)(?![A-Za-z])"
                            + "|^volumes\\[\\d+]\\.secret$");

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

    /** Whether what stands there may be a secret: variables, secrets, and all inside. */
    boolean isSecretive() {
        return SECRETIVE.matcher(text).find();
    }
}
