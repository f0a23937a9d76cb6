package dev.slipway.local.storage;

import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.common.ResponseHeadersBuilder;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The requests that carry on a resumable upload. */
final class ResumableCalls {
    private static final HttpStatus RESUME_INCOMPLETE = HttpStatus.valueOf(308);
    private static final int LOCKS = 64;

    private final Arrivals arrivals;
    private final Versions versions;
    private final Contents contents;
    private final Uploads uploads;
    private final Supplier<Links> links;
    private final List<Lock> locks =
            Stream.<Lock>generate(ReentrantLock::new).limit(LOCKS).toList();

    ResumableCalls(
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

    HttpResponse put(Call call) throws IOException {
        String id = id(call);
        Lock lock = locks.get(Math.floorMod(id.hashCode(), LOCKS));
        lock.lock();
        try {
            Upload upload = uploads.get(id);
            return upload.generation() == 0 ? carryOn(call, upload) : completed(upload);
        } finally {
            lock.unlock();
        }
    }

    HttpResponse cancel(Call call) {
        uploads.forget(uploads.get(id(call)));
        throw StorageError.cancelled();
    }

    private static String id(Call call) {
        String id = call.text("upload_id");
        if (id == null) {
            throw StorageError.required("upload_id");
        }
        return id;
    }

    private HttpResponse carryOn(Call call, Upload upload) throws IOException {
        String header = call.headers().get(HttpHeaderNames.CONTENT_RANGE);
        if (header == null) {
            uploads.append(upload, 0, call.content());
            return complete(call, upload);
        }
        ContentRange range = ContentRange.of(header);
        if (range.first() != null) {
            uploads.append(upload, range.first(), call.content());
        }
        long received = uploads.received(upload);
        @Nullable Long total = range.total();
        if (total != null && received > total) {
            uploads.forget(upload);
            throw StorageError.invalid(
                    "The upload has %d bytes, more than the %d that were told"
                            .formatted(received, total));
        }
        return total != null && received == total ? complete(call, upload) : incomplete(received);
    }

    private HttpResponse complete(Call call, Upload upload) throws IOException {
        try {
            ObjectVersion written =
                    arrivals.write(
                            upload.bucket(),
                            upload.name(),
                            () -> verified(call, upload),
                            upload.settings(),
                            upload.preconditions());
            uploads.complete(upload, written);
            return reply(written);
        } catch (StorageError e) {
            uploads.forget(upload);
            throw e;
        }
    }

    private Content verified(Call call, Upload upload) throws IOException {
        Content content = contents.uploaded(uploads.file(upload));
        content.require(
                UploadCalls.hash(call, "crc32c", upload.crc32c()),
                UploadCalls.hash(call, "md5", upload.md5Hash()));
        return content;
    }

    private HttpResponse completed(Upload upload) {
        ObjectVersion written = versions.find(upload.bucket(), upload.name(), upload.generation());
        if (written == null) {
            throw StorageError.noSuchObject(upload.bucket(), upload.name());
        }
        return reply(written);
    }

    private static HttpResponse incomplete(long received) {
        ResponseHeadersBuilder headers = ResponseHeaders.builder(RESUME_INCOMPLETE);
        if (received > 0) {
            headers.set(HttpHeaderNames.RANGE, "bytes=0-" + (received - 1));
        }
        return HttpResponse.of(headers.build());
    }

    private HttpResponse reply(ObjectVersion version) {
        return Replies.of(version.resource(links.get()));
    }
}
