package dev.slipway.local.artifacts;

import com.linecorp.armeria.common.HttpStatus;

/**
 * The error codes of the OCI distribution specification, and those that Docker's registry has
 * besides, each with its HTTP status.
 */
enum ErrorCode {
    BLOB_UNKNOWN(404),
    BLOB_UPLOAD_INVALID(400),
    BLOB_UPLOAD_UNKNOWN(404),
    DENIED(403),
    DIGEST_INVALID(400),
    MANIFEST_BLOB_UNKNOWN(400),
    MANIFEST_INVALID(400),
    MANIFEST_UNKNOWN(404),
    NAME_INVALID(400),
    NAME_UNKNOWN(404),
    PAGINATION_NUMBER_INVALID(400),
    RANGE_INVALID(416),
    SIZE_INVALID(413),
    TAG_INVALID(400),
    TOOMANYREQUESTS(429),
    UNKNOWN(500),
    UNSUPPORTED(405);

    private final int status;

    ErrorCode(int status) {
        this.status = status;
    }

    HttpStatus status() {
        return HttpStatus.valueOf(status);
    }
}
