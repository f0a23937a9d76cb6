package dev.slipway.local.storage;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.ResponseHeaders;

/** Answers without media. */
final class Replies {
    private Replies() {}

    static HttpResponse of(ObjectNode resource) {
        ResponseHeaders headers =
                ResponseHeaders.builder(HttpStatus.OK)
                        .contentType(MediaType.JSON_UTF_8)
                        .set(HttpHeaderNames.CACHE_CONTROL, "no-cache, no-store, max-age=0")
                        .set(HttpHeaderNames.ETAG, Json.text(resource.path("etag"), "none"))
                        .build();
        return HttpResponse.of(headers, HttpData.wrap(Json.write(resource)));
    }

    static HttpResponse done() {
        return HttpResponse.of(ResponseHeaders.of(HttpStatus.NO_CONTENT));
    }

    static HttpResponse of(StorageError error) {
        if (error.status() == StorageError.NOT_MODIFIED) {
            return HttpResponse.of(ResponseHeaders.of(HttpStatus.NOT_MODIFIED));
        }
        return HttpResponse.of(
                ResponseHeaders.builder(HttpStatus.valueOf(error.status()))
                        .contentType(MediaType.JSON_UTF_8)
                        .build(),
                HttpData.wrap(error.body()));
    }
}
