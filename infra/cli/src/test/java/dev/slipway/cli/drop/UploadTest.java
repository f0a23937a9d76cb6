package dev.slipway.cli.drop;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UploadTest {
    @ParameterizedTest
    @CsvSource({
        "hello.zip, application/zip",
        "hello.tar, application/x-tar",
        "hello.tgz, application/gzip",
        "us-central1/hello.tar.gz, application/gzip"
    })
    void saysWhatKindOfArchiveItIs(String object, String contentType) {
        assertThat(Upload.contentType(object)).isEqualTo(contentType);
    }
}
