package dev.slipway.cli.drop;

import dev.slipway.cli.terminal.Problem;
import dev.slipway.contracts.ServiceName;
import dev.slipway.contracts.Shown;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The service that a folder or archive becomes.
 *
 * @param changedFrom the base name that had to be changed to be one, if it had to
 */
public record NamedService(ServiceName service, @Nullable String changedFrom) {
    private static final int LONGEST = 49;

    /** The name that was asked for, as it is. */
    public static NamedService asked(String name) {
        return ServiceName.parse(name)
                .map(service -> new NamedService(service, null))
                .orElseThrow(() -> invalid(name, "--service " + Shown.of(name)));
    }

    /** The name nearest to a folder's or an archive's own. */
    public static NamedService nearest(String baseName) {
        String near =
                baseName.toLowerCase(Locale.ROOT)
                        .replaceAll("[^a-z0-9]+", "-")
                        .replaceAll("^[^a-z]+", "");
        String cut = near.substring(0, Math.min(near.length(), LONGEST)).replaceAll("-+$", "");
        return ServiceName.parse(cut)
                .map(service -> new NamedService(service, cut.equals(baseName) ? null : baseName))
                .orElseThrow(() -> invalid(baseName, Shown.of(baseName)));
    }

    /** What to tell where the name is not the folder's or archive's own. */
    public Optional<String> remark() {
        return Optional.ofNullable(changedFrom)
                .map(
                        changed ->
                                Shown.of(changed)
                                        + " is no service name; the service is "
                                        + service.value());
    }

    private static Problem invalid(String name, String shown) {
        String found = name.isEmpty() ? "an empty name" : shown;
        return Problem.usage(
                found
                        + " is no service name: one starts with a-z, goes on with a-z, 0-9 and -,"
                        + " ends with no -, and has fewer than 50 characters",
                "Name the service with --service NAME.");
    }
}
