package dev.slipway.local.run;

import static dev.slipway.local.run.TestImages.file;
import static dev.slipway.local.run.TestImages.link;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.contracts.Digest;
import dev.slipway.local.run.TestImages.Entry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@SuppressWarnings("NullAway.Init") // set before each test
class LayersTest {
    @TempDir private Path home;
    private Path root;

    @BeforeEach
    void make() throws IOException {
        root = Files.createDirectory(home.resolve("root"));
    }

    private void layer(Entry... entries) throws Exception {
        byte[] tar = TestImages.tar(List.of(entries));
        Path blob = Files.write(home.resolve("blob"), tar);
        new Layers(root).add(blob, Digest.of(tar).toString());
    }

    private static Entry symbolic(String name, String target) {
        return link(name, target, TarConstants.LF_SYMLINK);
    }

    @Test
    void aLaterLayerReplacesAndRemoves() throws Exception {
        layer(file("a/one", "1"), file("a/two", "2"), file("b/three", "3"), file("c", "4"));
        layer(
                file("a/one", "new"),
                file("a/.wh.two", ""),
                file("b/four", "4"),
                file("b/.wh..wh..opq", ""),
                file("c/d", "5"));
        assertThat(root.resolve("a/one")).hasContent("new");
        assertThat(root.resolve("a/two")).doesNotExist();
        assertThat(root.resolve("b/three")).doesNotExist();
        assertThat(root.resolve("b/four")).exists();
        assertThat(root.resolve("c/d")).hasContent("5");
    }

    @Test
    void linksStayInside() throws Exception {
        layer(
                file("usr/bin/tool", "x"),
                symbolic("bin/tool", "../usr/bin/tool"),
                symbolic("tool", "/usr/bin/tool"),
                link("hard", "usr/bin/tool", TarConstants.LF_LINK));
        assertThat(root.resolve("bin/tool")).hasContent("x");
        assertThat(root.resolve("tool")).hasContent("x");
        assertThat(root.resolve("hard")).hasContent("x");
    }

    @ParameterizedTest
    @ValueSource(strings = {"../outside", "a/../../outside", "a/b/../../../x"})
    void aLinkThatLeadsOutsideIsRefused(String target) {
        assertThatThrownBy(() -> layer(symbolic("link", target))).isInstanceOf(ImageProblem.class);
    }

    @Test
    void nothingIsWrittenThroughALink() {
        assertThatThrownBy(
                        () ->
                                layer(
                                        file("real/x", ""),
                                        symbolic("link", "real"),
                                        file("link/y", "")))
                .isInstanceOf(ImageProblem.class);
        assertThat(root.resolve("real/y")).doesNotExist();
    }

    @Test
    void anEntryOutsideIsRefused() {
        assertThatThrownBy(() -> layer(file("a/../../evil", "x"))).isInstanceOf(ImageProblem.class);
        assertThat(home.resolve("evil")).doesNotExist();
    }

    @Test
    void anotherDigestIsRefused() throws Exception {
        byte[] tar = TestImages.tar(List.of(file("a", "1")));
        Path blob = Files.write(home.resolve("blob"), tar);
        assertThatThrownBy(() -> new Layers(root).add(blob, Digest.of("b").toString()))
                .hasMessageContaining(Digest.of(tar).toString());
    }
}
