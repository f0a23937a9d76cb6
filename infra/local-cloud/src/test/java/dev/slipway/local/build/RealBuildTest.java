package dev.slipway.local.build;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloudbuild.v1.Build;
import com.google.cloudbuild.v1.Build.FailureInfo.FailureType;
import com.google.cloudbuild.v1.Build.Status;
import dev.slipway.local.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Builds with this machine's Node.js and npm, and npm's registry. */
class RealBuildTest {
    @TempDir static Path home;

    private static RunningBuilds cloud;

    @BeforeAll
    static void start() throws Exception {
        cloud =
                new RunningBuilds(
                        Settings.defaults(home),
                        new KeptObjects(),
                        System.getenv(),
                        TimeLimits.DEFAULT);
    }

    @AfterAll
    static void stop() {
        cloud.close();
    }

    @Test
    void buildsAFunctionThatAnswers() throws Exception {
        Build build = cloud.built(cloud.submit(KeptObjects.sample("hello-node")));
        assertThat(build.getStatus()).as(cloud.log(build)).isEqualTo(Status.SUCCESS);
        assertThat(build.getResults().getImages(0).getName()).isEqualTo(RunningBuilds.IMAGE);
        String digest = build.getResults().getImages(0).getDigest();
        assertThat(cloud.artifacts.manifest(RunningBuilds.IMAGE + "@" + digest)).isPresent();
        assertThat(cloud.artifacts.manifest(RunningBuilds.IMAGE + ":latest"))
                .isEqualTo(cloud.artifacts.manifest(RunningBuilds.IMAGE + "@" + digest));
        BuiltImageFiles image =
                BuiltImageFiles.of(cloud.artifacts, RunningBuilds.IMAGE + "@" + digest);
        assertThat(image.config().path("WorkingDir").asText()).isEqualTo("/workspace");
        assertThat(image.config().path("User").asText()).isEmpty();
        assertThat(image.environment())
                .contains(
                        "FUNCTION_TARGET=helloHttp",
                        "FUNCTION_SIGNATURE_TYPE=http",
                        "NODE_ENV=production");
        assertThat(image.answer(home.resolve("unpacked"))).isEqualTo("Hello from Slipway!\n");
        assertThat(cloud.log(build)).contains("+ npm install", "Pushed ", "SUCCESS");
    }

    @Test
    void buildsTheSameSourceToTheSameDigest() throws Exception {
        Map<String, String> source = KeptObjects.sample("hello-node-framework");
        Build one = cloud.submit(source);
        Build other = cloud.submit(source);
        String digest = digest(cloud.built(one));
        assertThat(digest).startsWith("sha256:");
        assertThat(digest(cloud.built(other))).isEqualTo(digest);
        assertThat(cloud.log(one)).contains("+ npm ci").doesNotContain("npm install");
    }

    private static String digest(Build build) {
        return build.getResults().getImagesCount() == 0
                ? build.getStatusDetail()
                : build.getResults().getImages(0).getDigest();
    }

    @Test
    void failsWhereADependencyDoesNotExist() throws Exception {
        Build build =
                cloud.built(
                        cloud.submit(
                                Map.of(
                                        "index.js",
                                        "exports.helloHttp = (q, r) => r.send('hi');",
                                        "package.json",
                                        "{\"dependencies\":{\"@slipway.dev/no-such\":\"1.0.0\"}}")));
        assertThat(build.getStatus()).isEqualTo(Status.FAILURE);
        assertThat(build.getFailureInfo().getType()).isEqualTo(FailureType.USER_BUILD_STEP);
        assertThat(build.getFailureInfo().getDetail()).contains("npm install", "exit code 1");
        assertThat(build.getStatusDetail()).isEqualTo(build.getFailureInfo().getDetail());
        assertThat(cloud.log(build)).contains("E404", "FAILURE: npm install");
    }

    @Test
    void failsBeforeNpmWhereTheFunctionHasAnErrorOfSyntax() throws Exception {
        Build build =
                cloud.built(
                        cloud.submit(
                                Map.of("index.js", "exports.hello = (", "package.json", "{}")));
        assertThat(build.getFailureInfo().getDetail()).contains("index.js", "syntax");
        assertThat(cloud.log(build)).contains("SyntaxError").doesNotContain("npm install");
    }

    @Test
    void runsGcpBuildWithDevelopmentDependenciesAndLeavesThemOut() throws Exception {
        Build build =
                cloud.built(
                        cloud.submit(
                                Map.of(
                                        "make.js",
                                        "require('isarray'); require('fs').writeFileSync('made.js',"
                                                + " 'exports.helloHttp = (q, r) => r.send(1)')",
                                        ".npmrc",
                                        "fund=false",
                                        "package.json",
                                        """
                                        {"main":"made.js","scripts":{"gcp-build":"node make.js"},
                                         "devDependencies":{"isarray":"2.0.5"}}""")));
        assertThat(build.getStatus()).as(cloud.log(build)).isEqualTo(Status.SUCCESS);
        BuiltImageFiles image =
                BuiltImageFiles.of(cloud.artifacts, RunningBuilds.IMAGE + "@" + digest(build));
        assertThat(image.paths())
                .contains("workspace/made.js", "workspace/make.js", "workspace/package.json")
                .doesNotContain("workspace/.npmrc", "workspace/package-lock.json")
                .noneMatch(path -> path.startsWith("workspace/node_modules/isarray/"))
                .noneMatch(path -> path.endsWith(".starter"));
    }

    @Test
    void endsEveryProgramOfACancelledBuild() throws Exception {
        Path pids = Files.createDirectory(home.resolve("pids"));
        Map<String, String> source = new HashMap<>(KeptObjects.sample("hello-node"));
        source.put(
                "package.json",
                """
                {"scripts":{"preinstall":"sh stay.sh"}}""");
        source.put(
                "stay.sh",
                "setsid sleep 300 & echo $! > $PIDS/daemon; echo $$ > $PIDS/shell; sleep 300");
        var request = RunningBuilds.request(cloud.objects.keep(source));
        request.getBuildpackBuildBuilder().putEnvironmentVariables("PIDS", pids.toString());
        Build build = cloud.submit(request);
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> Files.exists(pids.resolve("shell")) && pid(pids, "shell") > 0);
        List<Long> started = List.of(pid(pids, "shell"), pid(pids, "daemon"));
        assertThat(started).allMatch(RealBuildTest::runs);

        assertThat(cloud.builds.cancelBuild(cancel(build)).getStatus()).isEqualTo(Status.CANCELLED);

        assertThat(started).noneMatch(RealBuildTest::runs);
        assertThat(cloud.get(build).getStatus()).isEqualTo(Status.CANCELLED);
        Awaitility.await().until(() -> cloud.log(build).contains("CANCELLED"));
    }

    private static com.google.cloudbuild.v1.CancelBuildRequest cancel(Build build) {
        return com.google.cloudbuild.v1.CancelBuildRequest.newBuilder()
                .setName(build.getName())
                .build();
    }

    private static long pid(Path folder, String name) throws IOException {
        String text = Files.readString(folder.resolve(name)).strip();
        return text.isEmpty() ? 0 : Long.parseLong(text);
    }

    /** A zombie whose parent does not look at it runs no more. */
    private static boolean runs(long pid) {
        Optional<ProcessHandle> handle = ProcessHandle.of(pid);
        try {
            return handle.isPresent()
                    && Files.readAllBytes(Path.of("/proc/" + pid + "/cmdline")).length > 0;
        } catch (IOException _) {
            return false;
        }
    }
}
