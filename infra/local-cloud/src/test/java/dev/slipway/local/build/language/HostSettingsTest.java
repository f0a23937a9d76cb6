package dev.slipway.local.build.language;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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

    @Test
    void keepsSecretsAndControlCharactersOutOfLogs() throws Exception {
        Path file = folder.resolve("log.txt");
        try (BuildLog log = new BuildLog(file, List.of("npm_s3cr3t"), 1000)) {
            log.line("using npm_s3cr3t \u001b[31mred\r");
        }
        assertThat(file).hasContent("using *** [31mred\n");
    }

    @Test
    void leavesOutWhatIsTooLong() throws Exception {
        Path file = folder.resolve("long.txt");
        try (BuildLog log = new BuildLog(file, List.of(), 100)) {
            for (int i = 0; i < 50; i++) {
                log.line("line " + i);
            }
            log.end("SUCCESS");
        }
        assertThat(Files.size(file)).isLessThan(250);
        assertThat(Files.readString(file))
                .containsOnlyOnce("the rest is left out")
                .endsWith("SUCCESS\n");
    }
}
