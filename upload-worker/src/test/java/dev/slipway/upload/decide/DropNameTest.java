package dev.slipway.upload.decide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.Reason;
import dev.slipway.contracts.ServiceKey;
import dev.slipway.contracts.ServiceName;
import dev.slipway.upload.decide.DropName.Why;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DropNameTest {
    private static final List<String> REGIONS = List.of("europe-west1", "us-central1");

    private static DropName of(String object) {
        return DropName.of(object, REGIONS);
    }

    private static Reason refusal(String object) {
        return of(object) instanceof DropName.Refused(var verdict)
                ? verdict.reason()
                : Reason.DEPLOYED;
    }

    @ParameterizedTest
    @CsvSource({
        "hello.zip,                          europe-west1, hello",
        "hello.tar.gz,                       europe-west1, hello",
        "hello.tgz,                          europe-west1, hello",
        "hello.tar,                          europe-west1, hello",
        "us-central1/hello.zip,              us-central1,  hello",
        "europe-west1/hello.zip,             europe-west1, hello",
        "hello/v7.zip,                       europe-west1, hello",
        "hello/2026/01/build.tar.gz,         europe-west1, hello",
        "us-central1/hello/v7.tgz,           us-central1,  hello",
        "us-central1/hello/a/b.zip,          us-central1,  hello",
        "us-central1.zip,                    europe-west1, us-central1",
        "asia-east1.zip,                     europe-west1, asia-east1",
        "us-central1/us-central1.zip,        us-central1,  us-central1",
        "my-service1/v1.zip,                 europe-west1, my-service1",
        "hello/status/x.zip,                 europe-west1, hello",
        "hello/.zip,                         europe-west1, hello",
        "hello/UPPER and strange%.zip,       europe-west1, hello",
        "statuspage.zip,                     europe-west1, statuspage",
    })
    void saysServiceAndRegion(String object, String region, String service) {
        assertThat(of(object))
                .isEqualTo(new DropName.To(new ServiceKey(region, new ServiceName(service))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ".zip",
                "/hello.zip",
                "Hello.zip",
                "hello.world.zip",
                "-hello.zip",
                "hello-.zip",
                "1hello.zip",
                "he llo.zip",
                "us-central1/.zip",
                "us-central1//hello.zip",
                "us-central1/Hello/v1.zip",
                "../hello.zip",
                "hello.tar.zip",
                "hello\u202e.zip",
                "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.zip"
            })
    void refusesAnArchiveWhoseNameYieldsNoService(String object) {
        assertThat(refusal(object)).isEqualTo(Reason.NAME_INVALID);
    }

    @Test
    void showsWhatItRefusesWithoutItsControlCharacters() {
        assertThat(of("a\u001b[31m.zip"))
                .isInstanceOfSatisfying(
                        DropName.Refused.class,
                        refused ->
                                assertThat(refused.verdict().message())
                                        .doesNotContain("\u001b")
                                        .contains("\\u{1b}"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "asia-east1/hello.zip",
                "northamerica-northeast2/hello/v1.zip",
                "me-central2/hello.zip",
                "us-east1/hello.tgz"
            })
    void refusesARegionThatIsNotAllowed(String object) {
        assertThat(refusal(object)).isEqualTo(Reason.REGION_NOT_ALLOWED);
    }

    @ParameterizedTest
    @CsvSource({
        "status/hello.zip.json,       ANSWER",
        "status/hello.zip,            ANSWER",
        "status/,                     ANSWER",
        "hello/,                      FOLDER",
        "hello.zip/,                  FOLDER",
        "us-central1/,                FOLDER",
        "gcloud/tmp/parallel_composite_uploads/see_gcloud_storage_cp_help_for_details/x_hello.zip,"
                + " UPLOAD_PART",
        "/gcloud/tmp/parallel_composite_uploads/x/y.zip, UPLOAD_PART",
        "/gsutil/tmp/parallel_composite_uploads/for_details_see/gsutil_help_cp/y.zip, UPLOAD_PART",
        "notes.txt,                   OTHER_SUFFIX",
        "hello,                       OTHER_SUFFIX",
        "zip,                         OTHER_SUFFIX",
        "hello.zip.part,              OTHER_SUFFIX",
        "hello.gz,                    OTHER_SUFFIX",
        "hello.jar,                   OTHER_SUFFIX",
    })
    void ignoresWhatIsNoDrop(String object, Why why) {
        assertThat(of(object)).isEqualTo(new DropName.Ignored(why));
    }
}
