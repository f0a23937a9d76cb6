package dev.slipway.local.artifacts;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.QueryParams;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.common.ResponseHeadersBuilder;
import com.linecorp.armeria.common.stream.StreamMessage;
import dev.slipway.contracts.Digest;
import dev.slipway.contracts.Json;
import dev.slipway.local.artifacts.Manifests.Stored;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/** Manifests and tags. */
final class ManifestCalls {
    private static final int LARGEST_BYTES = 4 << 20;
    private static final int MOST_TAGS = 1000;

    private final Manifests manifests;
    private final Blobs blobs;
    private final Path temporary;
    private final InstantSource clock;

    ManifestCalls(Manifests manifests, Blobs blobs, Path temporary, InstantSource clock) {
        this.manifests = manifests;
        this.blobs = blobs;
        this.temporary = temporary;
        this.clock = clock;
    }

    /** {@code GET} or {@code HEAD /v2/NAME/manifests/REFERENCE}. */
    HttpResponse get(ImageName image, Reference reference, HttpRequest request) throws IOException {
        Stored found =
                manifests
                        .find(image, reference)
                        .orElseThrow(
                                () ->
                                        new RegistryError(
                                                ErrorCode.MANIFEST_UNKNOWN,
                                                image.value() + " has no " + reference));
        Path file = manifests.file(found).orElseThrow();
        ResponseHeaders headers =
                ResponseHeaders.builder(HttpStatus.OK)
                        .set(HttpHeaderNames.CONTENT_TYPE, found.mediaType())
                        .contentLength(Files.size(file))
                        .set("docker-content-digest", found.digest().value())
                        .build();
        return request.method() == HttpMethod.HEAD
                ? HttpResponse.of(headers)
                : HttpResponse.of(headers, StreamMessage.of(file));
    }

    /** {@code PUT}: the manifest is kept once everything that it names is there. */
    HttpResponse put(ImageName image, Reference reference, HttpRequest request) throws IOException {
        byte[] bytes = read(request);
        Digest digest = Digest.of(bytes);
        if (reference instanceof Reference.ByDigest(Digest promised) && !promised.equals(digest)) {
            throw new RegistryError(
                    ErrorCode.DIGEST_INVALID,
                    "the manifest's digest is " + digest + ", not " + promised);
        }
        String contentType = request.headers().get(HttpHeaderNames.CONTENT_TYPE, "");
        ManifestDocument document = ManifestDocument.read(bytes, contentType);
        requireReferences(image, document);
        Path file = Files.createTempFile(temporary, "manifest", "");
        Files.write(file, bytes);
        manifests.put(image, digest, document.mediaType(), file, clock.instant());
        if (reference instanceof Reference.Tag(String tag)) {
            manifests.tag(image, tag, digest);
        }
        return created(image, digest);
    }

    private static byte[] read(HttpRequest request) throws IOException {
        try (InputStream body = Bodies.of(request)) {
            byte[] bytes = body.readNBytes(LARGEST_BYTES + 1);
            if (bytes.length > LARGEST_BYTES) {
                throw new RegistryError(
                        ErrorCode.SIZE_INVALID,
                        "a manifest has at most " + LARGEST_BYTES + " bytes");
            }
            return bytes;
        }
    }

    private void requireReferences(ImageName image, ManifestDocument document) throws IOException {
        for (ManifestDocument.Descriptor wanted : document.blobs()) {
            Path file =
                    blobs.find(image, wanted.digest())
                            .orElseThrow(() -> absent(image, wanted.digest()));
            if (Files.size(file) != wanted.size()) {
                throw new RegistryError(
                        ErrorCode.MANIFEST_INVALID,
                        "blob %s has %d bytes, not %d"
                                .formatted(wanted.digest(), Files.size(file), wanted.size()));
            }
        }
        for (var wanted : document.manifests()) {
            Digest digest = ManifestDocument.descriptor(wanted).digest();
            if (manifests.find(image, new Reference.ByDigest(digest)).isEmpty()) {
                throw absent(image, digest);
            }
        }
    }

    private static RegistryError absent(ImageName image, Digest digest) {
        return new RegistryError(
                ErrorCode.MANIFEST_BLOB_UNKNOWN,
                "%s has no %s, which the manifest names; push it first"
                        .formatted(image.value(), digest));
    }

    private static HttpResponse created(ImageName image, Digest digest) {
        return HttpResponse.of(
                ResponseHeaders.builder(HttpStatus.CREATED)
                        .set(
                                HttpHeaderNames.LOCATION,
                                "/v2/" + image.value() + "/manifests/" + digest)
                        .set("docker-content-digest", digest.value())
                        .contentLength(0)
                        .build());
    }

    /** {@code GET /v2/NAME/tags/list}, with {@code n} and {@code last}. */
    HttpResponse tags(ImageName image, QueryParams query) {
        if (!manifests.has(image)) {
            throw new RegistryError(
                    ErrorCode.NAME_UNKNOWN, "nothing was pushed as " + image.value());
        }
        int most = Math.min(number(query.get("n", String.valueOf(MOST_TAGS))), MOST_TAGS);
        List<String> found = manifests.tags(image, query.get("last", ""), most + 1);
        boolean more = found.size() > most;
        List<String> page = more ? found.subList(0, most) : found;
        ResponseHeadersBuilder headers =
                ResponseHeaders.builder(HttpStatus.OK).contentType(MediaType.JSON);
        if (more && !page.isEmpty()) {
            headers.set(
                    HttpHeaderNames.LINK,
                    "</v2/%s/tags/list?n=%d&last=%s>; rel=\"next\""
                            .formatted(image.value(), most, page.getLast()));
        }
        return HttpResponse.of(
                headers.build(),
                HttpData.wrap(Json.write(Map.of("name", image.value(), "tags", page))));
    }

    private static int number(String text) {
        try {
            int number = Integer.parseInt(text);
            if (number >= 0) {
                return number;
            }
        } catch (NumberFormatException _) {
            // told below
        }
        throw new RegistryError(
                ErrorCode.PAGINATION_NUMBER_INVALID,
                "n is a number of tags, 0 or more, not \"" + text + "\"");
    }
}
