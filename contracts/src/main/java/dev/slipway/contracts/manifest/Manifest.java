package dev.slipway.contracts.manifest;

import dev.slipway.contracts.Digest;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a deployment is to be, every default of its profile filled.
 *
 * @param function the Functions Framework's target; null for a web application, which listens on
 *     the port itself
 * @param signatureType how the function is called; null for a web application
 * @param runtime language and version of the builder, or null to detect it from the source
 * @param memory of one instance, a Kubernetes quantity such as {@code 512Mi}
 * @param cpu of one instance, a plain decimal such as {@code 1} or {@code 0.333}
 * @param concurrency requests that one instance takes at a time
 * @param timeout of one request
 * @param startupProbe null leaves the platform's: TCP on the port within 240 s
 * @param triggers each once, in an order that does not depend on how they were written
 */
public record Manifest(
        String apiVersion,
        String service,
        String region,
        Profile profile,
        @Nullable String function,
        @Nullable SignatureType signatureType,
        @Nullable String runtime,
        Build build,
        String memory,
        String cpu,
        int concurrency,
        Duration timeout,
        int minInstances,
        int maxInstances,
        int port,
        Map<String, String> env,
        Map<String, String> labels,
        Access access,
        @Nullable Probe startupProbe,
        List<Trigger> triggers) {
    /** The only version there is. */
    public static final String API_VERSION = "slipway.dev/v1";

    /** How the image is built. */
    public record Build(Map<String, String> env) {
        /** Copies the environment. */
        public Build {
            env = Map.copyOf(env);
        }
    }

    /** Copies the collections. */
    public Manifest {
        env = Map.copyOf(env);
        labels = Map.copyOf(labels);
        triggers = List.copyOf(triggers);
    }

    /** The triggers that something has to be made for. */
    public List<Trigger.OfEvents> eventTriggers() {
        return triggers.stream()
                .filter(Trigger.OfEvents.class::isInstance)
                .map(Trigger.OfEvents.class::cast)
                .toList();
    }

    /**
     * The manifest as JSON with sorted keys: the same settings give the same bytes, whatever was
     * written and whatever was left to defaults.
     */
    public byte[] normalised() {
        return ManifestJson.write(this);
    }

    /** The digest of {@link #normalised()}. */
    public Digest digest() {
        return Digest.of(normalised());
    }

    /**
     * The manifest that {@link #normalised()} gave.
     *
     * @throws IOException if the bytes are none
     */
    public static Manifest parse(byte[] normalised) throws IOException {
        return ManifestJson.read(normalised);
    }
}
