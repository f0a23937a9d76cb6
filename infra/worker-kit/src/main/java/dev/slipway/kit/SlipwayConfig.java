package dev.slipway.kit;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What every worker is told. All names come from the topology. */
@ConfigMapping(prefix = "slipway")
public interface SlipwayConfig {
    /** The project's id. */
    String project();

    /** The project's number. */
    long projectNumber();

    /** The first part of every name but Google's own. */
    @WithDefault("slipway")
    String installation();

    /** The regions that deployments may go to; the first is the default. */
    List<String> regions();

    /** Which of the topology's identities this worker is. */
    String identity();

    /** The local cloud, for example {@code http://127.0.0.1:8470}; absent on Google Cloud. */
    Optional<URI> endpoint();

    /** Google's emulator of Pub/Sub, where the bus is apart from the local cloud's other APIs. */
    Optional<URI> pubsubEndpoint();

    /** The file with this identity's token for the local cloud; absent on Google Cloud. */
    Optional<Path> tokenFile();

    /** What the operator allows. */
    Policy policy();

    /** How this stage is fed. */
    Stage stage();

    /** What the operator allows. */
    interface Policy {
        /** Whether a manifest may ask for access without a token. */
        @WithDefault("false")
        boolean publicAccess();

        /** Whether a service that Slipway did not make may be taken over. */
        @WithDefault("false")
        boolean adoptForeignServices();
    }

    /** How a stage is fed. */
    interface Stage {
        /** How many messages are in hand at once. */
        @WithDefault("16")
        int concurrency();

        /** How often open deployments are looked at. */
        @WithDefault("30s")
        Duration sweepEvery();

        /** How long a record must stand still before a sweep puts it back to work. */
        @WithDefault("60s")
        Duration unchangedFor();

        /** How long a stopping worker finishes what is in hand. */
        @WithDefault("20s")
        Duration shutdownGrace();
    }
}
