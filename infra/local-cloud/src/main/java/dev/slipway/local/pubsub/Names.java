package dev.slipway.local.pubsub;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The names and labels of topics and subscriptions. */
final class Names {
    private static final Pattern FORM =
            Pattern.compile("projects/([^/]+)/(topics|subscriptions)/([^/]+)");
    private static final Pattern ID = Pattern.compile("[A-Za-z][A-Za-z0-9\\-_.~+%]{2,254}");
    private static final Pattern LABEL_KEY =
            Pattern.compile("[\\p{Ll}\\p{Lo}][\\p{Ll}\\p{Lo}\\p{N}_-]{0,62}");
    private static final Pattern LABEL_VALUE = Pattern.compile("[\\p{Ll}\\p{Lo}\\p{N}_-]{0,63}");
    private static final int MOST_LABELS = 64;

    private Names() {}

    /**
     * The short name of a resource.
     *
     * @param kind {@code topics} or {@code subscriptions}
     * @throws io.grpc.StatusRuntimeException INVALID_ARGUMENT unless it is of that form,
     *     UNIMPLEMENTED where a verb follows it
     */
    static String shortName(String kind, String resource) {
        Matcher form = FORM.matcher(resource);
        if (!form.matches() || !form.group(2).equals(kind)) {
            throw Refusal.invalid(
                    "Invalid resource name given (name=%s): it must be projects/PROJECT/%s/ID.",
                    resource, kind);
        }
        String id = form.group(3);
        if (id.indexOf(':') >= 0) {
            // REST sends the method of a verb here that is not transcoded, such as getIamPolicy
            throw Refusal.unimplemented(id.substring(id.indexOf(':') + 1));
        }
        return id;
    }

    /** Throws unless a resource of this name may be created in this project. */
    static void checkNew(String kind, String resource, String project) {
        String id = shortName(kind, resource);
        if (!ID.matcher(id).matches() || id.startsWith("goog")) {
            throw Refusal.invalid(
                    "Invalid resource name given (name=%s): an ID starts with a letter, has 3 to"
                            + " 255 of letters, digits and -_.~+%%, and does not start with goog.",
                    resource);
        }
        if (!resource.startsWith("projects/" + project + "/")) {
            throw Refusal.missing(resource.split("/", -1)[1]);
        }
    }

    /** Throws INVALID_ARGUMENT unless these may be labels. */
    static void checkLabels(Map<String, String> labels) {
        if (labels.size() > MOST_LABELS) {
            throw Refusal.outOfRange("labels", labels.size(), 0, MOST_LABELS);
        }
        labels.forEach(
                (key, value) -> {
                    if (!LABEL_KEY.matcher(key).matches()
                            || !LABEL_VALUE.matcher(value).matches()) {
                        throw Refusal.invalid(
                                "The label %s=%s is invalid: keys and values have at most 63"
                                        + " lowercase letters, digits, _ and -, and keys start"
                                        + " with a letter.",
                                key, value);
                    }
                });
    }
}
