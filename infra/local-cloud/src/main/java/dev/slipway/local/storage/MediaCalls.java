package dev.slipway.local.storage;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.common.ResponseHeadersBuilder;
import com.linecorp.armeria.common.stream.StreamMessage;
import io.netty.util.AsciiString;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/** Downloads: all of a generation's bytes, or one range of them. */
final class MediaCalls {
    private final ObjectCalls objects;
    private final Contents contents;

    MediaCalls(ObjectCalls objects, Contents contents) {
        this.objects = objects;
        this.contents = contents;
    }

    HttpResponse get(Call call) throws IOException {
        ObjectVersion version = objects.readable(call);
        @Nullable ByteRange range =
                ByteRange.of(call.headers().get(HttpHeaderNames.RANGE), version.size());
        if (range != null && range.isEmpty()) {
            return HttpResponse.of(
                    ResponseHeaders.builder(HttpStatus.REQUESTED_RANGE_NOT_SATISFIABLE)
                            .set(HttpHeaderNames.CONTENT_RANGE, "bytes */" + version.size())
                            .contentType(MediaType.PLAIN_TEXT_UTF_8)
                            .build(),
                    HttpData.ofUtf8("The requested range cannot be satisfied."));
        }
        return answer(call, version, range);
    }

    private HttpResponse answer(Call call, ObjectVersion version, @Nullable ByteRange range)
            throws IOException {
        ResponseHeadersBuilder headers =
                ResponseHeaders.builder(range == null ? HttpStatus.OK : HttpStatus.PARTIAL_CONTENT);
        describe(headers, version);
        long from = range == null ? 0 : range.first();
        long length = range == null ? version.size() : range.length();
        if (range != null) {
            headers.set(HttpHeaderNames.CONTENT_RANGE, range.header(version.size()));
        }
        headers.contentLength(length);
        if (length == 0 || call.method() == HttpMethod.HEAD) {
            return HttpResponse.of(headers.build());
        }
        InputStream bytes = open(version, from);
        return HttpResponse.of(headers.build(), StreamMessage.of(new BoundedInput(bytes, length)));
    }

    private InputStream open(ObjectVersion version, long from) throws IOException {
        try {
            return contents.open(version.generation(), from);
        } catch (NoSuchFileException _) {
            throw StorageError.noSuchObject(version.bucket(), version.name());
        }
    }

    private static void describe(ResponseHeadersBuilder headers, ObjectVersion version) {
        String encoding = Json.text(version.settings().path("contentEncoding"), "");
        headers.set(HttpHeaderNames.CONTENT_TYPE, version.contentType())
                .set(HttpHeaderNames.ETAG, version.etag())
                .set(HttpHeaderNames.ACCEPT_RANGES, "bytes")
                .set(HttpHeaderNames.LAST_MODIFIED, httpDate(version.updated()))
                .set(
                        HttpHeaderNames.CACHE_CONTROL,
                        Json.text(
                                version.settings().path("cacheControl"),
                                "no-cache, no-store, max-age=0, must-revalidate"))
                .set("x-goog-hash", hash(version))
                .set("x-goog-generation", Long.toString(version.generation()))
                .set("x-goog-metageneration", Long.toString(version.metageneration()))
                .set("x-goog-storage-class", "STANDARD")
                .set("x-goog-stored-content-encoding", encoding.isEmpty() ? "identity" : encoding)
                .set("x-goog-stored-content-length", Long.toString(version.size()));
        setting(headers, HttpHeaderNames.CONTENT_ENCODING, version, "contentEncoding");
        setting(headers, HttpHeaderNames.CONTENT_DISPOSITION, version, "contentDisposition");
        setting(headers, HttpHeaderNames.CONTENT_LANGUAGE, version, "contentLanguage");
    }

    private static void setting(
            ResponseHeadersBuilder headers,
            AsciiString header,
            ObjectVersion version,
            String field) {
        String value = Json.text(version.settings().path(field), "");
        if (!value.isEmpty()) {
            headers.set(header, value);
        }
    }

    private static String hash(ObjectVersion version) {
        return "crc32c="
                + version.crc32c()
                + (version.md5Hash() == null ? "" : ",md5=" + version.md5Hash());
    }

    private static String httpDate(long tick) {
        return DateTimeFormatter.RFC_1123_DATE_TIME.format(
                Instant.ofEpochMilli(Ticks.millis(tick)).atZone(ZoneOffset.UTC));
    }
}
