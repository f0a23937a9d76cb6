package dev.slipway.local.storage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.WriteChannel;
import com.google.cloud.storage.Blob;
import com.google.cloud.storage.BlobId;
import com.google.cloud.storage.BlobInfo;
import com.google.cloud.storage.BucketInfo;
import com.google.cloud.storage.Storage;
import com.google.cloud.storage.Storage.BlobGetOption;
import com.google.cloud.storage.Storage.BlobSourceOption;
import com.google.cloud.storage.Storage.BlobTargetOption;
import com.google.cloud.storage.Storage.BlobWriteOption;
import com.google.cloud.storage.Storage.ComposeRequest;
import com.google.cloud.storage.Storage.CopyRequest;
import com.google.cloud.storage.StorageException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The contract that everything written with a condition rests on: each call, with each kind of
 * generation, on an object that is there and on one that is not. The expected statuses are those of
 * cloud.google.com/storage/docs/request-preconditions.
 */
class PreconditionMatrixTest {
    private static final int OK = 200;
    private static final int NOT_MODIFIED = 304;
    private static final int NOT_FOUND = 404;
    private static final int FAILED = 412;
    private static final String BUCKET = "matrix";
    private static final byte[] OLD = "old".getBytes(UTF_8);
    private static final byte[] NEW = "new".getBytes(UTF_8);

    @TempDir static Path home;
    private static GivenStorage given;
    private static Storage storage;

    /** What a call is given: none, the one that stands (or stood), or another. */
    enum Generation {
        ZERO,
        RIGHT,
        WRONG
    }

    /** A call with a condition on the generation of the object it is about. */
    enum Call {
        INSERT_MEDIA(true),
        INSERT_MULTIPART(true),
        INSERT_RESUMABLE(true),
        INSERT_RESUMABLE_IN_CHUNKS(true),
        REWRITE_ONTO(true),
        COMPOSE_ONTO(true),
        REWRITE_FROM(false),
        PATCH(false),
        DELETE(false),
        GET(false),
        GET_MEDIA(false);

        /** Whether it makes the object. */
        private final boolean creates;

        Call(boolean creates) {
            this.creates = creates;
        }

        /** Compose has no {@code ifGenerationNotMatch}; the client does not send it. */
        boolean knowsNotMatch() {
            return this != COMPOSE_ONTO;
        }

        int status(boolean present, Generation wanted, boolean match) {
            if (!present && !creates) {
                return NOT_FOUND;
            }
            Generation standing = present ? Generation.RIGHT : Generation.ZERO;
            if ((wanted == standing) == match) {
                return OK;
            }
            boolean reads = this == GET || this == GET_MEDIA;
            return reads && !match ? NOT_MODIFIED : FAILED;
        }
    }

    @BeforeAll
    static void start() {
        given = new GivenStorage(home);
        storage = given.client();
        storage.create(BucketInfo.of(BUCKET));
        storage.create(BlobInfo.newBuilder(BUCKET, "source").build(), NEW);
    }

    @AfterAll
    static void stop() {
        given.close();
    }

    static Stream<Arguments> matrix() {
        List<Arguments> cases = new ArrayList<>();
        for (Call call : Call.values()) {
            for (boolean present : List.of(true, false)) {
                for (Generation generation : Generation.values()) {
                    cases.add(Arguments.of(call, present, generation, true));
                    if (call.knowsNotMatch()) {
                        cases.add(Arguments.of(call, present, generation, false));
                    }
                }
            }
        }
        return cases.stream();
    }

    @ParameterizedTest(name = "{0}, present {1}, generation {2}, match {3}")
    @MethodSource("matrix")
    void everyCallObeysTheGeneration(
            Call call, boolean present, Generation generation, boolean match) throws Exception {
        BlobId object = BlobId.of(BUCKET, call + "/" + UUID.randomUUID());
        Blob old = storage.create(BlobInfo.newBuilder(object).build(), OLD);
        if (!present) {
            storage.delete(object);
        }
        long wanted =
                switch (generation) {
                    case ZERO -> 0;
                    case RIGHT -> old.getGeneration();
                    case WRONG -> old.getGeneration() + 1;
                };
        int expected = call.status(present, generation, match);

        int status = status(() -> make(call, object, wanted, match));

        assertThat(status).isEqualTo(expected);
        if (expected != OK) {
            assertUnchanged(object, present ? old : null);
        }
    }

    private static void assertUnchanged(BlobId object, @Nullable Blob old) {
        Blob standing = storage.get(object);
        if (old == null) {
            assertThat(standing).isNull();
            return;
        }
        assertThat(standing.getGeneration()).isEqualTo(old.getGeneration());
        assertThat(standing.getMetageneration()).isEqualTo(1);
        assertThat(standing.getContent()).isEqualTo(OLD);
    }

    private interface Making {
        boolean make() throws IOException;
    }

    private static int status(Making making) throws IOException {
        try {
            return making.make() ? OK : NOT_FOUND;
        } catch (StorageException e) {
            return e.getCode();
        }
    }

    private static boolean make(Call call, BlobId object, long generation, boolean match)
            throws IOException {
        BlobInfo info = BlobInfo.newBuilder(object).build();
        return switch (call) {
            case INSERT_MEDIA -> media(object, generation, match);
            case INSERT_MULTIPART ->
                    storage.create(info, NEW, onto(generation, match)).getGeneration() > 0;
            case INSERT_RESUMABLE ->
                    storage.createFrom(info, new ByteArrayInputStream(NEW), of(generation, match))
                                    .getGeneration()
                            > 0;
            case INSERT_RESUMABLE_IN_CHUNKS -> chunks(info, generation, match);
            case REWRITE_ONTO -> rewriteOnto(object, generation, match);
            case COMPOSE_ONTO -> composeOnto(info, generation, match);
            case REWRITE_FROM -> rewriteFrom(object, generation, match);
            case PATCH ->
                    storage.update(
                                            info.toBuilder().setContentType("text/plain").build(),
                                            onto(generation, match))
                                    .getMetageneration()
                            == 2;
            case DELETE -> storage.delete(object, from(generation, match));
            case GET -> storage.get(object, getting(generation, match)) != null;
            case GET_MEDIA -> storage.readAllBytes(object, from(generation, match)).length > 0;
        };
    }

    private static BlobTargetOption onto(long generation, boolean match) {
        return match
                ? BlobTargetOption.generationMatch(generation)
                : BlobTargetOption.generationNotMatch(generation);
    }

    private static BlobWriteOption of(long generation, boolean match) {
        return match
                ? BlobWriteOption.generationMatch(generation)
                : BlobWriteOption.generationNotMatch(generation);
    }

    private static BlobSourceOption from(long generation, boolean match) {
        return match
                ? BlobSourceOption.generationMatch(generation)
                : BlobSourceOption.generationNotMatch(generation);
    }

    private static BlobGetOption getting(long generation, boolean match) {
        return match
                ? BlobGetOption.generationMatch(generation)
                : BlobGetOption.generationNotMatch(generation);
    }

    private static boolean media(BlobId object, long generation, boolean match) {
        int status =
                given.http(
                                "POST",
                                "/upload/storage/v1/b/%s/o?uploadType=media&name=%s&ifGeneration%sMatch=%d"
                                        .formatted(
                                                BUCKET,
                                                object.getName(),
                                                match ? "" : "Not",
                                                generation),
                                "new")
                        .statusCode();
        if (status != OK) {
            throw new StorageException(status, "refused");
        }
        return true;
    }

    private static boolean chunks(BlobInfo info, long generation, boolean match)
            throws IOException {
        try (WriteChannel writer = storage.writer(info, of(generation, match))) {
            writer.setChunkSize(256 << 10);
            writer.write(ByteBuffer.wrap(new byte[300 << 10]));
        }
        return true;
    }

    private static boolean rewriteOnto(BlobId object, long generation, boolean match) {
        return storage.copy(
                                CopyRequest.newBuilder()
                                        .setSource(BlobId.of(BUCKET, "source"))
                                        .setTarget(object, onto(generation, match))
                                        .build())
                        .getResult()
                        .getGeneration()
                > 0;
    }

    private static boolean rewriteFrom(BlobId object, long generation, boolean match) {
        return storage.copy(
                                CopyRequest.newBuilder()
                                        .setSource(object)
                                        .setSourceOptions(from(generation, match))
                                        .setTarget(BlobId.of(BUCKET, "copy"))
                                        .build())
                        .getResult()
                        .getGeneration()
                > 0;
    }

    private static boolean composeOnto(BlobInfo object, long generation, boolean match) {
        return storage.compose(
                                ComposeRequest.newBuilder()
                                        .addSource("source", "source")
                                        .setTarget(object)
                                        .setTargetOptions(onto(generation, match))
                                        .build())
                        .getGeneration()
                > 0;
    }

    @Test
    void everyCallObeysTheMetageneration() throws Exception {
        BlobId object = BlobId.of(BUCKET, "metageneration");
        Blob first = storage.create(BlobInfo.newBuilder(object).build(), OLD);
        BlobInfo second = first.toBuilder().setContentType("text/plain").build();

        assertThat(status(() -> patched(second, 2))).isEqualTo(FAILED);
        assertThat(status(() -> patched(second, 1))).isEqualTo(OK);
        assertThat(status(() -> patched(second, 1))).isEqualTo(FAILED);
        assertThat(status(() -> get(object, BlobGetOption.metagenerationNotMatch(2))))
                .isEqualTo(NOT_MODIFIED);
        assertThat(status(() -> get(object, BlobGetOption.metagenerationMatch(1))))
                .isEqualTo(FAILED);
        assertThat(status(() -> storage.delete(object, BlobSourceOption.metagenerationMatch(1))))
                .isEqualTo(FAILED);
        assertThat(storage.get(object).getContentType()).isEqualTo("text/plain");
    }

    private static boolean patched(BlobInfo wanted, long metageneration) {
        return storage.update(wanted, BlobTargetOption.metagenerationMatch(metageneration))
                        .getMetageneration()
                > 1;
    }

    private static boolean get(BlobId object, BlobGetOption option) {
        return storage.get(object, option) != null;
    }

    @Test
    void aFailedPreconditionIsToldInGooglesWords() {
        String path = "/storage/v1/b/" + BUCKET + "/o/source?ifGenerationMatch=";

        assertThat(given.http("GET", path + "1", "").body())
                .contains("\"code\":412", "\"reason\":\"conditionNotMet\"", "\"If-Match\"");
        assertThat(given.http("GET", path + "-1", "").statusCode()).isEqualTo(400);
        assertThat(given.http("GET", path + "one", "").statusCode()).isEqualTo(400);
    }

    @Test
    void aGenerationThatIsGoneIsNotFound() throws Exception {
        BlobId object = BlobId.of(BUCKET, "replaced");
        Blob first = storage.create(BlobInfo.newBuilder(object).build(), OLD);
        storage.create(BlobInfo.newBuilder(object).build(), NEW);

        assertThat(storage.get(first.getBlobId())).isNull();
        assertThat(status(() -> storage.readAllBytes(first.getBlobId()).length > 0))
                .isEqualTo(NOT_FOUND);
        assertThat(storage.delete(first.getBlobId())).isFalse();
    }
}
