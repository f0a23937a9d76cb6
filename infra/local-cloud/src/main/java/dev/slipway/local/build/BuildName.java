package dev.slipway.local.build;

import dev.slipway.local.Settings;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which build: {@code projects/P/locations/L/builds/ID}; the form without location is global. */
record BuildName(String location, String id) {
    static final String GLOBAL = "global";

    private static final Pattern NAME =
            Pattern.compile("projects/([^/]+)/locations/([^/]+)/builds/([^/]+)");
    private static final Pattern PARENT = Pattern.compile("projects/([^/]+)/locations/([^/]+)");

    /**
     * Reads a request's fields.
     *
     * @param name wins over project and id, if it is not empty
     * @throws StatusRuntimeException INVALID_ARGUMENT, PERMISSION_DENIED
     */
    static BuildName of(Settings settings, String name, String project, String id) {
        if (name.isEmpty()) {
            requireProject(settings, project);
            return new BuildName(GLOBAL, id);
        }
        Matcher form = NAME.matcher(name);
        if (!form.matches()) {
            throw invalid("name", name, "projects/PROJECT/locations/LOCATION/builds/BUILD");
        }
        requireProject(settings, form.group(1));
        return new BuildName(form.group(2), form.group(3));
    }

    /** The location of a list or a submission. */
    static String location(Settings settings, String parent, String project) {
        if (parent.isEmpty()) {
            requireProject(settings, project);
            return GLOBAL;
        }
        Matcher form = PARENT.matcher(parent);
        if (!form.matches()) {
            throw invalid("parent", parent, "projects/PROJECT/locations/LOCATION");
        }
        requireProject(settings, form.group(1));
        String location = form.group(2);
        if (!location.equals(GLOBAL) && !settings.regions().contains(location)) {
            throw invalid(
                    "parent", parent, "a location among " + settings.regions() + " or " + GLOBAL);
        }
        return location;
    }

    String full(Settings settings) {
        return "projects/%s/locations/%s/builds/%s".formatted(settings.project(), location, id);
    }

    private static void requireProject(Settings settings, String project) {
        if (!project.equals(settings.project())
                && !project.equals(Long.toString(settings.projectNumber()))) {
            throw Status.PERMISSION_DENIED
                    .withDescription(
                            "Permission denied on resource project %s: this cloud has %s only"
                                    .formatted(project, settings.project()))
                    .asRuntimeException();
        }
    }

    private static StatusRuntimeException invalid(String field, String value, String allowed) {
        return Status.INVALID_ARGUMENT
                .withDescription(
                        "invalid %s \"%s\": %s is expected".formatted(field, value, allowed))
                .asRuntimeException();
    }
}
