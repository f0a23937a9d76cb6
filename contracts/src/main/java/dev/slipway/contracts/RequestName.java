package dev.slipway.contracts;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a request stands in the ledger bucket: {@code requests/<region>/<service>/<name>.json}.
 *
 * @param name anything of letters, digits and dashes, 64 at most
 */
public record RequestName(ServiceKey service, String name) {
    /** What the names of all requests begin with. */
    public static final String PREFIX = "requests/";

    private static final String SUFFIX = ".json";
    private static final Pattern FORM =
            Pattern.compile("requests/([a-z0-9-]{1,40})/([^/]+)/([A-Za-z0-9-]{1,64})\\.json");

    /** Refuses what could not be read back. */
    public RequestName {
        if (!FORM.matcher(object(service, name)).matches()) {
            throw new IllegalArgumentException(
                    Shown.of(name)
                            + " is no request's name: letters, digits and dashes, 64 at most");
        }
    }

    /** The request of this name about this service. */
    public static RequestName of(ServiceKey service, String name) {
        return new RequestName(service, name);
    }

    /** The request that an object's name says; empty for anything else, answers among it. */
    public static Optional<RequestName> parse(String object) {
        Matcher form = FORM.matcher(object);
        return form.matches()
                ? ServiceName.parse(form.group(2))
                        .map(
                                service ->
                                        new RequestName(
                                                new ServiceKey(form.group(1), service),
                                                form.group(3)))
                : Optional.empty();
    }

    private static String object(ServiceKey service, String name) {
        return PREFIX + service + "/" + name + SUFFIX;
    }

    /** The object that holds it. */
    public String object() {
        return object(service, name);
    }

    /** Where the answer to the request in this object stands: beside it. */
    public static String answerTo(String object) {
        return object.substring(0, object.length() - SUFFIX.length()) + ".answer" + SUFFIX;
    }
}
