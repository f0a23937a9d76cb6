package dev.slipway.upload;

import dev.slipway.archive.CanonicalTar;
import dev.slipway.archive.Inspection;
import dev.slipway.archive.Limits;
import dev.slipway.archive.SourceArchive;
import dev.slipway.archive.SourceTree;
import dev.slipway.contracts.Digest;
import dev.slipway.contracts.ObjectVersion;
import dev.slipway.contracts.ServiceKey;
import dev.slipway.contracts.manifest.Manifest;
import dev.slipway.contracts.manifest.ManifestReader;
import dev.slipway.contracts.manifest.ManifestReading;
import dev.slipway.contracts.manifest.ManifestReading.Invalid;
import dev.slipway.contracts.manifest.ManifestReading.Valid;
import dev.slipway.contracts.manifest.Policy;
import dev.slipway.kit.SlipwayConfig;
import dev.slipway.ledger.DeploymentRecord;
import dev.slipway.ledger.Source;
import dev.slipway.upload.decide.BuildDigest;
import dev.slipway.upload.decide.Drop;
import dev.slipway.upload.decide.Examined;
import dev.slipway.upload.decide.Examined.Passed;
import dev.slipway.upload.decide.Examined.Refused;
import dev.slipway.upload.decide.GooglePath;
import dev.slipway.upload.decide.UploadDecision;
import dev.slipway.upload.gateway.Drops;
import dev.slipway.upload.gateway.Staging;
import jakarta.inject.Singleton;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/**
 * From a drop's generation to a staged source: fetched once, checked whole, packed anew. Contents
 * pass through files, never through memory.
 */
@Singleton
record Verification(
        SlipwayConfig config, UploadConfig upload, Drops drops, Staging staging, Spool spool) {
    private static final int BUFFER = 64 * 1024;

    /**
     * Does it all again if it is asked again; what is staged already is found.
     *
     * @param known what storage said of the drop just before
     */
    Examined examine(DeploymentRecord record, Optional<Drop> known) {
        Optional<Drop> drop = known.or(() -> drops.find(record.drop()));
        if (drop.isEmpty()) {
            return gone(record);
        }
        if (drop.get().size() > upload.archive().bytes()) {
            return new Refused(Refusals.tooLarge(drop.get().size(), upload.archive().bytes()));
        }
        return spool.with(folder -> fetched(record, drop.get(), folder));
    }

    private Examined gone(DeploymentRecord record) {
        boolean newerStands =
                drops.current(record.drop().object())
                        .filter(now -> now.version().generation() > record.drop().generation())
                        .isPresent();
        return new Refused(UploadDecision.gone(newerStands));
    }

    private Examined fetched(DeploymentRecord record, Drop drop, Path folder) throws IOException {
        Path archive = folder.resolve("archive");
        if (!drops.fetch(drop, archive)) {
            return gone(record);
        }
        return switch (SourceArchive.inspect(archive, folder, limits())) {
            case Inspection.Refused refused -> new Refused(Refusals.of(refused));
            case Inspection.Accepted(SourceTree tree) -> {
                try (tree) {
                    Files.delete(archive);
                    yield inspected(record, tree, folder);
                }
            }
        };
    }

    private Examined inspected(DeploymentRecord record, SourceTree tree, Path folder)
            throws IOException {
        if (tree.files().stream().allMatch(file -> file.path().equals(SourceTree.MANIFEST))) {
            return new Refused(Refusals.nothingToBuild());
        }
        return switch (manifest(record.requireService(), tree)) {
            case Invalid(var problems) -> new Refused(Refusals.of(problems));
            case Valid(Manifest manifest) ->
                    new Passed(staged(record, tree, manifest, folder), manifest);
        };
    }

    private ManifestReading manifest(ServiceKey service, SourceTree tree) throws IOException {
        byte[] yaml =
                tree.start(SourceTree.MANIFEST, ManifestReader.LONGEST_BYTES + 1)
                        .orElseGet(() -> new byte[0]);
        Policy policy =
                new Policy(
                        Set.copyOf(config.regions()),
                        config.policy().publicAccess(),
                        config.project());
        return ManifestReader.read(yaml, service.service().value(), service.region(), policy);
    }

    private Source staged(DeploymentRecord record, SourceTree tree, Manifest manifest, Path folder)
            throws IOException {
        Path packed = folder.resolve("source.tar.gz");
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(packed), BUFFER)) {
            CanonicalTar.writeSource(tree, out);
        }
        ObjectVersion staged =
                staging.stage(
                        GooglePath.staging(
                                manifest.profile(),
                                config.project(),
                                config.projectNumber(),
                                record.requireService(),
                                record.deployment()),
                        packed);
        return new Source(
                staged,
                new Digest(tree.sourceDigest()),
                BuildDigest.of(manifest),
                tree.summary().files(),
                tree.summary().bytes());
    }

    private Limits limits() {
        UploadConfig.Archive most = upload.archive();
        return Limits.DEFAULT
                .withBytes(most.bytes(), most.expandedBytes(), most.fileBytes())
                .withEntries(most.entries());
    }
}
