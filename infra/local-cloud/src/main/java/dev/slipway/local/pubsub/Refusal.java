package dev.slipway.local.pubsub;

import com.google.errorprone.annotations.FormatMethod;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;

/** How Pub/Sub says no, in its own words. */
final class Refusal {
    private static final int LONGEST = 1000;

    private Refusal() {}

    static StatusRuntimeException missing(String resource) {
        return of(Status.NOT_FOUND, "Resource not found (resource=%s).", shortName(resource));
    }

    static StatusRuntimeException exists(String resource) {
        return of(
                Status.ALREADY_EXISTS,
                "Resource already exists in the project (resource=%s).",
                shortName(resource));
    }

    @FormatMethod
    static StatusRuntimeException invalid(String format, Object... values) {
        return of(Status.INVALID_ARGUMENT, format, values);
    }

    /** INVALID_ARGUMENT for a number or a duration of a field. */
    static StatusRuntimeException outOfRange(
            String field, Object found, Object least, Object most) {
        return invalid(
                "The value for %s is out of range. You passed %s in the request, but it is at"
                        + " least %s and at most %s.",
                field, found, least, most);
    }

    static StatusRuntimeException detached(String subscription) {
        return of(
                Status.FAILED_PRECONDITION,
                "The subscription %s is detached from its topic.",
                shortName(subscription));
    }

    /** For a pull of what is pushed. */
    static StatusRuntimeException pushed() {
        return of(
                Status.FAILED_PRECONDITION,
                "This method is not supported for this subscription type.");
    }

    /** For what Google does and this cloud does not. */
    static StatusRuntimeException unimplemented(String what) {
        return of(Status.UNIMPLEMENTED, "The local cloud does not do %s.", what);
    }

    @FormatMethod
    private static StatusRuntimeException of(Status status, String format, Object... values) {
        String text = String.format(format, values);
        return status.withDescription(
                        text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text)
                .asRuntimeException();
    }

    private static String shortName(String resource) {
        return resource.substring(resource.lastIndexOf('/') + 1);
    }
}
