package dev.slipway.archive;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A rule's no, on its way out of the reader. */
final class Refusal extends IOException {
    private static final long serialVersionUID = 1;

    private final Rule rule;
    private final @Nullable String entry;

    Refusal(Rule rule, @Nullable String entry, String message) {
        super(message);
        this.rule = rule;
        this.entry = entry;
    }

    static Refusal damaged(@Nullable String entry, String message) {
        return new Refusal(
                Rule.DAMAGED,
                entry,
                message + "; pack the source again and upload the new archive");
    }

    static Refusal linkOrSpecial(String entry) {
        return new Refusal(
                Rule.LINK_OR_SPECIAL,
                entry,
                "an entry is a link or a special file, only files and folders are allowed; pack what"
                        + " a link leads to instead, as zip without -y and tar with -h do");
    }

    Refused asResult() {
        String message = getMessage();
        return new Refused(
                rule,
                entry == null ? null : Display.of(entry),
                message == null ? rule.name() : message);
    }
}
