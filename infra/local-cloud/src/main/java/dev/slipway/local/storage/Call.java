package dev.slipway.local.storage;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.QueryParams;
import com.linecorp.armeria.common.RequestHeaders;
import com.linecorp.armeria.server.ServiceRequestContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PushbackInputStream;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * One call.
 *
 * @param path its decoded segments below the API's prefix: a segment may hold slashes
 * @param rawPath as it was sent, without the query
 * @param body can be read once
 */
record Call(
        HttpMethod method,
        List<String> path,
        String rawPath,
        QueryParams query,
        RequestHeaders headers,
        InputStream body) {
    private static final int LARGEST_JSON_BYTES = 4 << 20;
    private static final int MOST_SEGMENTS = 16;

    /**
     * Reads a request.
     *
     * @param prefix of the path, for example {@code /storage/v1}
     */
    static Call of(ServiceRequestContext context, HttpRequest request, String prefix) {
        // not request.path(): Armeria takes what stands behind a semicolon out of it
        String rawPath = context.rawPath().split("\\?", 2)[0];
        if (!rawPath.startsWith(prefix)) {
            throw StorageError.invalid("Malformed path: it does not start with " + prefix);
        }
        InputStream body =
                request.toInputStream(
                        part -> part instanceof HttpData data ? data : HttpData.empty());
        return new Call(
                method(request),
                segments(rawPath.substring(prefix.length())),
                rawPath,
                context.queryParams(),
                request.headers(),
                body);
    }

    /** What Java's own HTTP client cannot send, PATCH, comes as POST with a header. */
    private static HttpMethod method(HttpRequest request) {
        HttpMethod meant = HttpMethod.tryParse(request.headers().get("x-http-method-override"));
        return meant == null ? request.method() : meant;
    }

    private static List<String> segments(String below) {
        String[] parts = below.replaceFirst("^/", "").split("/", MOST_SEGMENTS);
        try {
            return Arrays.stream(parts)
                    .map(part -> URLDecoder.decode(part.replace("+", "%2B"), UTF_8))
                    .toList();
        } catch (IllegalArgumentException e) {
            throw StorageError.invalid("Malformed path: " + e.getMessage());
        }
    }

    String bucket() {
        return path.get(1);
    }

    String object() {
        return path.get(3);
    }

    @Nullable String text(String parameter) {
        return query.get(parameter);
    }

    boolean flag(String parameter) {
        return Boolean.parseBoolean(query.get(parameter, "false"));
    }

    /** A number of the query that is not negative; null where it is not given. */
    @Nullable Long number(String parameter) {
        String given = query.get(parameter);
        if (given == null || given.isEmpty()) {
            return null;
        }
        try {
            long number = Long.parseLong(given);
            if (number >= 0) {
                return number;
            }
        } catch (NumberFormatException _) {
            // told below
        }
        throw StorageError.invalid(
                "Invalid value for %s: '%s' is no number of 64 bits from 0 on"
                        .formatted(parameter, given));
    }

    /** The generation that the call is about; null for the live one. */
    @Nullable Long generation() {
        Long given = number("generation");
        return given != null && given == 0 ? null : given;
    }

    Preconditions preconditions() {
        return Preconditions.of(this, "if");
    }

    /** The body, unpacked where it was packed for the way only, as Google's Java client does. */
    InputStream content() throws IOException {
        boolean packed = "gzip".equalsIgnoreCase(headers.get(HttpHeaderNames.CONTENT_ENCODING));
        if (!packed) {
            return body;
        }
        PushbackInputStream peeked = new PushbackInputStream(body);
        int first = peeked.read();
        if (first < 0) {
            return peeked;
        }
        peeked.unread(first);
        return new GZIPInputStream(peeked);
    }

    /** The body as a JSON object, at most 4 MiB. */
    ObjectNode json() {
        try {
            return parsed(content());
        } catch (IOException e) {
            throw StorageError.invalid("The body cannot be read: " + e.getMessage());
        }
    }

    /** A part of the body as a JSON object, at most 4 MiB. */
    static ObjectNode parsed(InputStream part) throws IOException {
        byte[] sent = part.readNBytes(LARGEST_JSON_BYTES + 1);
        if (sent.length > LARGEST_JSON_BYTES) {
            throw StorageError.invalid(
                    "The metadata is larger than %d bytes".formatted(LARGEST_JSON_BYTES));
        }
        return Json.parse(sent);
    }

    /** Reads what is left: a client may look for the answer only after it sent everything. */
    void drain() {
        try {
            body.transferTo(OutputStream.nullOutputStream());
        } catch (IOException | UncheckedIOException | IllegalStateException _) {
            // the caller is gone, or all was read
        }
    }
}
