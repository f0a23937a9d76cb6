package dev.slipway.local.storage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.slipway.local.LocalCloud;
import dev.slipway.local.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The unmodified {@code gcloud storage}, with the environment that the command prints. */
class GcloudTest {
    private static final int LARGE_BYTES = 20 << 20;

    @TempDir static Path home;
    private static LocalCloud cloud;

    @BeforeAll
    static void start() {
        boolean installed =
                Arrays.stream(System.getenv().getOrDefault("PATH", "").split(":", -1))
                        .anyMatch(directory -> Files.isExecutable(Path.of(directory, "gcloud")));
        assumeTrue(installed, "gcloud is not on the PATH, so it was not tried against this cloud");
        cloud = LocalCloud.start(Settings.defaults(home));
        gcloud("buckets", "create", "gs://by-gcloud", "--location=europe-west1");
    }

    @AfterAll
    static void stop() {
        if (cloud != null) {
            cloud.close();
        }
    }

    private static Map<String, String> environment() {
        String at = "http://127.0.0.1:" + cloud.port();
        return Map.of(
                "CLOUDSDK_CONFIG", home.resolve("gcloud").toString(),
                "CLOUDSDK_CORE_PROJECT", "local-project",
                "CLOUDSDK_CORE_DISABLE_PROMPTS", "1",
                "CLOUDSDK_AUTH_DISABLE_CREDENTIALS", "true",
                "CLOUDSDK_API_ENDPOINT_OVERRIDES_STORAGE", at + "/storage/v1/");
    }

    private static String gcloud(String... arguments) {
        List<String> command = new ArrayList<>(List.of("gcloud", "storage"));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(environment());
        try {
            Process process = builder.start();
            String output = new String(process.getInputStream().readAllBytes(), UTF_8);
            assertThat(process.waitFor()).as(command + "\n" + output).isZero();
            return output;
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aSmallFileIsCopiedListedReadAndRemoved() throws Exception {
        Path file = Files.writeString(home.resolve("small file.txt"), "small");

        gcloud("cp", file.toString(), "gs://by-gcloud/a b/small.txt");

        assertThat(gcloud("ls", "gs://by-gcloud/a b/")).contains("gs://by-gcloud/a b/small.txt");
        assertThat(gcloud("ls", "gs://by-gcloud")).contains("gs://by-gcloud/a b/");
        assertThat(gcloud("cat", "gs://by-gcloud/a b/small.txt")).isEqualTo("small");
        gcloud("cp", "gs://by-gcloud/a b/small.txt", "gs://by-gcloud/copy.txt");
        gcloud("rm", "gs://by-gcloud/a b/small.txt");
        assertThat(gcloud("ls", "--recursive", "gs://by-gcloud"))
                .contains("copy.txt")
                .doesNotContain("small.txt");
    }

    @Test
    void aLargeFileGoesThereAndBack() throws Exception {
        byte[] bytes = new byte[LARGE_BYTES];
        new Random(7).nextBytes(bytes);
        Path file = Files.write(home.resolve("large"), bytes);
        Path back = home.resolve("back");

        gcloud("cp", file.toString(), "gs://by-gcloud/large");
        gcloud("cp", "gs://by-gcloud/large", back.toString());

        assertThat(Files.mismatch(file, back)).isEqualTo(-1);
        gcloud("rm", "--recursive", "gs://by-gcloud/large");
    }

    @Test
    void aBucketIsDescribedAndDeleted() {
        gcloud("buckets", "create", "gs://short-lived", "--location=us-central1");
        assertThat(gcloud("buckets", "describe", "gs://short-lived", "--format=value(location)"))
                .contains("US-CENTRAL1");
        gcloud("buckets", "delete", "gs://short-lived");
    }
}
