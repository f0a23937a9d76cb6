package dev.slipway.cli.check;

import dev.slipway.cli.answers.AnswerText;
import dev.slipway.cli.answers.ArchiveText;
import dev.slipway.cli.drop.Planned;
import dev.slipway.contracts.Shown;
import dev.slipway.contracts.manifest.Manifest;
import java.util.List;
import java.util.stream.Stream;

/** What a check came to, in words. */
public final class CheckText {
    private CheckText() {}

    /** A line where it would be accepted; else the same lines that its drop would end with. */
    public static List<String> of(Planned planned, Checked checked) {
        return switch (checked) {
            case Checked.Accepted(var archive, boolean written, var manifest) ->
                    List.of(
                            planned.name()
                                    + ": "
                                    + ArchiveText.of(archive)
                                    + "; "
                                    + (written ? "slipway.yaml is valid: " : "no slipway.yaml: ")
                                    + kind(manifest));
            case Checked.Rejected(var verdict, _) ->
                    Stream.concat(
                                    Stream.of(planned.name() + " would be rejected"),
                                    AnswerText.rejection(verdict).stream())
                            .toList();
        };
    }

    private static String kind(Manifest manifest) {
        String what =
                manifest.function() == null
                        ? "a web application that listens on $PORT"
                        : "function " + Shown.of(manifest.function());
        return String.join(
                ", ",
                what,
                "profile " + manifest.profile().text(),
                manifest.access().text() + " access");
    }
}
