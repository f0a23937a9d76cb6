package dev.slipway.local.artifacts;

import dev.slipway.contracts.Digest;
import dev.slipway.contracts.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.h2.mvstore.MVMap;

/** Which manifests each image has, and where its tags point. Their bytes are {@link Blobs}. */
final class Manifests {
    /**
     * A manifest of an image.
     *
     * @param uploaded when it came first
     * @param updated when it or a tag of it came last
     */
    record Stored(
            String image, Digest digest, String mediaType, Instant uploaded, Instant updated) {
        ImageName name() {
            return ImageName.of(image);
        }
    }

    private final Blobs files;
    private final MVMap<String, byte[]> manifests;
    private final MVMap<String, byte[]> tags;

    Manifests(Blobs files, MVMap<String, byte[]> manifests, MVMap<String, byte[]> tags) {
        this.files = files;
        this.manifests = manifests;
        this.tags = tags;
    }

    /** Keeps a complete temporary file as a manifest of this image. */
    void put(ImageName image, Digest digest, String mediaType, Path temporary, Instant now)
            throws IOException {
        files.keep(image, digest, temporary);
        add(image, digest, mediaType, now);
    }

    /** Makes bytes that the image has a manifest of it. */
    void add(ImageName image, Digest digest, String mediaType, Instant now) {
        Instant first =
                find(image, new Reference.ByDigest(digest)).map(Stored::uploaded).orElse(now);
        manifests.put(
                image.value() + "@" + digest,
                Json.write(new Stored(image.value(), digest, mediaType, first, now)));
    }

    /** Points a tag to a manifest that is there. */
    void tag(ImageName image, String tag, Digest digest) {
        tags.put(image.value() + ":" + tag, digest.value().getBytes(StandardCharsets.UTF_8));
    }

    Optional<Stored> find(ImageName image, Reference reference) {
        return switch (reference) {
            case Reference.ByDigest(Digest digest) ->
                    Optional.ofNullable(manifests.get(image.value() + "@" + digest))
                            .map(Manifests::read);
            case Reference.Tag(String tag) ->
                    Optional.ofNullable(tags.get(image.value() + ":" + tag))
                            .map(bytes -> new Digest(new String(bytes, StandardCharsets.UTF_8)))
                            .flatMap(digest -> find(image, new Reference.ByDigest(digest)));
        };
    }

    /** The file with a manifest's bytes. */
    Optional<Path> file(Stored manifest) {
        return files.find(manifest.name(), manifest.digest());
    }

    /** An image's tags after this one, in the order of their text. */
    List<String> tags(ImageName image, String after, int most) {
        String prefix = image.value() + ":";
        List<String> found = new ArrayList<>();
        Iterator<String> keys = tags.keyIterator(prefix + after);
        while (keys.hasNext() && found.size() < most) {
            String key = keys.next();
            if (!key.startsWith(prefix)) {
                break;
            }
            if (!key.equals(prefix + after)) {
                found.add(key.substring(prefix.length()));
            }
        }
        return found;
    }

    /** Whether anything was pushed under this name. */
    boolean has(ImageName image) {
        String prefix = image.value() + "@";
        String next = manifests.ceilingKey(prefix);
        return next != null && next.startsWith(prefix);
    }

    /** The tags that point to a manifest. */
    List<String> tagsOf(Stored manifest) {
        return tags(manifest.name(), "", Integer.MAX_VALUE).stream()
                .filter(
                        tag ->
                                find(manifest.name(), new Reference.Tag(tag))
                                        .filter(tagged -> tagged.digest().equals(manifest.digest()))
                                        .isPresent())
                .toList();
    }

    /**
     * The manifests of all images below a prefix, in the order of name and digest.
     *
     * @param after the key {@code NAME@DIGEST} of the last one seen; empty from the start
     */
    List<Stored> below(String prefix, String after, int most) {
        List<Stored> found = new ArrayList<>();
        Iterator<String> keys = manifests.keyIterator(after.isEmpty() ? prefix : after);
        while (keys.hasNext() && found.size() < most) {
            String key = keys.next();
            if (!key.startsWith(prefix)) {
                break;
            }
            byte[] value = manifests.get(key);
            if (!key.equals(after) && value != null) {
                found.add(read(value));
            }
        }
        return found;
    }

    private static Stored read(byte[] bytes) {
        try {
            return Json.read(bytes, Stored.class);
        } catch (IOException e) {
            throw new UncheckedIOException("a stored manifest's entry does not parse", e);
        }
    }
}
