package dev.slipway.build.decide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.build.decide.BuildSettings.Profile;
import dev.slipway.contracts.DeploymentId;
import dev.slipway.contracts.ObjectVersion;
import dev.slipway.contracts.ServiceKey;
import dev.slipway.contracts.ServiceName;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BuildSettingsTest {
    private static final DeploymentId ID = DeploymentId.of(new ObjectVersion("b", "o", 1));

    private static BuildSettings parse(String manifest) throws IOException {
        return BuildSettings.parse(manifest.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void anEmptyManifestFollowsTheRunProfile() throws IOException {
        assertThat(parse("{}"))
                .isEqualTo(new BuildSettings(Profile.RUN, null, null, Map.of(), null, null));
    }

    @Test
    void allFieldsAreRead() throws IOException {
        assertThat(
                        parse(
                                "{\"profile\":\"functions\",\"function\":\"f\",\"runtime\":\"nodejs22\","
                                        + "\"memory\":\"1Gi\",\"build\":{\"env\":{\"A\":\"b\"},"
                                        + "\"serviceAccount\":\"s\",\"workerPool\":\"w\"}}"))
                .isEqualTo(
                        new BuildSettings(
                                Profile.FUNCTIONS,
                                "f",
                                "nodejs22",
                                Map.of("A", "b", "GOOGLE_FUNCTION_SIGNATURE_TYPE", "http"),
                                "s",
                                "w"));
    }

    @Test
    void aFunctionsSignatureIsToldToTheBuilder() throws IOException {
        assertThat(parse("{\"function\":\"f\",\"signatureType\":\"cloudevent\"}").environment())
                .isEqualTo(Map.of("GOOGLE_FUNCTION_SIGNATURE_TYPE", "cloudevent"));
        assertThat(parse("{\"build\":{\"env\":{\"A\":\"b\"}}}").environment())
                .isEqualTo(Map.of("A", "b"));
    }

    @Test
    void whatIsNoJsonIsRefused() {
        assertThatThrownBy(() -> parse("service: hello")).isInstanceOf(IOException.class);
    }

    @Test
    void theImageStandsInTheProfilesRepository() {
        ServiceKey hello = new ServiceKey("europe-west1", new ServiceName("hello"));

        assertThat(BuildPlan.image("example.com:app", hello, Profile.FUNCTIONS.repository()))
                .isEqualTo("europe-west1-docker.pkg.dev/example.com/app/gcf-artifacts/hello");
    }

    @Test
    void aTagIsReadAsItWasWritten() {
        BuildTag tag = new BuildTag("my-inst", ID, 12);

        assertThat(BuildTag.parse("my-inst", tag.toString())).contains(tag);
    }

    @Test
    void aTagOfAnotherInstallationIsNotOurs() {
        BuildTag tag = new BuildTag("my-inst", ID, 1);

        assertThat(BuildTag.parse("my", tag.toString())).isEmpty();
        assertThat(BuildTag.parse("inst", tag.toString())).isEmpty();
        assertThat(BuildTag.parse("my-inst", tag + "x")).isEmpty();
        assertThat(BuildTag.parse("my-inst", "slipway-my-inst-" + ID + "-0")).isEmpty();
    }
}
