package dev.slipway.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.slipway.contracts.Answer;
import dev.slipway.contracts.Outcome;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A person who has only a bucket and Google's own command. */
@Order(6)
@OnSharedInstallation
class BucketOnlyTest {
    @Test
    void gcloudDropsAndReadsTheAnswer(Installation installation, @TempDir Path work)
            throws Exception {
        assumeTrue(Tools.installed("gcloud"), "gcloud is not installed");
        Map<String, String> environment = installation.exports();
        String bucket = environment.getOrDefault("SLIPWAY_DROP", "");
        Path archive = Sample.saying("only a bucket").zip(work.resolve("only-bucket.zip"));

        Tools.gcloud(environment, "storage", "cp", archive.toString(), bucket + "/");
        Answer answer =
                new Cloud(installation)
                        .await("only-bucket.zip", "has an outcome", it -> it.outcome() != null);
        Run cat =
                Tools.gcloud(
                        environment, "storage", "cat", bucket + "/status/only-bucket.zip.json");

        assertThat(answer.outcome()).as(answer.toString()).isEqualTo(Outcome.LIVE);
        assertThat(Web.text(String.valueOf(answer.url()))).isEqualTo("only a bucket");
        assertThat(cat.out()).contains("\"outcome\":\"LIVE\"", String.valueOf(answer.url()));
    }
}
