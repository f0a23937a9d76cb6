package dev.slipway.local.build;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloudbuild.v1.Build;
import com.google.cloudbuild.v1.Build.FailureInfo.FailureType;
import com.google.cloudbuild.v1.Build.Status;
import dev.slipway.local.Settings;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Builds with this machine's JDK and Maven, and Maven's repository. */
class JavaBuildTest {
    private static final String SOURCE = "src/main/java/functions/HelloStorage.java";

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
    void buildsAFunctionThatTakesEvents() throws Exception {
        Build build = built(KeptObjects.sample("hello-java-storage"), "functions.HelloStorage");
        assertThat(build.getStatus()).as(cloud.log(build)).isEqualTo(Status.SUCCESS);
        BuiltImageFiles image =
                BuiltImageFiles.of(
                        cloud.artifacts,
                        RunningBuilds.IMAGE + "@" + build.getResults().getImages(0).getDigest());
        assertThat(image.environment())
                .contains(
                        "FUNCTION_TARGET=functions.HelloStorage",
                        "FUNCTION_SIGNATURE_TYPE=cloudevent");
        assertThat(image.paths())
                .contains(
                        "workspace/.functions-framework/functions-framework.jar",
                        "workspace/target/hello-java-storage-1.0.0.jar",
                        "workspace/" + SOURCE);
        Path unpacked = home.resolve("unpacked");
        assertThat(
                        image.answer(
                                        unpacked,
                                        request ->
                                                request.header("ce-specversion", "1.0")
                                                        .header("ce-id", "1")
                                                        .header("ce-type", "finalized")
                                                        .header("ce-subject", "objects/cat.jpg")
                                                        .header("ce-source", "//s/_/buckets/photos")
                                                        .header("content-type", "application/json")
                                                        .POST(BodyPublishers.ofString("{}")))
                                .statusCode())
                .isEqualTo(200);
        assertThat(unpacked.resolve("output")).content().contains("Hello, cat.jpg in photos!");
    }

    @Test
    void namesTheFileAndLineThatDoNotCompile() throws Exception {
        Map<String, String> source = KeptObjects.sample("hello-java-storage");
        source.put(SOURCE, "package functions;\nclass HelloStorage { int a = ; }\n");
        Build build = built(source, "functions.HelloStorage");
        assertThat(build.getFailureInfo().getType()).isEqualTo(FailureType.USER_BUILD_STEP);
        assertThat(build.getStatusDetail()).contains("mvn clean package ended with exit code 1");
        assertThat(cloud.log(build)).contains("/workspace/" + SOURCE + ":[2,30]");
    }

    @Test
    void namesTheClassThatIsNotThere() throws Exception {
        Build build = built(KeptObjects.sample("hello-java-storage"), "functions.Hello");
        assertThat(build.getStatus()).isEqualTo(Status.FAILURE);
        assertThat(build.getStatusDetail())
                .contains("no class functions.Hello", "The jar has functions.HelloStorage");
    }

    private static Build built(Map<String, String> files, String target) {
        var request = RunningBuilds.request(cloud.objects.keep(files));
        request.getBuildpackBuildBuilder()
                .setFunctionTarget(target)
                .putEnvironmentVariables("GOOGLE_FUNCTION_SIGNATURE_TYPE", "cloudevent");
        return cloud.built(cloud.submit(request));
    }
}
