package dev.slipway.local.storage;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.ResponseHeaders;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Uploads in one request: media, and multipart; and the start of a resumable one. */
final class UploadCalls {
    private static final Pattern HASH = Pattern.compile("(crc32c|md5)=([A-Za-z0-9+/=]+)");

    private final Arrivals arrivals;
    private final Versions versions;
    private final Contents contents;
    private final Uploads uploads;
    private final Supplier<Links> links;

    UploadCalls(
            Arrivals arrivals,
            Versions versions,
            Contents contents,
            Uploads uploads,
            Supplier<Links> links) {
        this.arrivals = arrivals;
        this.versions = versions;
        this.contents = contents;
        this.uploads = uploads;
        this.links = links;
    }

    HttpResponse insert(Call call) throws IOException {
        String type = Objects.requireNonNullElse(call.text("uploadType"), "");
        return switch (type) {
            case "media" -> media(call);
            case "multipart" -> multipart(call);
            case "resumable" -> resumable(call);
            default ->
                    throw StorageError.invalid(
                            "Invalid uploadType: '%s'; allowed: media, multipart, resumable"
                                    .formatted(type));
        };
    }

    private HttpResponse media(Call call) throws IOException {
        ObjectNode wanted = Json.object();
        return reply(
                arrivals.write(
                        call.bucket(),
                        name(call, wanted),
                        () -> received(call, wanted, call.content()),
                        settings(call, wanted, call.headers().get(HttpHeaderNames.CONTENT_TYPE)),
                        call.preconditions()));
    }

    private HttpResponse multipart(Call call) throws IOException {
        Multipart parts =
                Multipart.of(call.headers().get(HttpHeaderNames.CONTENT_TYPE), call.content());
        parts.headers();
        ObjectNode wanted = Call.parsed(parts.body());
        if (!parts.next()) {
            throw StorageError.invalid("Malformed multipart body: the second part is missing.");
        }
        Map<String, String> headers = parts.headers();
        return reply(
                arrivals.write(
                        call.bucket(),
                        name(call, wanted),
                        () -> received(call, wanted, parts.body()),
                        settings(call, wanted, headers.get("content-type")),
                        call.preconditions()));
    }

    private Content received(Call call, ObjectNode wanted, InputStream body) throws IOException {
        Content content = contents.receive(body);
        try {
            content.require(
                    hash(call, "crc32c", wanted.path("crc32c").textValue()),
                    hash(call, "md5", wanted.path("md5Hash").textValue()));
        } catch (StorageError e) {
            contents.discard(content.file());
            throw e;
        }
        return content;
    }

    private HttpResponse resumable(Call call) throws IOException {
        ObjectNode wanted = call.json();
        String name = name(call, wanted);
        arrivals.requireWritable(call.bucket(), name);
        ObjectVersion live = versions.live(call.bucket(), name);
        call.preconditions().requireForWrite(live, live);
        Upload upload =
                uploads.start(
                        call.bucket(),
                        name,
                        settings(call, wanted, call.headers().get("x-upload-content-type")),
                        call.preconditions(),
                        wanted.path("crc32c").textValue(),
                        wanted.path("md5Hash").textValue());
        String location =
                "http://%s%s?uploadType=resumable&name=%s&upload_id=%s"
                        .formatted(
                                call.headers().authority(),
                                call.rawPath(),
                                Links.encoded(name),
                                upload.id());
        return HttpResponse.of(
                ResponseHeaders.builder(HttpStatus.OK)
                        .set(HttpHeaderNames.LOCATION, location)
                        .set("x-guploader-uploadid", upload.id())
                        .build());
    }

    private static String name(Call call, ObjectNode wanted) {
        String given = call.text("name");
        return ObjectSettings.name(given == null ? Json.text(wanted.path("name"), "") : given);
    }

    private static ObjectNode settings(Call call, ObjectNode wanted, @Nullable String contentType) {
        ObjectNode settings = ObjectSettings.forInsert(wanted);
        String encoding = call.text("contentEncoding");
        if (encoding != null) {
            settings.put("contentEncoding", encoding);
        }
        if (!settings.has("contentType") && contentType != null) {
            settings.put("contentType", contentType);
        }
        return settings;
    }

    /** A hash as the header {@code x-goog-hash} gives it, else as the metadata did. */
    static @Nullable String hash(Call call, String kind, @Nullable String orElse) {
        for (String header : call.headers().getAll("x-goog-hash")) {
            Matcher hashes = HASH.matcher(header);
            while (hashes.find()) {
                if (hashes.group(1).equals(kind)) {
                    return hashes.group(2);
                }
            }
        }
        return orElse;
    }

    private HttpResponse reply(ObjectVersion version) {
        return Replies.of(version.resource(links.get()));
    }
}
