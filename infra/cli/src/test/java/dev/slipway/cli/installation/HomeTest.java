package dev.slipway.cli.installation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.cli.terminal.Problem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HomeTest {
    private static final Started WORKER =
            new Started("upload-worker", 42, Instant.parse("2026-01-01T12:00:00Z"), "http://h");

    @TempDir private Path directory = Path.of("");
    private Home home = new Home(directory);

    @BeforeEach
    void open() {
        home = new Home(directory);
    }

    private static Endpoints given() {
        return Endpoints.fresh(List.of("europe-west1"))
                .at("http://127.0.0.1:8470")
                .with(WORKER)
                .with(List.of(WORKER));
    }

    @Test
    void readsTheEndpointsThatItWrote() {
        home.write(given());

        assertThat(home.endpoints()).contains(given());
    }

    @Test
    void keepsTheAddressButNotTheProcesses() {
        home.write(given());

        home.forgetProcesses();

        assertThat(home.endpoints())
                .contains(Endpoints.fresh(List.of("europe-west1")).at("http://127.0.0.1:8470"));
    }

    @Test
    void forgetsTheScaleWithTheProcesses() {
        home.write(given().scaled(Map.of("build", 3)));
        assertThat(home.endpoints().orElseThrow().wanted("build")).isEqualTo(3);
        assertThat(home.endpoints().orElseThrow().wanted("deploy")).isEqualTo(1);

        home.forgetProcesses();

        assertThat(home.endpoints().orElseThrow().wanted("build")).isEqualTo(1);
    }

    @Test
    void readsEndpointsThatSayNothingOfTheScale() throws IOException {
        Files.writeString(
                directory.resolve("endpoints.json"),
                """
                {"project":"local-project","projectNumber":1,"installation":"slipway",
                 "region":"europe-west1","regions":["europe-west1"],
                 "endpoint":"http://127.0.0.1:1","dropBucket":"d","ledgerBucket":"l","workers":[]}
                """);

        assertThat(home.endpoints().orElseThrow().wanted("build")).isEqualTo(1);
    }

    @Test
    void isCompleteWithAsManyWorkersOfEachStageAsAreWanted() {
        Endpoints one =
                Endpoints.fresh(List.of("europe-west1"))
                        .with(worker("local-cloud"))
                        .with(
                                List.of(
                                        worker("upload-worker"),
                                        worker("build-worker"),
                                        worker("build-worker-2"),
                                        worker("deploy-worker")));

        assertThat(one.complete()).isFalse();
        assertThat(one.scaled(Map.of("build", 2)).complete()).isTrue();
        assertThat(one.scaled(Map.of("build", 2, "deploy", 0)).complete()).isFalse();
        assertThat(one.workersOf("build"))
                .extracting(Started::name)
                .containsExactly("build-worker", "build-worker-2");
        assertThat(one.workersOf("build")).extracting(Started::number).containsExactly(1, 2);
    }

    private static Started worker(String name) {
        return new Started(name, 42, Instant.parse("2026-01-01T12:00:00Z"), "http://h");
    }

    @Test
    void readsFromAWorkersHealthThatItsStageIsPaused() {
        String paused =
                """
                {"status":"UP","checks":[{"name":"stage","status":"UP",
                 "data":{"paused":"2026-01-01T12:00:00Z"}}]}
                """;

        assertThat(Health.paused(paused.getBytes(StandardCharsets.UTF_8))).isTrue();
        assertThat(Health.paused("{\"checks\":[]}".getBytes(StandardCharsets.UTF_8))).isFalse();
        assertThat(Health.paused("<html>".getBytes(StandardCharsets.UTF_8))).isFalse();
    }

    @Test
    void saysWhatToDoWithEndpointsThatDoNotParse() throws IOException {
        Files.writeString(directory.resolve("endpoints.json"), "{");

        assertThatThrownBy(home::endpoints)
                .isInstanceOf(Problem.class)
                .hasMessageContaining("cannot be read");
    }

    @Test
    void isNeverADirectoryThatHoldsOtherThings() throws IOException {
        Files.writeString(directory.resolve("thesis.txt"), "years of work");

        assertThatThrownBy(home::refuseUnlessOurs)
                .isInstanceOf(Problem.class)
                .hasMessage(directory + " is not slipway's alone: it holds thesis.txt");
    }

    @Test
    void isADirectoryThatAnEarlierCommandDidNotComeToUse() throws IOException {
        Files.createDirectory(directory.resolve("logs"));
        Files.createDirectory(directory.resolve("tokens"));
        Files.writeString(directory.resolve("lock"), "");
        Files.writeString(directory.resolve("build.log"), "");
        Files.writeString(directory.resolve("built-command"), "");

        assertThatCode(home::refuseUnlessOurs).doesNotThrowAnyException();
    }

    @Test
    void isADirectoryThatWasUpOnce() throws IOException {
        home.write(given());
        Files.writeString(directory.resolve("notes.txt"), "");

        assertThatCode(home::refuseUnlessOurs).doesNotThrowAnyException();
    }

    @Test
    void isWhereTheEnvironmentSays() {
        assertThat(Home.of(Map.of("SLIPWAY_HOME", "/x/y"), directory).directory())
                .isEqualTo(Path.of("/x/y"));
        assertThat(Home.of(Map.of(), directory).directory())
                .isEqualTo(directory.resolve(".slipway"));
    }

    @Test
    void makesOneTokenForEachIdentityThatOnlyItsOwnerReads() throws IOException {
        Tokens tokens = new Tokens(home, new SecureRandom());

        Path upload = tokens.of("upload");
        String first = Files.readString(upload);

        assertThat(first.strip()).matches("[A-Za-z0-9_-]{43}");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(upload)))
                .isEqualTo("rw-------");
        assertThat(Files.readString(tokens.of("upload"))).isEqualTo(first);
        assertThat(Files.readString(tokens.of("build"))).isNotEqualTo(first);
    }

    @Test
    void exportsWhatAShellReadsBackUnchanged() throws IOException, InterruptedException {
        Home odd = new Home(Path.of("/it's a home"));
        String exports = String.join("\n", Exports.of(given(), odd));

        Process shell =
                new ProcessBuilder("sh", "-c", exports + "\nprintf %s \"$CLOUDSDK_CONFIG\"")
                        .start();

        assertThat(new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .isEqualTo("/it's a home/gcloud");
        assertThat(shell.waitFor()).isZero();
    }

    @Test
    void readsWhatAWorkerLacksFromItsHealth() {
        String body =
                """
                {"status":"DOWN","checks":[{"name":"a","status":"UP","data":{"x":"fine"}},
                {"name":"prerequisites","status":"DOWN","data":{"missing-1":"the topic t: NOT_FOUND"}}]}
                """;

        assertThat(Health.missing(body.getBytes(StandardCharsets.UTF_8)))
                .containsExactly("the topic t: NOT_FOUND");
    }
}
