package dev.slipway.upload.decide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.DeploymentId;
import dev.slipway.contracts.Digest;
import dev.slipway.contracts.ObjectVersion;
import dev.slipway.contracts.ServiceKey;
import dev.slipway.contracts.ServiceName;
import dev.slipway.contracts.manifest.Manifest;
import dev.slipway.contracts.manifest.ManifestReader;
import dev.slipway.contracts.manifest.ManifestReading;
import dev.slipway.contracts.manifest.Policy;
import dev.slipway.contracts.manifest.Profile;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PlacesTest {
    private static final DeploymentId ID = DeploymentId.of(new ObjectVersion("b", "o", 1));
    private static final ServiceKey HELLO =
            new ServiceKey("europe-west1", new ServiceName("hello"));

    private static StagingPlan staging(Profile profile, String project) {
        return GooglePath.staging(profile, project, 42, HELLO, ID);
    }

    private static Digest buildDigest(String more, String region) {
        return digestOf("apiVersion: slipway.dev/v1\nfunction: f\n" + more, region);
    }

    private static Digest digestOf(String yaml, String region) {
        ManifestReading reading =
                ManifestReader.read(
                        yaml.getBytes(StandardCharsets.UTF_8),
                        "hello",
                        region,
                        new Policy(Set.of("europe-west1", "us-central1"), false, "my-project"));
        if (reading instanceof ManifestReading.Valid(Manifest manifest)) {
            return BuildDigest.of(manifest);
        }
        throw new IllegalArgumentException(reading.toString());
    }

    private static Digest buildDigest(String more) {
        return buildDigest(more, "europe-west1");
    }

    @Test
    void stagesWhereGooglesOwnPathDoes() {
        assertThat(staging(Profile.RUN, "my-project"))
                .isEqualTo(
                        new StagingPlan(
                                "run-sources-my-project-europe-west1",
                                "europe-west1",
                                "services/hello/" + ID + ".tar.gz",
                                null));
        assertThat(staging(Profile.FUNCTIONS, "my-project"))
                .isEqualTo(
                        new StagingPlan(
                                "gcf-v2-sources-42-europe-west1",
                                "europe-west1",
                                "services/hello/" + ID + ".tar.gz",
                                "gcf-sources-42-europe-west1-"));
    }

    @Test
    void namesTheBucketAsGcloudDoesWhereTheProjectsNameMayNotStand() {
        assertThat(staging(Profile.RUN, "example.com:my-google-thing").bucket())
                .isEqualTo("run-sources-example_com_my-elgoog-thing-europe-west1");
    }

    @Test
    void theBuildDigestIsOfWhatTheImageDependsOn() {
        Digest plain = buildDigest("");

        assertThat(buildDigest("memory: 1Gi\nenv: {A: b}\n")).isEqualTo(plain);
        assertThat(buildDigest("build: {env: {A: b}}\n")).isNotEqualTo(plain);
        assertThat(buildDigest("runtime: nodejs22\n")).isNotEqualTo(plain);
        assertThat(buildDigest("profile: functions\n")).isNotEqualTo(plain);
        assertThat(buildDigest("", "us-central1")).isNotEqualTo(plain);
    }

    /** A changed digest would build everything anew that a ledger holds. */
    @Test
    void theBuildDigestOfAFunctionStaysWhatItWas() {
        assertThat(buildDigest("").value())
                .isEqualTo(
                        "sha256:0cbb19ed61d2b920e5f16e35ab2ce27048a4daf6a4380fc7b9a9697c0b162702");
    }

    @Test
    void theBuildDigestKnowsWebApplicationsAndSignatures() {
        Digest function = buildDigest("");
        Digest application = digestOf("memory: 1Gi\n", "europe-west1");
        Digest onEvents = buildDigest("triggers: [{pubsub: {topic: orders}}]\n");

        assertThat(application).isNotEqualTo(function);
        assertThat(onEvents).isNotEqualTo(function);
        assertThat(buildDigest("signatureType: cloudevent\n")).isEqualTo(onEvents);
    }

    @Test
    void theBuildDigestDoesNotDependOnTheOrderOfVariables() {
        assertThat(buildDigest("build: {env: {A: b, C: d, E: f}}\n"))
                .isEqualTo(buildDigest("build: {env: {E: f, C: d, A: b}}\n"));
    }
}
