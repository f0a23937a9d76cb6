package dev.slipway.local.run;

import static dev.slipway.local.run.TestImages.file;
import static dev.slipway.local.run.TestImages.link;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.contracts.Digest;
import dev.slipway.local.State;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("NullAway.Init") // set before each test
class SharedLayersTest {
    @TempDir private Path home;
    private State state;
    private TestImages images;
    private Pull pull;
    private byte @Nullable [] packages;

    @BeforeEach
    void open() throws IOException {
        state = new State(home.resolve("state"));
        images = new TestImages(home.resolve("blobs"));
        pull = new Pull(images, state);
    }

    @AfterEach
    void close() {
        state.close();
    }

    /** The same for all: the time of a link's entry is that of its making. */
    private byte[] packages() throws IOException {
        if (packages == null) {
            packages =
                    TestImages.tar(
                            List.of(
                                    file("workspace/packages/a", "package"),
                                    file("workspace/packages/b", "other"),
                                    link("workspace/packages/to-a", "a", TarConstants.LF_SYMLINK)));
        }
        return packages;
    }

    private Path root(TestImages.Entry... source) throws Exception {
        List<byte[]> layers = List.of(packages(), TestImages.tar(List.of(source)));
        return pull.of(images.image(layers, Map.of())).root();
    }

    @Test
    void aLayerIsUnpackedOnceForAllImagesThatBeginWithIt() throws Exception {
        Path one = root(file("workspace/main", "one"));
        Path two = root(file("workspace/main", "two"));

        assertThat(Files.isSameFile(packageOf(one), packageOf(two))).isTrue();
        assertThat(one.resolve("workspace/main")).hasContent("one");
        assertThat(two.resolve("workspace/main")).hasContent("two");
        assertThat(Files.readSymbolicLink(two.resolve("workspace/packages/to-a")))
                .isEqualTo(Path.of("a"));
    }

    @Test
    void whatAnImageReplacesOrRemovesStaysInOthers() throws Exception {
        Path one = root(file("workspace/packages/a", "mine"), file("workspace/packages/.wh.b", ""));
        Path two = root(file("workspace/main", "two"));

        assertThat(packageOf(one)).hasContent("mine");
        assertThat(one.resolve("workspace/packages/b")).doesNotExist();
        assertThat(packageOf(two)).hasContent("package");
        assertThat(two.resolve("workspace/packages/b")).hasContent("other");
    }

    @Test
    void aDamagedLayerIsNotKept() throws Exception {
        byte[] layer = TestImages.gzip(packages());
        String digest = Digest.of(layer).toString();
        Path blob = home.resolve("blob");
        SharedLayers layers = new SharedLayers(state);
        Files.write(blob, TestImages.gzip(TestImages.tar(List.of(file("a", "damaged")))));
        Path first = Files.createDirectory(home.resolve("first"));
        assertThatThrownBy(() -> layers.into(first, blob, digest)).isInstanceOf(ImageProblem.class);

        Files.write(blob, layer);
        layers.into(Files.createDirectory(home.resolve("second")), blob, digest);

        assertThat(packageOf(home.resolve("second"))).hasContent("package");
        assertThat(first).isEmptyDirectory();
    }

    private static Path packageOf(Path root) {
        return root.resolve("workspace/packages/a");
    }
}
