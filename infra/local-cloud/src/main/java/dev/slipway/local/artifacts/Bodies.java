package dev.slipway.local.artifacts;

import com.linecorp.armeria.common.HttpRequest;
import java.io.InputStream;

/** Requests' bodies as streams, read at the speed they are written down. */
final class Bodies {
    private Bodies() {}

    /** To be read on a thread that may block. */
    static InputStream of(HttpRequest request) {
        return request.split().body().toInputStream(data -> data);
    }
}
