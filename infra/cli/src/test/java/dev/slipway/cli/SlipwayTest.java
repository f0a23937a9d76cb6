package dev.slipway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.cli.installation.Checkout;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SlipwayTest {
    @TempDir private Path directory = Path.of("");
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private int run(String... args) {
        Workbench bench =
                new Workbench(
                        Map.of("SLIPWAY_HOME", directory.resolve("home").toString()),
                        new Checkout(directory),
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8),
                        false,
                        InstantSource.system(),
                        duration -> {
                            throw new AssertionError("nothing here waits");
                        });
        return Slipway.run(bench, args);
    }

    @Test
    void teachesWithExamples() {
        assertThat(run("--help")).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains("./slipway drop infra/samples/hello-node")
                .containsPattern("status +Tells what runs");
    }

    @Test
    void suggestsTheCommandThatWasMeant() {
        assertThat(run("dron")).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .startsWith("slipway: dron is not known to ./slipway; did you mean ")
                .contains("./slipway drop")
                .endsWith("  See ./slipway --help.\n");
    }

    @Test
    void suggestsWhatExchangedLettersMeant() {
        assertThat(run("dorp")).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("did you mean ./slipway drop?");
        assertThat(run("nothing-like-it")).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .contains("nothing-like-it is not known to ./slipway\n");
    }

    @Test
    void suggestsTheOptionThatWasMeant() {
        assertThat(run("drop", ".", "--memry", "1Gi")).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .startsWith(
                        "slipway: --memry is no option of ./slipway drop; did you mean --memory")
                .endsWith("  See ./slipway drop --help.\n");
    }

    @Test
    void givesProgramsAProblemAsJsonToo() {
        assertThat(run("drop", "no/such/folder", "--json")).isEqualTo(2);
        assertThat(out.toString(StandardCharsets.UTF_8))
                .startsWith("{\"error\":{")
                .contains("no/such/folder is no folder and no archive that can be read")
                .endsWith("}\n");
        assertThat(run("status", "--json")).isEqualTo(1);
        assertThat(out.toString(StandardCharsets.UTF_8)).endsWith("{\"up\":false}\n");
    }

    @Test
    void startsNothingWhereTwoSourcesWouldBeOneService() throws IOException {
        Path one = Files.createDirectories(directory.resolve("a/web"));
        Path other = Files.writeString(directory.resolve("web.zip"), "");

        assertThat(run("drop", one.toString(), other.toString())).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .contains(one + " and " + other + " would both be the service web");
        assertThat(run("drop", one.toString(), other.toString(), "--service", "x")).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .contains("--service names one service, and there are 2 sources");
    }

    @Test
    void writesNoOptionIntoAnArchive() throws IOException {
        Path archive = Files.writeString(directory.resolve("web.zip"), "");

        assertThat(run("drop", archive.toString(), "--memory", "1Gi")).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .contains("--memory would have to be written into web.zip");
    }

    @Test
    void saysWhatIsWrongWithAnOptionBeforeAnythingIsStarted() throws IOException {
        Path folder = Files.createDirectory(directory.resolve("web"));

        assertThat(run("drop", folder.toString(), "--memory", "lots")).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .startsWith("slipway: --memory: memory is 'lots'; allowed is ");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void saysThatABucketIsOneOfAProject() throws IOException {
        Path folder = Files.createDirectory(directory.resolve("web"));

        assertThat(run("drop", folder.toString(), "--bucket", "mine")).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .contains("--bucket says something of Google Cloud, but no project is named");
    }

    @Test
    void writesAFolderToBeginWithAndSaysWhatIsNext() {
        String folder = directory.resolve("orders").toString();

        assertThat(run("init", folder, "--trigger", "topic", "--from", "new-orders")).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains("wrote " + folder + "/index.js", "/topics/new-orders")
                .endsWith("./slipway drop " + folder + "\n");
        assertThat(run("init", folder)).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .contains("orders/index.js is there already, and nothing is overwritten");
    }

    @Test
    void saysWhereNothingIsUp() {
        assertThat(run("status")).isEqualTo(1);
        assertThat(out.toString(StandardCharsets.UTF_8))
                .isEqualTo("slipway is not up; start it with ./slipway up\n");
    }

    @Test
    void stopsNothingWhereNothingWasStarted() {
        assertThat(run("down")).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8)).startsWith("nothing to stop");
    }

    @Test
    void tellsAProblemInASentenceAndANextStep() throws IOException {
        Path source = Files.createDirectory(directory.resolve("123"));

        assertThat(run("drop", source.toString())).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .isEqualTo(
                        """
                        slipway: 123 is no service name: one starts with a-z, goes on with a-z, 0-9 and -,\
                         ends with no -, and has fewer than 50 characters
                          Name the service with --service NAME.
                        """);
    }

    @Test
    void saysWhatADurationIs() {
        assertThat(run("drop", ".", "--give-up-after", "soon")).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("90s, 30m, 2h");
    }

    @Test
    void neverRemovesWhatItDidNotMake() throws IOException {
        Path home = Files.createDirectory(directory.resolve("home"));
        Path thesis = Files.writeString(home.resolve("thesis.txt"), "years of work");

        assertThat(run("down", "--reset")).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .contains("is not slipway's alone: it holds thesis.txt");
        assertThat(thesis).exists();
        assertThat(run("up")).isEqualTo(2);
        assertThat(home).isDirectoryNotContaining(path -> path.endsWith("lock"));
    }

    @Test
    void saysWhatAPortAndARegionAre() {
        assertThat(run("up", "--port", "0")).isEqualTo(2);
        assertThat(run("up", "--port", "70000")).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .contains("70000 is no port; one is a number from 1 to 65535");
        assertThat(run("up", "--region", "Europe")).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .contains("'Europe' is no region; one is written like europe-west1");
    }

    @Test
    void saysWhatAStageAndANumberOfWorkersAre() {
        assertThat(run("pause", "bild")).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .contains("bild is no stage; one of upload, build, deploy");
        assertThat(run("up", "--scale", "build-worker=many")).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .contains("'many' is no number of workers; one is 0, 1, 2, ...");
        assertThat(run("up", "--scale", "build=99")).isEqualTo(2);
        assertThat(run("scale", "build-worker", "-1")).isEqualTo(2);
        assertThat(run("scale", "build-worker", "99")).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .contains("99 is no number of workers of a stage; one has 0 to 16");
    }

    @Test
    void saysWhereNothingIsUpToCallOrToScale() {
        for (String[] words :
                new String[][] {
                    {"call", "hello"},
                    {"logs", "hello"},
                    {"list"},
                    {"scale", "build", "2"},
                    {"pause", "build"},
                    {"resume", "build"}
                }) {
            err.reset();
            assertThat(run(words)).as(words[0]).isEqualTo(1);
            assertThat(err.toString(StandardCharsets.UTF_8)).contains("slipway is not up");
        }
    }

    @Test
    void saysThatWhatWasDeployedIsGoneWithTheLocalCloud() throws IOException {
        Path home = Files.createDirectory(directory.resolve("home"));
        Files.writeString(
                home.resolve("endpoints.json"),
                """
                {"project":"local-project","projectNumber":1,"installation":"slipway",
                 "region":"europe-west1","regions":["europe-west1"],
                 "endpoint":"http://127.0.0.1:1","dropBucket":"d","ledgerBucket":"l",
                 "localCloud":{"name":"local-cloud","pid":1,"startedAt":"2001-01-01T00:00:00Z",
                 "healthUrl":"http://127.0.0.1:1"},"workers":[]}
                """);

        assertThat(run("status", "hello")).isEqualTo(1);
        assertThat(out.toString(StandardCharsets.UTF_8))
                .startsWith("local-cloud is gone, and with it what was deployed;");
    }

    @Test
    void saysInItsHelpWhatItsExitCodesMean() {
        assertThat(run("drop", "--help")).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8).replaceAll("\\s+", " "))
                .contains(
                        "Exit code: 0 all live or unchanged (with --no-wait: dropped), 1 any other"
                                + " outcome or not dropped at all, 2 wrong usage, 3 not followed to"
                                + " the end.");
    }

    @Test
    void saysWhatIsNotBuilt() throws IOException {
        Path source = Files.createDirectory(directory.resolve("hello"));

        assertThat(run("drop", source.toString())).isEqualTo(1);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .contains("slipway-local-cloud.jar is not built");
    }

    @Test
    void undeploysNothingUntilSomebodySaysYes() {
        assertThat(run("undeploy", "hello")).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .startsWith("slipway: undeploying hello deletes it, and nobody said yes\n")
                .contains("./slipway undeploy hello --dry-run", "./slipway undeploy hello --yes");
    }
}
