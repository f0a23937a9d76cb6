package dev.slipway.local.build.language;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostSettingsTest {
    @TempDir Path folder;

    @Test
    void passesWhatReachesNpmsRegistryAndNothingElse() {
        HostSettings settings =
                HostSettings.of(
                        Map.of(
                                "PATH", "/bin",
                                "HTTPS_PROXY", "http://proxy:3128",
                                "no_proxy", "localhost",
                                "NODE_EXTRA_CA_CERTS", "/ca.pem",
                                "NPM_CONFIG_REGISTRY", "http://registry/",
                                "npm_config_local_prefix", "/elsewhere",
                                "AWS_SECRET_ACCESS_KEY", "secret",
                                "HOME", "/home/me"),
                        folder,
                        Path.of("/builds/home"));
        assertThat(settings.environment())
                .containsOnly(
                        Map.entry("PATH", "/bin"),
                        Map.entry("HTTPS_PROXY", "http://proxy:3128"),
                        Map.entry("no_proxy", "localhost"),
                        Map.entry("NODE_EXTRA_CA_CERTS", "/ca.pem"),
                        Map.entry("npm_config_registry", "http://registry/"),
                        Map.entry("npm_config_userconfig", folder + "/.npmrc"),
                        Map.entry("npm_config_cache", folder + "/.npm"),
                        Map.entry("HOME", "/builds/home"));
    }

    @Test
    void knowsTheSecretsOfNpm() throws Exception {
        Files.writeString(
                folder.resolve(".npmrc"),
                """
                cache=/tmp/other
                //registry/:_authToken="npm_s3cr3t"
                //other/:_password = cGFzcw==
                //third/:_authToken=${TOKEN}
                """);
        HostSettings settings =
                HostSettings.of(
                        Map.of("npm_config__auth", "dXNlcjpwYXNz"), folder, Path.of("/builds"));
        assertThat(settings.secrets())
                .containsExactlyInAnyOrder("npm_s3cr3t", "cGFzcw==", "dXNlcjpwYXNz");
        assertThat(settings.environment()).doesNotContainKey("npm_config_cache");
    }
}
