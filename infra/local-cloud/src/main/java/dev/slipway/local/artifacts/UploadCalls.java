package dev.slipway.local.artifacts;

import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.QueryParams;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.common.ResponseHeadersBuilder;
import dev.slipway.contracts.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.time.InstantSource;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Blobs coming in: whole, in chunks, or mounted from another image. */
final class UploadCalls {
    private static final Pattern CONTENT_RANGE =
            Pattern.compile("(?:bytes )?(\\d{1,18})-(\\d{1,18})(?:/.*)?");

    private final Uploads uploads;
    private final Blobs blobs;
    private final InstantSource clock;

    UploadCalls(Uploads uploads, Blobs blobs, InstantSource clock) {
        this.uploads = uploads;
        this.blobs = blobs;
        this.clock = clock;
    }

    /**
     * {@code POST /v2/NAME/blobs/uploads/}, with {@code digest}, or {@code mount} and {@code from}.
     */
    HttpResponse begin(ImageName image, QueryParams query, HttpRequest request) throws IOException {
        String mount = query.get("mount");
        if (mount != null && mounted(image, query.get("from"), Reference.digest(mount))) {
            return created(image, Reference.digest(mount));
        }
        String id = uploads.begin(image);
        if (query.contains("digest")) {
            return finish(image, id, query, request);
        }
        return progress(HttpStatus.ACCEPTED, image, id, 0);
    }

    private boolean mounted(ImageName image, @Nullable String from, Digest digest) {
        return from != null && blobs.mount(image, ImageName.of(from), digest);
    }

    /** {@code PATCH}: one chunk, or the whole as a stream. */
    HttpResponse append(ImageName image, String id, HttpRequest request) throws IOException {
        Upload upload = uploads.find(image, id);
        append(upload, request);
        return progress(HttpStatus.ACCEPTED, image, id, upload.size());
    }

    private void append(Upload upload, HttpRequest request) throws IOException {
        try (InputStream chunk = Bodies.of(request)) {
            upload.append(chunk, start(request), clock.instant());
        }
    }

    private static long start(HttpRequest request) {
        String range = request.headers().get(HttpHeaderNames.CONTENT_RANGE);
        if (range == null) {
            return -1;
        }
        Matcher form = CONTENT_RANGE.matcher(range);
        if (!form.matches()) {
            throw new RegistryError(
                    ErrorCode.RANGE_INVALID, "Content-Range is START-END, not \"" + range + "\"");
        }
        long start = Long.parseLong(form.group(1));
        long length = Long.parseLong(form.group(2)) - start + 1;
        long stated = request.headers().contentLength();
        if (stated >= 0 && stated != length) {
            throw new RegistryError(
                    ErrorCode.RANGE_INVALID,
                    "Content-Range " + range + " and Content-Length " + stated + " disagree");
        }
        return start;
    }

    /** {@code PUT …?digest=}: the last chunk, which may be empty, and the check of the whole. */
    HttpResponse finish(ImageName image, String id, QueryParams query, HttpRequest request)
            throws IOException {
        Upload upload = uploads.find(image, id);
        Digest promised = Reference.digest(query.get("digest", ""));
        append(upload, request);
        try {
            Digest found = upload.digest();
            if (!found.equals(promised)) {
                throw new RegistryError(
                        ErrorCode.DIGEST_INVALID,
                        "the %d bytes received have the digest %s, not %s"
                                .formatted(upload.size(), found, promised));
            }
            blobs.keep(image, found, upload.file());
        } finally {
            uploads.end(id);
        }
        return created(image, promised);
    }

    /** {@code GET}: how far it is. */
    HttpResponse status(ImageName image, String id) {
        return progress(HttpStatus.NO_CONTENT, image, id, uploads.find(image, id).size());
    }

    /** {@code DELETE}: given up. */
    HttpResponse cancel(ImageName image, String id) throws IOException {
        uploads.find(image, id);
        uploads.end(id);
        return HttpResponse.of(ResponseHeaders.of(HttpStatus.NO_CONTENT));
    }

    private static HttpResponse progress(
            HttpStatus status, ImageName image, String id, long received) {
        ResponseHeadersBuilder headers =
                ResponseHeaders.builder(status)
                        .set(
                                HttpHeaderNames.LOCATION,
                                "/v2/" + image.value() + "/blobs/uploads/" + id)
                        .set(HttpHeaderNames.RANGE, "0-" + Math.max(0, received - 1))
                        .set("docker-upload-uuid", id);
        if (status.equals(HttpStatus.ACCEPTED)) {
            headers.contentLength(0);
        }
        return HttpResponse.of(headers.build());
    }

    private static HttpResponse created(ImageName image, Digest digest) {
        return HttpResponse.of(
                ResponseHeaders.builder(HttpStatus.CREATED)
                        .set(HttpHeaderNames.LOCATION, "/v2/" + image.value() + "/blobs/" + digest)
                        .set("docker-content-digest", digest.value())
                        .contentLength(0)
                        .build());
    }
}
