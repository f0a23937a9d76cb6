package dev.slipway.local.storage;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.linecorp.armeria.common.HttpMethod;
import java.io.Serial;
import java.util.List;

/** A call that is refused, in the words and with the status that Cloud Storage has for it. */
final class StorageError extends RuntimeException {
    static final int NOT_MODIFIED = 304;
    static final int PRECONDITION_FAILED = 412;

    @Serial private static final long serialVersionUID = 1;

    private final int status;
    private final String reason;

    private StorageError(int status, String reason, String message) {
        super(message, null, false, false);
        this.status = status;
        this.reason = reason;
    }

    static StorageError invalid(String message) {
        return new StorageError(400, "invalid", message);
    }

    static StorageError required(String parameter) {
        return new StorageError(400, "required", "Required parameter: " + parameter);
    }

    static StorageError malformed() {
        return new StorageError(400, "parseError", "Parse Error");
    }

    static StorageError forbidden(String message) {
        return new StorageError(403, "forbidden", message);
    }

    static StorageError noSuchBucket() {
        return notFound("The specified bucket does not exist.");
    }

    static StorageError noSuchObject(String bucket, String name) {
        return notFound("No such object: " + bucket + "/" + name);
    }

    static StorageError notFound(String message) {
        return new StorageError(404, "notFound", message);
    }

    static StorageError conflict(String message) {
        return new StorageError(409, "conflict", message);
    }

    /** A precondition of a write, or one that must match. */
    static StorageError preconditionFailed() {
        return new StorageError(
                PRECONDITION_FAILED,
                "conditionNotMet",
                "At least one of the pre-conditions you specified did not hold.");
    }

    /** A precondition of a read that must not match. */
    static StorageError notModified() {
        return new StorageError(NOT_MODIFIED, "notModified", "Not Modified");
    }

    static StorageError ahead(long offset, long received) {
        return new StorageError(
                503,
                "backendError",
                ("Invalid request. According to the Content-Range header, the upload offset is %d"
                                + " byte(s), which exceeds already uploaded size of %d byte(s).")
                        .formatted(offset, received));
    }

    static StorageError cancelled() {
        return new StorageError(499, "clientClosedRequest", "The upload was cancelled.");
    }

    static StorageError broken(String message) {
        return new StorageError(500, "backendError", message);
    }

    static StorageError unimplemented(HttpMethod method, String path) {
        return unimplemented(method + " " + path);
    }

    static StorageError unimplemented(String what) {
        return new StorageError(
                501,
                "notImplemented",
                what + " is not done by the local cloud; its README lists what it does");
    }

    int status() {
        return status;
    }

    /** {@code {"error":{"code":…,"message":…,"errors":[…]}}}. */
    byte[] body() {
        String message = String.valueOf(getMessage());
        ObjectNode cause =
                Json.object().put("message", message).put("domain", "global").put("reason", reason);
        if (status == PRECONDITION_FAILED) {
            cause.put("locationType", "header").put("location", "If-Match");
        }
        ObjectNode error = Json.object();
        error.putObject("error")
                .put("code", status)
                .put("message", message)
                .putArray("errors")
                .addAll(List.of(cause));
        return Json.write(error);
    }
}
