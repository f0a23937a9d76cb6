package dev.slipway.local.run;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;

/** The ways in which Cloud Run says no; each names the field or the resource. */
final class Refused {
    private Refused() {}

    static StatusRuntimeException invalid(String field, String why) {
        return Status.INVALID_ARGUMENT.withDescription(field + ": " + why).asRuntimeException();
    }

    static StatusRuntimeException notImitated(String field) {
        return Status.UNIMPLEMENTED
                .withDescription(field + " is not imitated by the local cloud; leave it unset")
                .asRuntimeException();
    }

    static StatusRuntimeException noService(ServiceName name) {
        return Status.NOT_FOUND
                .withDescription(
                        "Resource '%s' of kind 'SERVICE' in region '%s' in project '%s' does not exist."
                                .formatted(name.id(), name.region(), name.project()))
                .asRuntimeException();
    }

    static StatusRuntimeException noRevision(RevisionName name) {
        return Status.NOT_FOUND
                .withDescription(
                        "Resource '%s' of kind 'REVISION' in region '%s' in project '%s' does not exist."
                                .formatted(
                                        name.id(),
                                        name.service().region(),
                                        name.service().project()))
                .asRuntimeException();
    }

    static StatusRuntimeException exists(String id) {
        return Status.ALREADY_EXISTS
                .withDescription("Resource '" + id + "' already exists.")
                .asRuntimeException();
    }

    static StatusRuntimeException otherConfiguration(String revision) {
        return Status.ALREADY_EXISTS
                .withDescription(
                        "Revision named '%s' with different configuration already exists."
                                .formatted(revision))
                .asRuntimeException();
    }

    static StatusRuntimeException stale(String id, String asked, String current) {
        return Status.ABORTED
                .withDescription(
                        "Conflict for resource '%s': version '%s' was specified but current version is '%s'."
                                .formatted(id, asked, current))
                .asRuntimeException();
    }

    static StatusRuntimeException precondition(String why) {
        return Status.FAILED_PRECONDITION.withDescription(why).asRuntimeException();
    }

    static StatusRuntimeException exhausted(String why) {
        return Status.RESOURCE_EXHAUSTED.withDescription(why).asRuntimeException();
    }
}
