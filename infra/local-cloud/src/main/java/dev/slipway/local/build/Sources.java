package dev.slipway.local.build;

import com.google.cloud.run.v2.StorageSource;
import dev.slipway.local.Objects;
import dev.slipway.local.build.language.BuildStopped;
import dev.slipway.local.build.language.Source;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;

/** Fetches a build's source: exactly the generation that was asked for. */
final class Sources {
    private static final int BUFFER = 64 * 1024;

    private final Objects objects;

    Sources(Objects objects) {
        this.objects = objects;
    }

    /**
     * Unpacks the source into its directory.
     *
     * @throws SourceMissing if that generation is not there, or is no archive that may be unpacked
     */
    void fetch(StorageSource from, Source into) throws SourceMissing, BuildStopped, IOException {
        String name =
                "gs://%s/%s#%d".formatted(from.getBucket(), from.getObject(), from.getGeneration());
        into.log().line("Fetching " + name);
        try (InputStream archive =
                        objects.open(from.getBucket(), from.getObject(), from.getGeneration())
                                .orElseThrow(() -> new SourceMissing(name + " is not there."));
                InputStream tar = inflated(name, archive)) {
            int files = new Unpacking(into.directory(), into.commands()).unpack(name, tar);
            into.log().line("Unpacked " + files + " files");
        }
    }

    private static InputStream inflated(String name, InputStream archive) throws SourceMissing {
        try {
            return new GZIPInputStream(archive, BUFFER);
        } catch (IOException e) {
            throw new SourceMissing(name + " is no gzipped tar archive: " + e.getMessage() + ".");
        }
    }
}
