package dev.slipway.upload;

import dev.slipway.archive.Limits;
import dev.slipway.archive.Packed;
import dev.slipway.archive.Packing;
import dev.slipway.archive.Refused;
import dev.slipway.archive.SourceArchive;
import dev.slipway.contracts.Digest;
import dev.slipway.contracts.ObjectVersion;
import dev.slipway.contracts.ServiceKey;
import dev.slipway.contracts.manifest.Manifest;
import dev.slipway.contracts.manifest.ManifestReader;
import dev.slipway.contracts.manifest.ManifestReading;
import dev.slipway.contracts.manifest.ManifestReading.Invalid;
import dev.slipway.contracts.manifest.ManifestReading.Valid;
import dev.slipway.contracts.manifest.Policy;
import dev.slipway.contracts.verify.Refusals;
import dev.slipway.kit.SlipwayConfig;
import dev.slipway.ledger.DeploymentRecord;
import dev.slipway.ledger.Source;
import dev.slipway.upload.decide.BuildDigest;
import dev.slipway.upload.decide.Drop;
import dev.slipway.upload.decide.Examined;
import dev.slipway.upload.decide.Examined.Passed;
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
 * From a drop's generation to a staged source: fetched once, checked whole and packed anew in one
 * pass. Contents pass through files, never through memory.
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
            return new Examined.Refused(
                    Refusals.ofSize(drop.get().size(), upload.archive().bytes()));
        }
        return spool.with(folder -> fetched(record, drop.get(), folder));
    }

    private Examined gone(DeploymentRecord record) {
        boolean newerStands =
                drops.current(record.drop().object())
                        .filter(now -> now.version().generation() > record.drop().generation())
                        .isPresent();
        return new Examined.Refused(UploadDecision.gone(newerStands));
    }

    private Examined fetched(DeploymentRecord record, Drop drop, Path folder) throws IOException {
        Path archive = folder.resolve("archive");
        if (!drops.fetch(drop, archive)) {
            return gone(record);
        }
        Path source = folder.resolve("source.tar.gz");
        return switch (packed(archive, folder, source)) {
            case Refused refused ->
                    new Examined.Refused(
                            Refusals.ofArchive(
                                    refused.rule().reason(), refused.message(), refused.entry()));
            case Packed packed -> packed(record, packed, source);
        };
    }

    private Packing packed(Path archive, Path folder, Path source) throws IOException {
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(source), BUFFER)) {
            return SourceArchive.pack(archive, folder, limits(), out);
        }
    }

    private Examined packed(DeploymentRecord record, Packed packed, Path source) {
        return switch (manifest(record.requireService(), packed.contents().manifest())) {
            case Invalid(var problems) -> new Examined.Refused(Refusals.ofManifest(problems));
            case Valid(Manifest manifest) ->
                    new Passed(staged(record, packed, manifest, source), manifest);
        };
    }

    private ManifestReading manifest(ServiceKey service, byte[] yaml) {
        Policy policy =
                new Policy(
                        Set.copyOf(config.regions()),
                        config.policy().publicAccess(),
                        config.project());
        return ManifestReader.read(yaml, service.service().value(), service.region(), policy);
    }

    private Source staged(DeploymentRecord record, Packed packed, Manifest manifest, Path source) {
        ObjectVersion staged =
                staging.stage(
                        GooglePath.staging(
                                manifest.profile(),
                                config.project(),
                                config.projectNumber(),
                                record.requireService(),
                                record.deployment()),
                        source);
        return new Source(
                staged,
                new Digest(packed.sourceDigest()),
                BuildDigest.of(manifest),
                packed.contents().files(),
                packed.contents().bytes(),
                packed.contents().litterDropped(),
                packed.contents().rootUnwrapped());
    }

    private Limits limits() {
        UploadConfig.Archive most = upload.archive();
        return Limits.DEFAULT
                .withBytes(most.bytes(), most.expandedBytes(), most.fileBytes())
                .withEntries(most.entries());
    }
}
