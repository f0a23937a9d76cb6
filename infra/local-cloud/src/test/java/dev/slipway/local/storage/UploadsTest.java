package dev.slipway.local.storage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.storage.Blob;
import com.google.cloud.storage.BlobInfo;
import com.google.cloud.storage.BucketInfo;
import com.google.cloud.storage.Storage.BlobWriteOption;
import java.io.IOException;
import java.io.OutputStream;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Optional;
import java.util.Random;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UploadsTest {
    private static final String BUCKET = "uploads";
    private static final int CHUNK = 256 << 10;
    private static final int LARGE_BYTES = 64 << 20;

    @TempDir static Path home;
    private static GivenStorage given;

    @BeforeAll
    static void start() {
        given = new GivenStorage(home);
        given.client().create(BucketInfo.of(BUCKET));
    }

    @AfterAll
    static void stop() {
        given.close();
    }

    private static String begin(String name) {
        HttpResponse<String> begun =
                given.http(
                        "POST",
                        "/resumable/upload/storage/v1/b/%s/o?uploadType=resumable"
                                .formatted(BUCKET),
                        "{\"name\":\"%s\"}".formatted(name),
                        "X-Upload-Content-Type",
                        "text/plain");
        assertThat(begun.statusCode()).isEqualTo(200);
        return begun.headers().firstValue("location").orElseThrow();
    }

    private static HttpResponse<String> put(String location, String range, String body) {
        return given.http("PUT", location, body, "Content-Range", range);
    }

    private static void incomplete(HttpResponse<String> answer, long received) {
        assertThat(answer.statusCode()).isEqualTo(308);
        assertThat(answer.headers().firstValue("range"))
                .isEqualTo(
                        received == 0
                                ? Optional.empty()
                                : Optional.of("bytes=0-" + (received - 1)));
    }

    @Test
    void aResumableUploadGoesOnWhereItStopped() {
        String location = begin("resumed");
        String first = "a".repeat(CHUNK);

        incomplete(put(location, "bytes */*", ""), 0);
        incomplete(put(location, "bytes 0-%d/*".formatted(CHUNK - 1), first), CHUNK);
        incomplete(put(location, "bytes */*", ""), CHUNK);
        assertThat(
                        put(location, "bytes %d-%d/*".formatted(CHUNK + 1, CHUNK + 2), "xx")
                                .statusCode())
                .isEqualTo(503);
        HttpResponse<String> done =
                put(location, "bytes %d-%d/%d".formatted(CHUNK - 2, CHUNK + 2, CHUNK + 3), "aabcd");

        assertThat(done.statusCode()).isEqualTo(200);
        Blob written = given.client().get(BUCKET, "resumed");
        assertThat(new String(written.getContent(), UTF_8)).isEqualTo(first + "bcd");
        assertThat(written.getContentType()).isEqualTo("text/plain");
        assertThat(put(location, "bytes */*", "").body())
                .contains("\"generation\":\"" + written.getGeneration() + "\"");
    }

    @Test
    void aResumableUploadOutlivesARestart() {
        String location = begin("restarted");
        incomplete(put(location, "bytes 0-2/6", "abc"), 3);

        String before = given.endpoint();
        given.restart();
        String after = location.replace(before, given.endpoint());

        incomplete(put(after, "bytes */6", ""), 3);
        assertThat(put(after, "bytes 3-5/6", "def").statusCode()).isEqualTo(200);
        assertThat(given.client().readAllBytes(BUCKET, "restarted"))
                .isEqualTo("abcdef".getBytes(UTF_8));
    }

    @Test
    void anEmptyObjectAndAWholeOneNeedNoChunks() {
        assertThat(put(begin("empty"), "bytes */0", "").statusCode()).isEqualTo(200);
        assertThat(given.http("PUT", begin("whole"), "whole").statusCode()).isEqualTo(200);

        assertThat(given.client().get(BUCKET, "empty").getSize()).isZero();
        assertThat(given.client().readAllBytes(BUCKET, "whole")).isEqualTo("whole".getBytes(UTF_8));
    }

    @Test
    void anUploadThatIsUnknownOrCancelledIsNotCarriedOn() {
        String location = begin("cancelled");
        assertThat(given.http("DELETE", location, "").statusCode()).isEqualTo(499);
        assertThat(put(location, "bytes */*", "").statusCode()).isEqualTo(404);
        assertThat(put(begin("range"), "bytes nonsense", "").statusCode()).isEqualTo(400);
    }

    @Test
    void aMultipartBodyMayEndItsLinesWithLfAlone() {
        String body =
                """
                --==b==
                Content-Type: application/json

                {"name":"lf"}
                --==b==
                Content-Type: text/plain

                one
                --==b=
                two
                --==b==--""";

        HttpResponse<String> written =
                given.http(
                        "POST",
                        "/upload/storage/v1/b/%s/o?uploadType=multipart".formatted(BUCKET),
                        body,
                        "Content-Type",
                        "multipart/related; boundary='==b=='");

        assertThat(written.statusCode()).isEqualTo(200);
        assertThat(new String(given.client().readAllBytes(BUCKET, "lf"), UTF_8))
                .isEqualTo("one\n--==b=\ntwo");
    }

    @Test
    void aLargeFileArrivesAndLeavesWhole() throws Exception {
        Path file = home.resolve("large");
        CRC32C crc = new CRC32C();
        fill(file, crc);

        Blob written =
                given.client()
                        .createFrom(
                                BlobInfo.newBuilder(BUCKET, "large").build(),
                                file,
                                BlobWriteOption.doesNotExist());
        Path back = home.resolve("back");
        written.downloadTo(back);

        assertThat(written.getSize()).isEqualTo(LARGE_BYTES);
        assertThat(written.getCrc32c())
                .isEqualTo(
                        Base64.getEncoder()
                                .encodeToString(
                                        ByteBuffer.allocate(4)
                                                .putInt((int) crc.getValue())
                                                .array()));
        assertThat(Files.mismatch(file, back)).isEqualTo(-1);
    }

    private static void fill(Path file, CRC32C crc) throws IOException {
        Random random = new Random(7);
        byte[] block = new byte[1 << 20];
        try (OutputStream out = Files.newOutputStream(file)) {
            for (int written = 0; written < LARGE_BYTES; written += block.length) {
                random.nextBytes(block);
                crc.update(block);
                out.write(block);
            }
        }
    }
}
