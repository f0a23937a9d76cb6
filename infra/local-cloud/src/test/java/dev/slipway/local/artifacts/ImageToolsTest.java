package dev.slipway.local.artifacts;

import static dev.slipway.local.artifacts.RunningRegistry.IMAGE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.cloud.tools.jib.api.Containerizer;
import com.google.cloud.tools.jib.api.Jib;
import com.google.cloud.tools.jib.api.JibContainer;
import com.google.cloud.tools.jib.api.JibContainerBuilder;
import com.google.cloud.tools.jib.api.RegistryImage;
import com.google.cloud.tools.jib.api.TarImage;
import com.google.cloud.tools.jib.api.buildplan.AbsoluteUnixPath;
import com.google.cloud.tools.jib.api.buildplan.ImageFormat;
import dev.slipway.contracts.Json;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Images pushed and pulled by the tools that people have. */
@SuppressWarnings("NullAway.Init") // set before each test
class ImageToolsTest {
    private static final int LARGE_BYTES = 9 << 20;

    @TempDir private Path home;
    @TempDir private Path work;
    private RunningRegistry registry;

    @BeforeEach
    void start() {
        registry = new RunningRegistry(home).withRepository();
    }

    @AfterEach
    void stop() {
        registry.close();
    }

    private String reference(String tag) {
        return registry.host() + "/" + IMAGE + tag;
    }

    private JibContainer push(ImageFormat format, String image) throws Exception {
        byte[] large = new byte[LARGE_BYTES];
        new Random(1).nextBytes(large);
        Path file = Files.write(work.resolve("large.bin"), large);
        return Jib.fromScratch()
                .setFormat(format)
                .addLayer(List.of(file), AbsoluteUnixPath.get("/workspace"))
                .setWorkingDirectory(AbsoluteUnixPath.get("/workspace"))
                .setEntrypoint("node", "index.js")
                .containerize(containerizer(Containerizer.to(RegistryImage.named(image))));
    }

    private Containerizer containerizer(Containerizer to) {
        return to.setAllowInsecureRegistries(true)
                .setApplicationLayersCache(work.resolve("application"))
                .setBaseImageLayersCache(work.resolve("base"));
    }

    @ParameterizedTest
    @EnumSource(ImageFormat.class)
    void jibPushesAndPullsAnImage(ImageFormat format) throws Exception {
        JibContainer pushed = push(format, reference(":v1"));
        Path tar = work.resolve("pulled.tar");

        JibContainerBuilder pulled =
                Jib.from(RegistryImage.named(reference("@" + pushed.getDigest())));
        pulled.containerize(containerizer(Containerizer.to(TarImage.at(tar).named("pulled"))));

        assertThat(registry.artifacts().manifest(IMAGE + ":v1"))
                .isEqualTo(registry.artifacts().manifest(IMAGE + "@" + pushed.getDigest()))
                .isPresent();
        assertThat(largestEntry(tar)).isGreaterThan(LARGE_BYTES);
    }

    private static long largestEntry(Path tar) throws IOException {
        long largest = 0;
        try (var in = new TarArchiveInputStream(Files.newInputStream(tar))) {
            for (var entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                largest = Math.max(largest, entry.getSize());
            }
        }
        return largest;
    }

    @Test
    void jibIsToldThatThereIsNoRepository() {
        String nowhere =
                registry.host() + "/europe-west1-docker.pkg.dev/local-project/none/hello:v1";

        assertThatThrownBy(() -> push(ImageFormat.OCI, nowhere))
                .hasStackTraceContaining("projects/local-project/locations/europe-west1")
                .hasStackTraceContaining("repositories/none");
    }

    @Test
    void skopeoReadsAnImage() throws Exception {
        assumeTrue(onPath("skopeo"), "skopeo is not installed");
        JibContainer pushed = push(ImageFormat.OCI, reference(":v1"));

        String inspected =
                run("skopeo", "inspect", "--tls-verify=false", "docker://" + reference(":v1"));

        JsonNode image = Json.read(inspected.getBytes(UTF_8), JsonNode.class);
        assertThat(image.path("Digest").asText()).isEqualTo(pushed.getDigest().toString());
    }

    @Test
    void skopeoCopiesAnImage() throws Exception {
        assumeTrue(onPath("skopeo"), "skopeo is not installed");
        JibContainer pushed = push(ImageFormat.OCI, reference(":v1"));

        run(
                "skopeo",
                "copy",
                "--src-tls-verify=false",
                "--dest-tls-verify=false",
                "--insecure-policy",
                "docker://" + reference(":v1"),
                "docker://" + registry.host() + "/" + IMAGE + "/copy:v2");

        assertThat(registry.artifacts().manifest(IMAGE + "/copy@" + pushed.getDigest()))
                .isPresent();
    }

    private static boolean onPath(String program) {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator, -1))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
    }

    private String run(String... command) throws Exception {
        Path out = work.resolve("out");
        Path err = work.resolve("err");
        Process process =
                new ProcessBuilder(command)
                        .redirectOutput(out.toFile())
                        .redirectError(err.toFile())
                        .start();
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).as(Files.readString(err)).isZero();
        return Files.readString(out);
    }
}
