package dev.slipway.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.cloud.storage.Blob;
import com.google.cloudbuild.v1.Build;
import dev.slipway.contracts.Answer;
import dev.slipway.contracts.Outcome;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sources that deploy and behave badly around it. */
@Order(2)
@OnSharedInstallation
@SuppressWarnings("NullAway.Init") // set before all tests
class OddServicesTest {
    private static final int MOST_LOG_BYTES = 10 << 20;
    private static final int LAST_LINES_BYTES = 1 << 20;
    private static final String PRINTS_100_MB = "\"scripts\": {\"gcp-build\": \"node noise.js\"}";

    private static Cloud cloud;
    private static Blob noisy;
    private static Blob mortal;

    @BeforeAll
    static void dropBoth(Installation installation, @TempDir Path work) throws Exception {
        cloud = new Cloud(installation);
        noisy =
                cloud.upload(
                        Sample.saying("after much noise")
                                .withPackage(PRINTS_100_MB)
                                .with(
                                        "noise.js",
                                        "const line = 'x'.repeat(999);\n"
                                                + "for (let i = 0; i < 100000; i++)"
                                                + " console.log(line);\n")
                                .zip(work.resolve("noisy.zip")),
                        "noisy.zip");
        mortal =
                cloud.upload(
                        Sample.saying("")
                                .with(
                                        "index.js",
                                        """
                                        exports.hello = (request, response) => {
                                          response.send('alive');
                                          if (request.path === '/last')
                                            setImmediate(() => process.exit(9));
                                        };
                                        """)
                                .zip(work.resolve("mortal.zip")),
                        "mortal.zip");
    }

    private static String live(Blob drop) {
        Answer answer = cloud.awaitOutcome(drop);
        assertThat(answer.outcome()).as(answer.toString()).isEqualTo(Outcome.LIVE);
        return String.valueOf(answer.url());
    }

    @Test
    void aBuildThatPrintsAHundredMegabytesGoesLiveAndItsLogStaysBounded() throws Exception {
        String url = live(noisy);

        assertThat(Web.text(url)).isEqualTo("after much noise");
        Build build =
                cloud.builds().stream()
                        .filter(one -> one.getImages(0).endsWith("/noisy"))
                        .findFirst()
                        .orElseThrow();
        String log = Web.text(build.getLogUrl());
        assertThat(log.length()).isBetween(MOST_LOG_BYTES / 2, MOST_LOG_BYTES + LAST_LINES_BYTES);
        assertThat(log.stripTrailing()).endsWith("SUCCESS");
    }

    @Test
    void aServiceThatDiesIsStartedByItsNextCallAndItsLogTellsTheEnd() throws Exception {
        String url = live(mortal);
        assertThat(Web.text(url)).isEqualTo("alive");

        Web.get(url + "/last");

        cloud.awaitLog("mortal", "Container called exit(9).");
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(Web.text(url)).isEqualTo("alive"));
    }
}
