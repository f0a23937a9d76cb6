package dev.slipway.local.storage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.cloud.ReadChannel;
import com.google.cloud.storage.Blob;
import com.google.cloud.storage.BlobId;
import com.google.cloud.storage.BlobInfo;
import com.google.cloud.storage.BucketInfo;
import com.google.cloud.storage.Storage;
import com.google.cloud.storage.Storage.BlobListOption;
import com.google.cloud.storage.Storage.BlobTargetOption;
import com.google.cloud.storage.Storage.ComposeRequest;
import com.google.cloud.storage.StorageException;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ObjectsTest {
    private static final byte[] DIGITS = "123456789".getBytes(UTF_8);

    @TempDir static Path home;
    private static GivenStorage given;
    private static Storage storage;
    private String bucket;

    @BeforeAll
    static void start() {
        given = new GivenStorage(home);
        storage = given.client();
    }

    @AfterAll
    static void stop() {
        given.close();
    }

    @BeforeEach
    void makeBucket() {
        bucket = "bucket-" + UUID.randomUUID();
        storage.create(BucketInfo.of(bucket));
    }

    private Blob write(String name) {
        return storage.create(BlobInfo.newBuilder(bucket, name).build(), DIGITS);
    }

    private List<String> names(BlobListOption... options) {
        return storage.list(bucket, options).streamAll().map(Blob::getName).toList();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a/b c",
                "question?x=1&y",
                "hash#1",
                "per%2Fcent",
                "plus+sign",
                "ünï/日本/😀",
                "a//b/",
                " blank ",
                "semi;colon:@!$'()*,~",
                "back\\slash",
                "quote\"<>|",
                "a/./b..c"
            })
    void anyNameIsKeptAsItIs(String name) {
        Blob written = write(name);

        Blob read = storage.get(bucket, name);

        assertThat(read.getName()).isEqualTo(name);
        assertThat(read.getGeneration()).isEqualTo(written.getGeneration());
        assertThat(read.getContent()).isEqualTo(DIGITS);
        assertThat(names()).containsExactly(name);
        assertThat(storage.delete(bucket, name)).isTrue();
    }

    @Test
    void aNameWithALineEndIsRefused() {
        assertThatExceptionOfType(StorageException.class)
                .isThrownBy(() -> write("a\nb"))
                .matches(e -> e.getCode() == 400);
    }

    @Test
    void aNameThatClimbsDirectoriesIsRefused() {
        assertThat(given.http("GET", "/storage/v1/b/" + bucket + "/o/a%2F..%2Fb", "").statusCode())
                .isEqualTo(400);
    }

    @Test
    void theResourceTellsHashesTimesAndGeneration() {
        Blob written =
                storage.create(
                        BlobInfo.newBuilder(bucket, "digits")
                                .setContentType("text/plain")
                                .setCacheControl("no-store")
                                .setMetadata(Map.of("correlation-id", "7"))
                                .build(),
                        DIGITS);

        assertThat(written.getCrc32c()).isEqualTo("4waSgw==");
        assertThat(written.getMd5()).isEqualTo("JfnnlDI7RTiF9RgfG2JNCw==");
        assertThat(written.getSize()).isEqualTo(9);
        assertThat(written.getMetageneration()).isEqualTo(1);
        assertThat(written.getContentType()).isEqualTo("text/plain");
        assertThat(written.getMetadata()).containsEntry("correlation-id", "7");
        assertThat(written.getCreateTimeOffsetDateTime().toInstant().toEpochMilli())
                .isEqualTo(written.getGeneration() / 1000);
        assertThat(written.getUpdateTimeOffsetDateTime())
                .isEqualTo(written.getCreateTimeOffsetDateTime());
    }

    @Test
    void bytesThatAreNotThoseMeantAreRefused() {
        String multipart =
                """
                --b
                Content-Type: application/json

                {"name":"damaged","md5Hash":"AAAAAAAAAAAAAAAAAAAAAA=="}
                --b
                Content-Type: text/plain

                text
                --b--""";
        String path = "/upload/storage/v1/b/" + bucket + "/o?uploadType=";

        assertThat(
                        given.http(
                                        "POST",
                                        path + "multipart",
                                        multipart,
                                        "Content-Type",
                                        "multipart/related; boundary=b")
                                .body())
                .contains("\"code\":400", "md5Hash");
        assertThat(
                        given.http(
                                        "POST",
                                        path + "media&name=damaged",
                                        "text",
                                        "x-goog-hash",
                                        "crc32c=AAAAAA==")
                                .statusCode())
                .isEqualTo(400);
        assertThat(storage.get(bucket, "damaged")).isNull();
    }

    @Test
    void aListIsInTheOrderOfUtf8() {
        Stream.of("\uD83D\uDE00", "\uE000", "b", "a/b", "a", "a-").forEach(this::write);

        assertThat(names()).containsExactly("a", "a-", "a/b", "b", "\uE000", "\uD83D\uDE00");
        assertThat(names(BlobListOption.pageSize(1))).isEqualTo(names());
    }

    @Test
    void aListFoldsWhatIsBehindADelimiter() {
        Stream.of("a/", "a/1", "a/2", "b", "c/d/3", "e").forEach(this::write);

        assertThat(names(BlobListOption.currentDirectory()))
                .containsExactlyInAnyOrder("a/", "b", "c/", "e");
        assertThat(names(BlobListOption.currentDirectory(), BlobListOption.pageSize(1)))
                .containsExactlyInAnyOrder("a/", "b", "c/", "e");
        assertThat(names(BlobListOption.prefix("a/"), BlobListOption.currentDirectory()))
                .containsExactlyInAnyOrder("a/", "a/1", "a/2");
        assertThat(names(BlobListOption.startOffset("a/2"), BlobListOption.endOffset("c/d/3")))
                .containsExactly("a/2", "b");
        assertThat(
                        given.http(
                                        "GET",
                                        "/storage/v1/b/%s/o?delimiter=/&includeTrailingDelimiter=true"
                                                .formatted(bucket),
                                        "")
                                .body())
                .contains("\"prefixes\":[\"a/\",\"c/\"]", "\"name\":\"a/\"");
    }

    @Test
    void aVersionedBucketKeepsWhatWasReplacedAndDeleted() {
        storage.update(BucketInfo.newBuilder(bucket).setVersioningEnabled(true).build());
        Blob first = write("kept");
        Blob second = storage.create(BlobInfo.newBuilder(bucket, "kept").build(), new byte[2]);
        assertThat(storage.delete(BlobId.of(bucket, "kept"))).isTrue();

        assertThat(storage.get(bucket, "kept")).isNull();
        assertThat(names()).isEmpty();
        List<Blob> versions =
                storage.list(bucket, BlobListOption.versions(true)).streamAll().toList();
        assertThat(versions)
                .extracting(Blob::getGeneration)
                .containsExactly(first.getGeneration(), second.getGeneration());
        assertThat(versions).allMatch(one -> one.getDeleteTimeOffsetDateTime() != null);
        assertThat(storage.readAllBytes(first.getBlobId())).isEqualTo(DIGITS);
        assertThat(storage.delete(first.getBlobId())).isTrue();
        assertThat(storage.get(first.getBlobId())).isNull();
    }

    @Test
    void aListOfVersionsGoesPageByPageThroughAllGenerations() {
        storage.update(BucketInfo.newBuilder(bucket).setVersioningEnabled(true).build());
        Stream.of("a", "b", "a", "c", "a", "b").forEach(this::write);

        List<Blob> versions =
                storage.list(bucket, BlobListOption.versions(true), BlobListOption.pageSize(2))
                        .streamAll()
                        .toList();

        assertThat(versions)
                .extracting(Blob::getName)
                .containsExactly("a", "a", "a", "b", "b", "c");
        assertThat(versions.subList(0, 3)).extracting(Blob::getGeneration).isSorted();
    }

    @Test
    void whatNoGenerationHasLeavesTheDisk() {
        Blob first = write("replaced");
        Path file = home.resolve("cloud/objects").resolve("%020d".formatted(first.getGeneration()));
        assertThat(file).exists();

        write("replaced");

        assertThat(file).doesNotExist();
    }

    @Test
    void aReaderSeeksAndStops() throws Exception {
        write("range");
        ByteBuffer read = ByteBuffer.allocate(16);
        try (ReadChannel reader = storage.reader(bucket, "range")) {
            reader.seek(2);
            reader.limit(5);
            while (reader.read(read) >= 0) {
                // all there is
            }
        }

        assertThat(new String(read.array(), 0, read.position(), UTF_8)).isEqualTo("345");
    }

    @Test
    void aRangeIsAnsweredAsHttpSays() {
        Blob written = write("range");
        String path = "/download/storage/v1/b/" + bucket + "/o/range?alt=media";

        HttpResponse<String> part = given.http("GET", path, "", "Range", "bytes=2-4");
        assertThat(part.statusCode()).isEqualTo(206);
        assertThat(part.body()).isEqualTo("345");
        assertThat(part.headers().map())
                .containsEntry("content-range", List.of("bytes 2-4/9"))
                .containsEntry("content-length", List.of("3"))
                .containsEntry("x-goog-generation", List.of(written.getGeneration().toString()))
                .containsEntry("x-goog-metageneration", List.of("1"))
                .containsEntry("x-goog-stored-content-length", List.of("9"))
                .containsEntry(
                        "x-goog-hash", List.of("crc32c=4waSgw==,md5=JfnnlDI7RTiF9RgfG2JNCw=="));
        assertThat(given.http("GET", path, "", "Range", "bytes=-2").body()).isEqualTo("89");
        assertThat(given.http("GET", path, "", "Range", "bytes=7-").body()).isEqualTo("89");
        assertThat(given.http("GET", path, "", "Range", "bytes=9-").statusCode()).isEqualTo(416);
        assertThat(given.http("GET", path, "").body()).isEqualTo("123456789");
    }

    @Test
    void aComposedObjectHasAllBytesAndNoMd5() {
        write("one");
        write("two");

        Blob composed =
                storage.compose(
                        ComposeRequest.of(
                                List.of("one", "two"),
                                BlobInfo.newBuilder(bucket, "both").build()));

        assertThat(composed.getContent()).isEqualTo("123456789123456789".getBytes(UTF_8));
        assertThat(composed.getMd5()).isNull();
        assertThat(composed.getComponentCount()).isEqualTo(2);
        assertThatExceptionOfType(StorageException.class)
                .isThrownBy(
                        () ->
                                storage.compose(
                                        ComposeRequest.of(
                                                List.of("one", "none"),
                                                BlobInfo.newBuilder(bucket, "both").build())))
                .matches(e -> e.getCode() == 404);
    }

    @Test
    void aCopyOutlivesItsSource() {
        Blob source =
                storage.create(
                        BlobInfo.newBuilder(bucket, "source").setContentType("text/x").build(),
                        DIGITS);

        Blob copy = source.copyTo(bucket, "copy").getResult();
        source.delete();

        assertThat(copy.getContent()).isEqualTo(DIGITS);
        assertThat(copy.getContentType()).isEqualTo("text/x");
        assertThat(copy.getMd5()).isEqualTo(source.getMd5());
    }

    @Test
    void aPatchMergesAndRemoves() {
        Blob written =
                storage.create(
                        BlobInfo.newBuilder(bucket, "patched")
                                .setContentType("text/plain")
                                .setMetadata(Map.of("stays", "1", "goes", "2"))
                                .build(),
                        DIGITS);
        Map<String, String> change = new HashMap<>();
        change.put("goes", null);
        change.put("comes", "3");

        Blob patched = written.toBuilder().setMetadata(change).build().update();

        assertThat(patched.getMetadata()).isEqualTo(Map.of("stays", "1", "comes", "3"));
        assertThat(patched.getContentType()).isEqualTo("text/plain");
        assertThat(patched.getGeneration()).isEqualTo(written.getGeneration());
        assertThat(patched.getMetageneration()).isEqualTo(2);
        assertThat(patched.getUpdateTimeOffsetDateTime())
                .isAfterOrEqualTo(written.getUpdateTimeOffsetDateTime());
    }

    @Test
    void otherApisOpenAGeneration() throws Exception {
        Blob written = write("opened");

        try (var in = given.api().open(bucket, "opened", written.getGeneration()).orElseThrow()) {
            assertThat(in.readAllBytes()).isEqualTo(DIGITS);
        }
        assertThat(given.api().open(bucket, "opened", 0)).isPresent();
        assertThat(given.api().open(bucket, "opened", 1)).isEmpty();
    }

    @Test
    void whatIsNotDoneSaysSo() {
        String objects = "/storage/v1/b/" + bucket + "/o";

        assertThat(given.http("POST", objects + "/x/restore", "").statusCode()).isEqualTo(501);
        assertThat(given.http("GET", "/storage/v1/b/" + bucket + "/acl", "").body())
                .contains("\"code\":501", "GET /storage/v1/b/" + bucket + "/acl");
        assertThat(given.http("POST", "/batch/storage/v1", "x").statusCode()).isEqualTo(501);
        assertThat(given.http("GET", objects + "/x", "", "If-None-Match", "x").statusCode())
                .isEqualTo(501);
    }

    @Test
    void whatIsMalformedIsRefused() {
        String upload = "/upload/storage/v1/b/" + bucket + "/o?uploadType=";

        assertThat(given.http("POST", upload + "multipart", "x").statusCode()).isEqualTo(400);
        assertThat(given.http("POST", upload + "sideways&name=x", "x").statusCode()).isEqualTo(400);
        assertThat(given.http("POST", upload + "media", "x").statusCode()).isEqualTo(400);
        assertThat(given.http("POST", "/storage/v1/b?project=local-project", "{").statusCode())
                .isEqualTo(400);
        assertThat(given.http("GET", "/storage/v1/b/none/o", "").statusCode()).isEqualTo(404);
    }

    @Test
    void anUploadThatIsRefusedLeavesNoFile() throws Exception {
        write("there");
        try (Stream<Path> before = Files.walk(home.resolve("cloud/objects"))) {
            long files = before.count();
            assertThatExceptionOfType(StorageException.class)
                    .isThrownBy(
                            () ->
                                    storage.create(
                                            BlobInfo.newBuilder(bucket, "there").build(),
                                            DIGITS,
                                            BlobTargetOption.doesNotExist()));
            try (Stream<Path> after = Files.walk(home.resolve("cloud/objects"))) {
                assertThat(after.count()).isEqualTo(files);
            }
        }
    }
}
