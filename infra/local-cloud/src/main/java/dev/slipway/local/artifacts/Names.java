package dev.slipway.local.artifacts;

import dev.slipway.local.Settings;
import io.grpc.Status;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Resource names of Artifact Registry.
 *
 * @param location a region, for example {@code europe-west1}
 * @param repository the repository's id; empty where a location is named
 * @param image what follows {@code dockerImages/}; empty where none is named
 */
record Names(String project, String location, String repository, String image) {
    private static final Pattern LOCATION = Pattern.compile("projects/([^/]+)/locations/([^/]+)");
    private static final Pattern REPOSITORY =
            Pattern.compile(LOCATION.pattern() + "/repositories/([^/]+)");
    private static final Pattern IMAGE =
            Pattern.compile(REPOSITORY.pattern() + "/dockerImages/([^/]+)");

    static Names location(String field, String name, Settings settings) {
        return read(LOCATION, "projects/P/locations/L", field, name, settings);
    }

    static Names repository(String field, String name, Settings settings) {
        return read(REPOSITORY, "projects/P/locations/L/repositories/R", field, name, settings);
    }

    static Names image(String field, String name, Settings settings) {
        return read(
                IMAGE,
                "projects/P/locations/L/repositories/R/dockerImages/IMAGE@DIGEST",
                field,
                name,
                settings);
    }

    /** The project and the regions that do not exist are answered like those one may not see. */
    private static Names read(
            Pattern form, String shown, String field, String name, Settings settings) {
        Matcher parts = form.matcher(name);
        if (!parts.matches()) {
            throw Status.INVALID_ARGUMENT
                    .withDescription("%s must be %s, got \"%s\"".formatted(field, shown, name))
                    .asRuntimeException();
        }
        List<String> groups =
                IntStream.rangeClosed(1, 4)
                        .mapToObj(i -> i <= parts.groupCount() ? parts.group(i) : "")
                        .toList();
        Names names = new Names(groups.get(0), groups.get(1), groups.get(2), groups.get(3));
        if (!names.project.equals(settings.project())) {
            throw denied("projects/" + names.project);
        }
        if (!settings.regions().contains(names.location)) {
            throw denied("locations/" + names.location);
        }
        return names;
    }

    private static RuntimeException denied(String what) {
        return Status.PERMISSION_DENIED
                .withDescription("Permission denied on '" + what + "' (or it may not exist)")
                .asRuntimeException();
    }

    String parent() {
        return "projects/" + project + "/locations/" + location;
    }

    /** The host and project of the location's repositories: {@code L-docker.pkg.dev/P}. */
    String registry() {
        return location + "-docker.pkg.dev/" + project;
    }

    /** What comes before the names of the repository's images in the registry. */
    String prefix() {
        return registry() + "/" + repository + "/";
    }
}
