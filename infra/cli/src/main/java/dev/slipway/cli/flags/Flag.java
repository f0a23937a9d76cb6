package dev.slipway.cli.flags;

import java.util.List;

/**
 * An option of gcloud that says what a field of the manifest says.
 *
 * @param label what stands for its value in the help; empty where it takes none
 * @param field whose rules its value has to obey
 */
record Flag(List<String> names, String label, String description, String field, Change change) {
    /** What it changes. */
    @FunctionalInterface
    interface Change {
        /**
         * @param flag as it was typed
         * @param values one or more; one empty text for a flag that takes none
         */
        void make(Edit edit, String flag, List<String> values);
    }

    boolean takesValue() {
        return !label.isEmpty();
    }

    static Flag text(String field, String label, String description, String... names) {
        return new Flag(
                List.of(names),
                label,
                description,
                field,
                (edit, flag, values) -> edit.text(field, values.getLast(), flag));
    }

    static Flag number(String field, String label, String description, String... names) {
        return new Flag(
                List.of(names),
                label,
                description,
                field,
                (edit, flag, values) -> edit.number(field, values.getLast(), flag));
    }

    /** It takes no value and says this one. */
    static Flag word(String field, String word, String description, String name) {
        return new Flag(
                List.of(name),
                "",
                description,
                field,
                (edit, flag, values) -> edit.text(field, word, flag));
    }
}
