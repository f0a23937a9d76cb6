package dev.slipway.local.artifacts;

import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.common.ResponseHeadersBuilder;
import com.linecorp.armeria.common.stream.ByteStreamMessage;
import com.linecorp.armeria.common.stream.StreamMessage;
import dev.slipway.contracts.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Blobs going out: whole, or a range of one. */
final class BlobCalls {
    private final Blobs blobs;

    BlobCalls(Blobs blobs) {
        this.blobs = blobs;
    }

    /** {@code GET} or {@code HEAD /v2/NAME/blobs/DIGEST}. */
    HttpResponse get(ImageName image, Digest digest, HttpRequest request) throws IOException {
        Path file =
                blobs.find(image, digest)
                        .orElseThrow(
                                () ->
                                        new RegistryError(
                                                ErrorCode.BLOB_UNKNOWN,
                                                image.value() + " has no blob " + digest));
        long size = Files.size(file);
        if (request.method() == HttpMethod.HEAD) {
            return HttpResponse.of(headers(HttpStatus.OK, digest, size).build());
        }
        String asked = request.headers().get(HttpHeaderNames.RANGE);
        ByteRange range = ByteRange.of(asked, size);
        ByteStreamMessage bytes = StreamMessage.of(file);
        if (range.whole(size)) {
            return HttpResponse.of(headers(HttpStatus.OK, digest, size).build(), bytes);
        }
        return HttpResponse.of(
                headers(HttpStatus.PARTIAL_CONTENT, digest, range.length())
                        .set(
                                HttpHeaderNames.CONTENT_RANGE,
                                "bytes %d-%d/%d".formatted(range.first(), range.last(), size))
                        .build(),
                bytes.range(range.first(), range.length()));
    }

    private static ResponseHeadersBuilder headers(HttpStatus status, Digest digest, long length) {
        return ResponseHeaders.builder(status)
                .contentType(MediaType.OCTET_STREAM)
                .contentLength(length)
                .set(HttpHeaderNames.ACCEPT_RANGES, "bytes")
                .set("docker-content-digest", digest.value());
    }
}
