package dev.slipway.upload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("NullAway.Init") // JUnit sets the fields
class SpoolTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    @TempDir Path folder;

    private Spool spool() {
        return new Spool(
                new GivenConfig("p", "inst", List.of("europe-west1")),
                new GivenUploadConfig(folder, 1),
                () -> NOW);
    }

    private List<Path> left() throws IOException {
        try (Stream<Path> listed = Files.list(folder)) {
            return listed.toList();
        }
    }

    private Path leftBehind(String name, Duration ago) throws IOException {
        Path work = Files.createDirectory(folder.resolve(name));
        Files.writeString(work.resolve("archive"), "x");
        Files.setLastModifiedTime(work, FileTime.from(NOW.minus(ago)));
        return work;
    }

    @Test
    void removesWhatTheWorkLeft() throws IOException {
        Path seen =
                spool().with(
                                own -> {
                                    Files.writeString(own.resolve("archive"), "x");
                                    return own;
                                });

        assertThat(seen.getParent()).isEqualTo(folder);
        assertThat(left()).isEmpty();
    }

    @Test
    void removesItWhereTheWorkFailed() throws IOException {
        assertThatThrownBy(
                        () ->
                                spool().with(
                                                own -> {
                                                    Files.writeString(own.resolve("a"), "x");
                                                    throw new IllegalStateException("no");
                                                }))
                .hasMessage("no");

        assertThat(left()).isEmpty();
    }

    @Test
    void sweepsOutOnlyWhatAKilledProcessLeftLongAgo() throws IOException {
        leftBehind("old", Duration.ofMinutes(61));
        Path young = leftBehind("young", Duration.ofMinutes(59));

        spool().sweepOut();

        assertThat(left()).containsExactly(young);
    }
}
