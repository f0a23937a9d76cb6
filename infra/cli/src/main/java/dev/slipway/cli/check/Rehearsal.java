package dev.slipway.cli.check;

import dev.slipway.archive.Limits;
import dev.slipway.archive.Packed;
import dev.slipway.archive.Packing;
import dev.slipway.archive.Refused;
import dev.slipway.archive.SourceArchive;
import dev.slipway.archive.SourceContents;
import dev.slipway.archive.SourceFolder;
import dev.slipway.cli.drop.Planned;
import dev.slipway.cli.terminal.Problem;
import dev.slipway.contracts.ArchiveSummary;
import dev.slipway.contracts.manifest.ManifestReader;
import dev.slipway.contracts.manifest.ManifestReading.Invalid;
import dev.slipway.contracts.manifest.ManifestReading.Valid;
import dev.slipway.contracts.manifest.Policy;
import dev.slipway.contracts.verify.Refusals;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Does with a source what verifying a drop of it does, on this machine.
 *
 * @param region that the drop would go to
 * @param policy the operator's, as far as it is known
 */
public record Rehearsal(String region, Policy policy) {
    private static final Limits LIMITS = Limits.DEFAULT;

    /**
     * What a drop of it would be told.
     *
     * @throws Problem if it cannot be read
     */
    public Checked of(Planned planned) {
        Path source = planned.source().path();
        try {
            return planned.source().folder()
                    ? folder(source, planned.name())
                    : archive(source, planned.name());
        } catch (IOException e) {
            throw Problem.failed(
                    "cannot read " + source + ": " + e.getMessage(),
                    "Make every file in it readable, then check it again.",
                    e);
        }
    }

    private Checked archive(Path archive, String service) throws IOException {
        long bytes = Files.size(archive);
        if (bytes > LIMITS.archiveBytes()) {
            return new Checked.Rejected(Refusals.ofSize(bytes, LIMITS.archiveBytes()), List.of());
        }
        return switch (SourceArchive.inspect(archive, LIMITS)) {
            case Refused refused -> rejected(refused);
            case SourceContents contents -> source(contents, service);
        };
    }

    /** As it would be packed: only then its own size and how much comes out of it are known. */
    private Checked folder(Path folder, String service) throws IOException {
        Path packed = Files.createTempFile("slipway-", ".tar.gz");
        try {
            return switch (packed(folder, packed)) {
                case Refused refused -> rejected(refused);
                case Packed(SourceContents contents, _) ->
                        switch (archive(packed, service)) {
                            case Checked.Rejected rejected -> rejected;
                            case Checked.Accepted _ -> source(contents, service);
                        };
            };
        } finally {
            Files.deleteIfExists(packed);
        }
    }

    private static Packing packed(Path folder, Path archive) throws IOException {
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(archive))) {
            return SourceFolder.pack(folder, LIMITS, null, out);
        }
    }

    private Checked source(SourceContents contents, String service) {
        return switch (ManifestReader.read(contents.manifest(), service, region, policy)) {
            case Invalid(var problems) ->
                    new Checked.Rejected(Refusals.ofManifest(problems), problems);
            case Valid(var manifest) ->
                    new Checked.Accepted(
                            new ArchiveSummary(
                                    contents.files(),
                                    contents.bytes(),
                                    contents.litterDropped(),
                                    contents.rootUnwrapped()),
                            contents.manifest().length > 0,
                            manifest);
        };
    }

    private static Checked rejected(Refused refused) {
        return new Checked.Rejected(
                Refusals.ofArchive(refused.rule().reason(), refused.message(), refused.entry()),
                List.of());
    }
}
