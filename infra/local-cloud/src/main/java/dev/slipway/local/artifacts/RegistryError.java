package dev.slipway.local.artifacts;

import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.MediaType;
import dev.slipway.contracts.Json;
import dev.slipway.contracts.Shown;
import java.util.List;
import java.util.Map;

/** A call that the registry refuses, answered as the OCI distribution specification says. */
final class RegistryError extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final ErrorCode code;

    RegistryError(ErrorCode code, String message) {
        super(message);
        this.code = code;
    }

    /** {@code {"errors":[{"code":…,"message":…}]}}. */
    HttpResponse response() {
        Map<String, Object> error =
                Map.of("code", code.name(), "message", Shown.of(String.valueOf(getMessage())));
        return HttpResponse.of(
                code.status(), MediaType.JSON, Json.write(Map.of("errors", List.of(error))));
    }
}
