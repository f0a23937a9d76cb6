package dev.slipway.local.build.jvm;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MavenSettingsTest {
    @TempDir Path home;

    @Test
    void usesTheUsersRepositoryAndKeepsTheRestOutOfTheUsersHome() {
        MavenSettings settings =
                MavenSettings.of(
                        Map.of("MAVEN_OPTS", "-Da=b", "OTHER", "x"), home, Path.of("/builds"));
        assertThat(settings.arguments())
                .containsExactly(
                        "-Dmaven.repo.local=" + home + "/.m2/repository", "-Duser.home=/builds");
        assertThat(settings.variables()).containsExactly(Map.entry("MAVEN_OPTS", "-Da=b"));
    }

    @Test
    void usesTheUsersSettingsAndKnowsTheirSecrets() throws Exception {
        Path folder = Files.createDirectory(home.resolve(".m2"));
        Files.writeString(
                folder.resolve("settings.xml"),
                """
                <settings><localRepository>/elsewhere</localRepository>
                 <servers><server><id>mirror</id><username>me</username>
                  <password> pa55word </password><passphrase>${env.PASS}</passphrase></server>
                  <server><id>other</id><configuration><httpHeaders><property>
                   <name>Authorization</name><value>Bearer t0ken</value>
                  </property></httpHeaders></configuration></server></servers></settings>""");
        Files.writeString(folder.resolve("settings-security.xml"), "<settingsSecurity/>");
        MavenSettings settings = MavenSettings.of(Map.of(), home, Path.of("/builds"));
        assertThat(settings.arguments())
                .containsExactly(
                        "--settings",
                        folder + "/settings.xml",
                        "-Dsettings.security=" + folder + "/settings-security.xml",
                        "-Duser.home=/builds");
        assertThat(settings.secrets()).containsExactly("pa55word", "Bearer t0ken");
    }

    @Test
    void leavesTheRepositoryWhereTheUsersVariablesPutIt() {
        assertThat(
                        MavenSettings.of(
                                        Map.of("MAVEN_ARGS", "-Dmaven.repo.local=/elsewhere"),
                                        home,
                                        Path.of("/builds"))
                                .arguments())
                .containsExactly("-Duser.home=/builds");
    }
}
