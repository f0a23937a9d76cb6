package dev.slipway.local.build;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloudbuild.v1.Build;
import com.google.cloudbuild.v1.Build.Status;
import dev.slipway.local.Settings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How web applications are started; npm only links a program. */
class WebApplicationsTest {
    private static final String NPM =
            """
            mkdir -p node_modules/.bin node_modules/greet/dist
            printf '#!/bin/sh\\necho "hello $1 from $(basename "$(dirname "$0")")"\\n' > node_modules/greet/dist/greet.js
            chmod +x node_modules/greet/dist/greet.js
            ln -sf ../greet/dist/greet.js node_modules/.bin/greet""";

    @TempDir static Path home;

    private static RunningBuilds cloud;

    @BeforeAll
    static void start() throws Exception {
        cloud =
                new RunningBuilds(
                        Settings.defaults(home),
                        new KeptObjects(),
                        RunningBuilds.hostWith(home.resolve("bin"), "echo v20.1.0", NPM),
                        TimeLimits.DEFAULT);
    }

    @AfterAll
    static void stop() {
        cloud.close();
    }

    @ParameterizedTest
    @CsvSource({
        "{\"scripts\":{\"start\":\"x\"}}, server.js, npm run start",
        "{\"main\":\"app.js\"}, server.js, npm run start",
        "{\"main\":\"app.js\"}, app.js, node app.js",
        "{}, index.js, node index.js"
    })
    void startsWhatGoogleStarts(String packageJson, String file, String entrypoint)
            throws Exception {
        BuiltImageFiles image = built(Map.of("package.json", packageJson, file, ""));
        assertThat(String.join(" ", image.entrypoint())).isEqualTo(entrypoint);
        assertThat(image.environment())
                .contains("NODE_ENV=production")
                .noneMatch(variable -> variable.startsWith("FUNCTION_"));
    }

    @Test
    void startsWhatTheProcfileSays() throws Exception {
        BuiltImageFiles image =
                built(
                        Map.of(
                                "package.json",
                                "{\"scripts\":{\"start\":\"x\"}}",
                                "Procfile",
                                "worker: other\r\nweb:  node \"a b.js\" $PORT | cat\r\nweb: later"));
        assertThat(image.entrypoint()).containsExactly("bash", "-c", "node \"a b.js\" $PORT | cat");
    }

    @Test
    void keepsProgramsOfPackagesAsStartersOfWhatTheyLinkTo() throws Exception {
        BuiltImageFiles image =
                built(
                        Map.of(
                                "package.json",
                                "{\"dependencies\":{\"greet\":\"1\"}}",
                                "index.js",
                                ""));
        Path folder = home.resolve("starters");
        image.unpack(folder);
        Process program =
                new ProcessBuilder("sh", folder + "/workspace/node_modules/.bin/greet", "two words")
                        .redirectErrorStream(true)
                        .start();
        assertThat(new String(program.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .isEqualTo("hello two words from dist\n");
        assertThat(image.environment())
                .anyMatch(variable -> variable.startsWith("PATH=/workspace/node_modules/.bin:"));
    }

    @Test
    void saysWhatWasTriedWhereNothingIsToStart() throws Exception {
        Build build = submitted(Map.of("package.json", "{\"main\":\"gone.js\"}"));
        assertThat(build.getStatus()).isEqualTo(Status.FAILURE);
        assertThat(build.getStatusDetail())
                .contains(
                        "tried Procfile, scripts.start of package.json, server.js, main (gone.js");
        assertThat(cloud.log(build)).doesNotContain("npm");
    }

    private static Build submitted(Map<String, String> files) {
        var request = RunningBuilds.request(cloud.objects.keep(files));
        request.getBuildpackBuildBuilder().clearFunctionTarget();
        return cloud.built(cloud.submit(request));
    }

    private static BuiltImageFiles built(Map<String, String> files)
            throws IOException, InterruptedException {
        Build build = submitted(files);
        assertThat(build.getStatus()).as(cloud.log(build)).isEqualTo(Status.SUCCESS);
        return BuiltImageFiles.of(
                cloud.artifacts,
                RunningBuilds.IMAGE + "@" + build.getResults().getImages(0).getDigest());
    }
}
