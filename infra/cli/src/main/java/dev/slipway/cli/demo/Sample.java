package dev.slipway.cli.demo;

import dev.slipway.cli.terminal.Problem;
import dev.slipway.contracts.manifest.Manifest;
import dev.slipway.contracts.manifest.ManifestReader;
import dev.slipway.contracts.manifest.ManifestReading;
import dev.slipway.contracts.manifest.Policy;
import dev.slipway.contracts.manifest.Trigger;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/**
 * A sample of the checkout, and what its own manifest says calls it.
 *
 * @param service what it is dropped as: its folder's name
 */
public record Sample(Path folder, String service, Manifest manifest) {
    /**
     * The sample in this folder.
     *
     * @throws Problem if it is not there, or could not be deployed
     */
    public static Sample at(Path folder, String region, String project) {
        String service = String.valueOf(folder.getFileName());
        Path file = folder.resolve("slipway.yaml");
        try {
            ManifestReading reading =
                    ManifestReader.read(
                            Files.readAllBytes(file),
                            service,
                            region,
                            new Policy(Set.of(region), true, project));
            return switch (reading) {
                case ManifestReading.Valid(Manifest manifest) ->
                        new Sample(folder, service, manifest);
                case ManifestReading.Invalid(var problems) ->
                        throw Problem.failed(
                                file + " cannot be deployed: " + problems.getFirst(),
                                "Take the file as it was: git checkout " + file);
            };
        } catch (IOException e) {
            throw Problem.failed(
                    "the sample " + file + " cannot be read: " + e.getMessage(),
                    "Run it in a whole checkout.",
                    e);
        }
    }

    /** The topic whose messages it gets. */
    public Optional<String> topic() {
        return of(Trigger.Pubsub.class).map(Trigger.Pubsub::topic);
    }

    /** The bucket whose new objects it gets. */
    public Optional<String> bucket() {
        return of(Trigger.Storage.class).map(Trigger.Storage::bucket);
    }

    private <T extends Trigger> Optional<T> of(Class<T> kind) {
        return manifest.triggers().stream().filter(kind::isInstance).map(kind::cast).findFirst();
    }
}
