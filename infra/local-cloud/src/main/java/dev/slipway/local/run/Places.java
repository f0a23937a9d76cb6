package dev.slipway.local.run;

import dev.slipway.local.Settings;
import io.grpc.Status;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads resource names: the project by id or number, a region that exists, then services and
 * revisions. What comes out names the project by its id.
 */
final class Places {
    private static final Pattern PARENT = Pattern.compile("projects/([^/]+)/locations/([^/]+)");
    private static final Pattern SERVICE = Pattern.compile(PARENT + "/services/([^/]+)");
    private static final Pattern REVISION = Pattern.compile(SERVICE + "/revisions/([^/]+)");
    private static final String PARENT_FORM = "projects/PROJECT/locations/REGION";
    private static final String SERVICE_FORM = PARENT_FORM + "/services/SERVICE";

    private final Settings settings;

    Places(Settings settings) {
        this.settings = settings;
    }

    /** The region that {@code projects/…/locations/…} names. */
    String region(String field, String parent) {
        return region(match(PARENT, field, parent, PARENT_FORM));
    }

    ServiceName service(String field, String name) {
        Matcher form = match(SERVICE, field, name, SERVICE_FORM);
        return new ServiceName(settings.project(), region(form), form.group(3));
    }

    RevisionName revision(String field, String name) {
        Matcher form = match(REVISION, field, name, SERVICE_FORM + "/revisions/REVISION");
        ServiceName service = new ServiceName(settings.project(), region(form), form.group(3));
        return service.revision(form.group(4));
    }

    /** What the names of a parent's services begin with. */
    String servicesOf(String parent) {
        return "projects/%s/locations/%s/services/"
                .formatted(settings.project(), region("parent", parent));
    }

    /** What the names of a parent's revisions begin with; {@code services/-} is all services. */
    String revisionsOf(String parent) {
        ServiceName service = service("parent", parent);
        return service.id().equals("-")
                ? service.parent() + "/services/"
                : service.full() + "/revisions/";
    }

    private String region(Matcher form) {
        String project = form.group(1);
        if (!project.equals(settings.project())
                && !project.equals(Long.toString(settings.projectNumber()))) {
            throw Status.PERMISSION_DENIED
                    .withDescription(
                            "Permission denied on resource project %s; the only one here is %s"
                                    .formatted(project, settings.project()))
                    .asRuntimeException();
        }
        String region = form.group(2);
        if (!settings.regions().contains(region)) {
            throw Status.NOT_FOUND
                    .withDescription(
                            "Location %s is not found; there are %s"
                                    .formatted(region, settings.regions()))
                    .asRuntimeException();
        }
        return region;
    }

    private static Matcher match(Pattern pattern, String field, String name, String form) {
        Matcher matcher = pattern.matcher(name);
        if (!matcher.matches()) {
            throw Refused.invalid(field, "is of the form " + form + ", not '" + name + "'");
        }
        return matcher;
    }
}
