package dev.slipway.local.eventarc;

import dev.slipway.local.Settings;
import io.grpc.Status;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A trigger's full name, with the project's id.
 *
 * @param location a region, a multi-region of buckets, or {@code global}
 */
record TriggerName(String project, String location, String id) {
    /** A location that means all of them, in lists only. */
    static final String ANYWHERE = "-";

    private static final Pattern PARENT = Pattern.compile("projects/([^/]+)/locations/([^/]+)");
    private static final Pattern TRIGGER = Pattern.compile(PARENT + "/triggers/([^/]+)");
    private static final Pattern ID = Pattern.compile("[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?");
    private static final Set<String> NO_REGIONS = Set.of("global", "us", "eu", "asia");

    String full() {
        return parent() + "/triggers/" + id;
    }

    String parent() {
        return "projects/" + project + "/locations/" + location;
    }

    /** What the full names in a parent begin with. */
    String prefix() {
        return location.equals(ANYWHERE)
                ? "projects/" + project + "/locations/"
                : parent() + "/triggers/";
    }

    /** Reads the name of a trigger that there may be. */
    static TriggerName of(String field, String name, Settings settings) {
        Matcher form =
                match(TRIGGER, field, name, "projects/PROJECT/locations/LOCATION/triggers/TRIGGER");
        return in(form.group(1), form.group(2), form.group(3), settings);
    }

    /** Reads the location whose triggers are meant; the id is empty. */
    static TriggerName in(String parent, Settings settings) {
        Matcher form = match(PARENT, "parent", parent, "projects/PROJECT/locations/LOCATION");
        return in(form.group(1), form.group(2), "", settings);
    }

    /** The name of a trigger that is to be made. */
    TriggerName withNewId(String wanted) {
        if (!ID.matcher(wanted).matches()) {
            throw Status.INVALID_ARGUMENT
                    .withDescription(
                            ("trigger_id must be a letter and up to 62 of a-z, 0-9 and -, not"
                                            + " ending in -, got \"%s\"")
                                    .formatted(wanted))
                    .asRuntimeException();
        }
        return new TriggerName(project, location, wanted);
    }

    private static Matcher match(Pattern pattern, String field, String name, String form) {
        Matcher matcher = pattern.matcher(name);
        if (!matcher.matches()) {
            throw Status.INVALID_ARGUMENT
                    .withDescription("%s must be %s, got \"%s\"".formatted(field, form, name))
                    .asRuntimeException();
        }
        return matcher;
    }

    private static TriggerName in(String project, String location, String id, Settings settings) {
        if (!project.equals(settings.project())
                && !project.equals(Long.toString(settings.projectNumber()))) {
            throw Status.PERMISSION_DENIED
                    .withDescription(
                            "Permission denied on resource project %s; the only one here is %s"
                                    .formatted(project, settings.project()))
                    .asRuntimeException();
        }
        boolean known =
                settings.regions().contains(location)
                        || NO_REGIONS.contains(location.toLowerCase(Locale.ROOT))
                        || (location.equals(ANYWHERE) && id.isEmpty());
        if (!known) {
            throw Status.NOT_FOUND
                    .withDescription(
                            "Location %s is not found; there are %s and global, us, eu, asia"
                                    .formatted(location, settings.regions()))
                    .asRuntimeException();
        }
        return new TriggerName(settings.project(), location, id);
    }
}
