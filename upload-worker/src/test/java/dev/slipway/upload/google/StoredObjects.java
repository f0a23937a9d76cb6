package dev.slipway.upload.google;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.upload.google.StorageStandIn.Answer;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Objects with all their generations, as Cloud Storage describes them. */
final class StoredObjects {
    private final Map<Long, Kept> kept = new LinkedHashMap<>();
    private long lastGeneration = 1_700_000_000_000_000L;

    private record Kept(String bucket, String name, ObjectNode resource, byte[] content) {}

    Answer store(String bucket, ObjectNode resource, String ifGeneration, byte[] content)
            throws IOException {
        String name = resource.path("name").asText();
        if (ifGeneration.equals("0") && newest(bucket, name).isPresent()) {
            return Answer.failure(412);
        }
        long generation = ++lastGeneration;
        ObjectNode stored =
                resource.deepCopy()
                        .put("bucket", bucket)
                        .put("generation", Long.toString(generation))
                        .put("size", Integer.toString(content.length))
                        .put("md5Hash", md5(content))
                        .put("timeCreated", "2026-01-01T00:00:00.123Z")
                        .put("updated", "2026-01-01T00:00:00.123Z");
        kept.put(generation, new Kept(bucket, name, stored, content));
        return Answer.of(stored);
    }

    Answer one(String bucket, String name, String generation) throws IOException {
        Optional<Kept> found = find(bucket, name, generation);
        return found.isPresent() ? Answer.of(found.get().resource) : Answer.failure(404);
    }

    Answer content(String bucket, String name, String generation) throws IOException {
        Optional<Kept> found = find(bucket, name, generation);
        return found.isPresent() ? new Answer(200, found.get().content, null) : Answer.failure(404);
    }

    void removeAll(String bucket) {
        kept.values().removeIf(one -> one.bucket.equals(bucket));
    }

    private Optional<Kept> find(String bucket, String name, String generation) {
        return generation.isEmpty()
                ? newest(bucket, name)
                : Optional.ofNullable(kept.get(Long.parseLong(generation)))
                        .filter(one -> one.bucket.equals(bucket) && one.name.equals(name));
    }

    private Optional<Kept> newest(String bucket, String name) {
        return kept.values().stream()
                .filter(one -> one.bucket.equals(bucket) && one.name.equals(name))
                .reduce((_, later) -> later);
    }

    private static String md5(byte[] content) {
        try {
            return Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("MD5").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
