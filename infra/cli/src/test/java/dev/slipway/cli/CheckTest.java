package dev.slipway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.cli.installation.Checkout;
import dev.slipway.contracts.Json;
import dev.slipway.contracts.Reason;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckTest {
    private static final String MANIFEST = "apiVersion: slipway.dev/v1\n";

    @TempDir private Path directory = Path.of("");
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private int check(Object... words) {
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
        Stream<String> args = Stream.of(words).map(Object::toString);
        return Slipway.run(bench, Stream.concat(Stream.of("check"), args).toArray(String[]::new));
    }

    private String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private Path zip(String name, String... entries) throws IOException {
        Path archive = directory.resolve(name);
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(archive))) {
            for (int i = 0; i < entries.length; i += 2) {
                zip.putNextEntry(new ZipEntry(entries[i]));
                zip.write(entries[i + 1].getBytes(StandardCharsets.UTF_8));
                zip.closeEntry();
            }
        }
        return archive;
    }

    private Path folder(String name, String... files) throws IOException {
        Path folder = directory.resolve(name);
        for (int i = 0; i < files.length; i += 2) {
            Path file = folder.resolve(files[i]);
            Files.createDirectories(file.resolveSibling("."));
            Files.writeString(file, files[i + 1]);
        }
        return folder;
    }

    @Test
    void tellsWhatIsInAnArchiveAndWhatItBecomes() throws IOException {
        Path archive =
                zip(
                        "hello.zip",
                        "hello-main/index.js",
                        "1",
                        "hello-main/.DS_Store",
                        "x",
                        "hello-main/slipway.yaml",
                        MANIFEST + "function: helloHttp\n");

        assertThat(check(archive)).isZero();
        assertThat(out())
                .isEqualTo(
                        "hello: 2 files, 48 B; 1 litter file left out; folder hello-main/ unwrapped;"
                                + " slipway.yaml is valid: function helloHttp, profile run, private"
                                + " access\n");
        assertThat(directory.resolve("home")).doesNotExist();
    }

    @Test
    void tellsWhatTheDefaultsMean() throws IOException {
        assertThat(check(folder("web", "index.js", "1"))).isZero();
        assertThat(out())
                .isEqualTo(
                        "web: 1 file, 1 B; no slipway.yaml: a web application that listens on $PORT,"
                                + " profile run, private access\n");
    }

    @Test
    void tellsAnArchiveByItsContent() throws IOException {
        assertThat(check(zip("weird.bin", "index.js", "1"))).isZero();
        assertThat(out())
                .startsWith("weird.bin is no service name; the service is weird-bin\n")
                .contains("weird-bin: 1 file");
    }

    @Test
    void tellsATextFileWhatItsDropWouldBeTold() throws IOException {
        Path notes = Files.writeString(directory.resolve("notes.txt"), "notes");

        assertThat(check(notes)).isEqualTo(1);
        assertThat(out())
                .contains("notes-txt would be rejected\n  ")
                .contains("  reason: NOT_AN_ARCHIVE\n")
                .endsWith("  your turn: " + Reason.NOT_AN_ARCHIVE.nextStep() + "\n");
    }

    @Test
    void namesTheEntryOfAnArchive() throws IOException {
        assertThat(check(zip("evil.zip", "index.js", "1", "../evil.js", "2"))).isEqualTo(1);
        assertThat(out()).contains("'..'", "at entry ../evil.js", "reason: ARCHIVE_UNSAFE");
    }

    @Test
    void namesTheEntryOfAFolder() throws IOException {
        Path folder = folder("web", "index.js", "1");
        Files.createSymbolicLink(folder.resolve("passwords"), Path.of("/etc/passwd"));

        assertThat(check(folder)).isEqualTo(1);
        assertThat(out()).contains("at entry passwords", "reason: ARCHIVE_UNSAFE");
    }

    @Test
    void findsWhatOnlyThePackedFolderIsRefusedFor() throws IOException {
        Path folder = folder("zeros", "index.js", "1");
        Files.write(folder.resolve("zeros.bin"), new byte[8 << 20]);

        assertThat(check(folder)).isEqualTo(1);
        assertThat(out()).contains("reason: ARCHIVE_TOO_LARGE");
    }

    @Test
    void saysEverythingThatIsWrongWithAManifestInTheOrderOfItsLines() throws IOException {
        Path archive =
                zip(
                        "hello.zip",
                        "index.js",
                        "1",
                        "slipway.yaml",
                        MANIFEST + "functon: hello\ncpu: -1\nservice: other\n");

        assertThat(check(archive, "--json")).isEqualTo(1);

        JsonNode document = document(out());
        assertThat(document.path("accepted").asBoolean()).isFalse();
        assertThat(document.path("reason").asText()).isEqualTo("MANIFEST_INVALID");
        assertThat(document.path("line").asInt()).isEqualTo(2);
        assertThat(document.path("field").asText()).isEqualTo("functon");
        assertThat(document.path("nextStep").asText())
                .isEqualTo(Reason.MANIFEST_INVALID.nextStep());
        assertThat(document.path("problems").findValuesAsText("line"))
                .containsExactly("2", "3", "4");
        assertThat(document.path("problems").findValuesAsText("column"))
                .containsExactly("1", "6", "10");
    }

    @Test
    void givesProgramsADocumentForEachSource() throws IOException {
        Path good = zip("good.zip", "index.js", "1");
        Path bad = Files.writeString(directory.resolve("bad.zip"), "bad");

        assertThat(check(good, bad, "--json")).isEqualTo(1);

        List<String> documents = out().lines().toList();
        assertThat(documents).hasSize(2);
        JsonNode accepted = document(documents.getFirst());
        assertThat(accepted.path("service").asText()).isEqualTo("good");
        assertThat(accepted.path("accepted").asBoolean()).isTrue();
        assertThat(accepted.at("/archive/files").asInt()).isEqualTo(1);
        assertThat(accepted.path("written").asBoolean()).isFalse();
        assertThat(accepted.at("/manifest/memory").asText()).isEqualTo("512Mi");
        assertThat(accepted.has("reason")).isFalse();
        assertThat(document(documents.getLast()).path("reason").asText())
                .isEqualTo("NOT_AN_ARCHIVE");
    }

    @Test
    void takesServiceAndRegionFromTheOptions() throws IOException {
        Path archive =
                zip(
                        "x.zip",
                        "index.js",
                        "1",
                        "slipway.yaml",
                        MANIFEST + "service: greeter\nregion: asia-east1\n");

        assertThat(check(archive)).isEqualTo(1);
        assertThat(out()).contains("'x', which the object's name says");
        assertThat(check(archive, "--service", "greeter", "--region", "asia-east1")).isZero();
    }

    @Test
    void takesTheFirstRegionOfThisMachinesInstallation() throws IOException {
        Path archive =
                zip("x.zip", "index.js", "1", "slipway.yaml", MANIFEST + "region: asia-east1\n");
        Path home = Files.createDirectories(directory.resolve("home"));
        Files.writeString(
                home.resolve("endpoints.json"),
                """
                {"project": "local-project", "projectNumber": 1, "installation": "slipway",
                 "region": "asia-east1", "regions": ["asia-east1"], "endpoint": "",
                 "dropBucket": "d", "ledgerBucket": "l", "workers": []}
                """);

        assertThat(check(archive)).isZero();
        assertThat(check(archive, "--project", "my-project")).isEqualTo(1);
    }

    @Test
    void allowsPublicAccessWhereTheInstallationDoes() throws IOException {
        Path archive =
                zip("open.zip", "index.js", "1", "slipway.yaml", MANIFEST + "access: public\n");

        assertThat(check(archive)).isZero();
        assertThat(check(archive, "--project", "my-project")).isEqualTo(1);
        assertThat(check(archive, "--project", "my-project", "--allow-public")).isZero();
    }

    @Test
    void refusesWhatIsNotThere() {
        assertThat(check("no/such/thing")).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .contains("no/such/thing is no folder and no archive that can be read");
    }

    @Test
    void refusesWhatIsNoRegion() throws IOException {
        assertThat(check(zip("x.zip", "index.js", "1"), "--region", "mars")).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("mars is no region");
    }

    private static JsonNode document(String text) throws IOException {
        return Json.read(text.getBytes(StandardCharsets.UTF_8), JsonNode.class);
    }
}
