package dev.slipway.upload;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * How drops are verified in these tests.
 *
 * @param mostBytes of an archive, and of what comes out of it
 */
public record GivenUploadConfig(Path folder, long mostBytes) implements UploadConfig {
    private record GivenArchive(long bytes, long expandedBytes, long fileBytes, int entries)
            implements Archive {}

    private record GivenStaging(Optional<String> kmsKey, Optional<String> bucket)
            implements Staging {}

    @Override
    public Optional<Path> spool() {
        return Optional.of(folder);
    }

    @Override
    public Duration listEvery() {
        return Duration.ofMinutes(15);
    }

    @Override
    public Staging staging() {
        return new GivenStaging(Optional.empty(), Optional.empty());
    }

    @Override
    public Archive archive() {
        return new GivenArchive(mostBytes, mostBytes, mostBytes, 1000);
    }
}
