package dev.slipway.local.storage;

import dev.slipway.local.Callers;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.List;

/** What the current caller may do, in Cloud Storage's words. */
final class Access {
    private final Callers callers;

    Access(Callers callers) {
        this.callers = callers;
    }

    void toProject(String permission) {
        require(permission, "project", "", "Google Cloud project");
    }

    void toBucket(String permission, String bucket) {
        require(permission, callers.bucket(bucket), "", "Google Cloud Storage bucket");
    }

    void toObject(String permission, String bucket, String object) {
        require(permission, callers.bucket(bucket), object, "Google Cloud Storage object");
    }

    /**
     * Whether a listing may start with a prefix: a grant for a prefix covers the names that start
     * with it.
     */
    void toList(String bucket, String prefix) {
        require(
                "storage.objects.list",
                callers.bucket(bucket),
                prefix,
                "Google Cloud Storage bucket");
    }

    /** That an object is absent is told only to those who may list; others are refused. */
    StorageError absent(String bucket, String object) {
        toObject("storage.objects.list", bucket, object);
        return StorageError.noSuchObject(bucket, object);
    }

    List<String> granted(String bucket, List<String> permissions) {
        return callers.granted(Callers.current(), callers.bucket(bucket), permissions);
    }

    private void require(String permission, String resource, String object, String what) {
        try {
            callers.require(permission, resource, object);
        } catch (StatusRuntimeException e) {
            if (e.getStatus().getCode() != Status.Code.PERMISSION_DENIED) {
                throw e;
            }
            throw StorageError.forbidden(
                    "%s does not have %s access to the %s. Permission '%s' denied on resource (or it"
                                    .formatted(Callers.current(), permission, what, permission)
                            + " may not exist).");
        }
    }
}
