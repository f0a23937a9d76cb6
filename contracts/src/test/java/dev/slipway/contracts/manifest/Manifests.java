package dev.slipway.contracts.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;

/** Manifests of the service hello in europe-west1. */
final class Manifests {
    static final Policy OPEN =
            new Policy(Set.of("europe-west1", "us-central1"), true, "my-project");
    static final Policy CLOSED = new Policy(Set.of("europe-west1"), false, "my-project");

    private Manifests() {}

    static ManifestReading read(String yaml, Policy policy) {
        return ManifestReader.read(
                yaml.getBytes(StandardCharsets.UTF_8), "hello", "europe-west1", policy);
    }

    static Manifest valid(String yaml) {
        ManifestReading reading = read(yaml, OPEN);
        assertThat(reading).isInstanceOf(ManifestReading.Valid.class);
        return ((ManifestReading.Valid) reading).manifest();
    }

    static List<String> problems(String yaml) {
        return problems(yaml, OPEN);
    }

    static List<String> problems(String yaml, Policy policy) {
        ManifestReading reading = read(yaml, policy);
        assertThat(reading).isInstanceOf(ManifestReading.Invalid.class);
        return ((ManifestReading.Invalid) reading)
                .problems().stream().map(Problem::toString).toList();
    }
}
