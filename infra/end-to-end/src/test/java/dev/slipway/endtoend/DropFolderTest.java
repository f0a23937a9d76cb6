package dev.slipway.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloudbuild.v1.Build;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** A person drops a folder, changes it, and drops it again. */
@Order(1)
@OnSharedInstallation
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class DropFolderTest {
    private static final Path SAMPLE = Installation.checkout().resolve("infra/samples/hello-node");
    private static final Pattern LIVE = Pattern.compile("is (?:unchanged and )?live at (\\S+)");

    private static String url(Run run) {
        Matcher found = LIVE.matcher(run.out());
        assertThat(found.find()).as(run.toString()).isTrue();
        return found.group(1);
    }

    @Test
    @Order(1)
    void aFolderBecomesALiveService(Installation installation) throws Exception {
        Run run = installation.slipway("drop", SAMPLE.toString()).exits(0);

        assertThat(Web.text(url(run))).isEqualTo("Hello from Slipway!\n");
        assertThat(run.out())
                .contains("packed ", "uploaded gs://" + Cloud.dropBucket() + "/hello-node.tar.gz")
                .containsSubsequence("verified", "building", "built", "deploying", "live");
    }

    @Test
    @Order(2)
    void thePrintedCurlLineWorks(Installation installation) throws Exception {
        Run run = installation.slipway("drop", SAMPLE.toString()).exits(0);
        List<String> words = List.of(run.lastLine().strip().split(" +"));

        Run curl =
                Run.of(
                                Installation.checkout(),
                                Map.of(),
                                Duration.ofSeconds(30),
                                List.of(words.getFirst(), "--silent", words.getLast()))
                        .exits(0);

        assertThat(words).hasSize(2).first().isEqualTo("curl");
        assertThat(curl.out()).isEqualTo("Hello from Slipway!\n");
    }

    @Test
    @Order(3)
    void theSameBytesAreNotBuiltAgain(Installation installation) throws Exception {
        Cloud cloud = new Cloud(installation);
        List<String> before = ids(cloud);

        Run run = installation.slipway("drop", SAMPLE.toString()).exits(0);

        assertThat(run.out()).contains("hello-node in europe-west1 is unchanged and live at ");
        assertThat(ids(cloud)).isNotEmpty().isEqualTo(before);
    }

    private static List<String> ids(Cloud cloud) throws IOException {
        return cloud.builds().stream().map(Build::getId).sorted().toList();
    }

    @Test
    @Order(4)
    void changedBytesAnswerTheNewText(Installation installation, @TempDir Path work)
            throws Exception {
        Path folder = work.resolve("hello-node");
        Files.createDirectory(folder);
        try (var files = Files.list(SAMPLE)) {
            for (Path file : files.toList()) {
                Files.copy(file, folder.resolve(file.getFileName()));
            }
        }
        Path index = folder.resolve("index.js");
        Files.writeString(
                index, Files.readString(index).replace("Hello from Slipway!", "Hello again!"));

        Run run = installation.slipway("drop", folder.toString()).exits(0);

        assertThat(run.out()).contains("is live at ");
        assertThat(Web.text(url(run))).isEqualTo("Hello again!\n");
    }

    @Test
    @Order(5)
    void statusTellsWhatRuns(Installation installation) throws Exception {
        Run all = installation.slipway("status").exits(0);
        Run one = installation.slipway("status", "hello-node").exits(0);

        assertThat(all.out())
                .contains("slipway is up at " + installation.endpoint())
                .contains("local-cloud", "upload-worker", "build-worker", "deploy-worker")
                .containsPattern("hello-node +europe-west1 +live ");
        assertThat(one.out()).contains("hello-node in europe-west1 is live at ");
    }

    @Test
    @Order(6)
    void aPipeGetsPlainLines(Installation installation) throws Exception {
        Run run = installation.slipway("drop", SAMPLE.toString()).exits(0);

        assertThat(run.out()).doesNotContain("\u001b", "\r");
        assertThat(run.err()).isEmpty();
    }
}
