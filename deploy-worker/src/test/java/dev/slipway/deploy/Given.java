package dev.slipway.deploy;

import dev.slipway.contracts.DeploymentId;
import dev.slipway.contracts.Digest;
import dev.slipway.contracts.ObjectVersion;
import dev.slipway.contracts.ServiceKey;
import dev.slipway.contracts.manifest.Access;
import dev.slipway.contracts.manifest.Manifest;
import dev.slipway.contracts.manifest.Profile;
import dev.slipway.contracts.manifest.SignatureType;
import dev.slipway.contracts.manifest.Trigger;
import dev.slipway.deploy.decide.Origin;
import dev.slipway.deploy.decide.ServicePlan;
import dev.slipway.ledger.Order;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Values that several tests start from. */
public final class Given {
    private Given() {}

    /** A digest that this text has. */
    public static Digest digest(String text) {
        return Digest.of(text);
    }

    /** A manifest with the run path's defaults. */
    public static Manifest manifest(String service, Access access) {
        return manifest(service, access, Profile.RUN);
    }

    /** The same, of either path. */
    public static Manifest manifest(String service, Access access, Profile profile) {
        return manifest(service, access, profile, List.of());
    }

    /** A private one with these triggers besides HTTP requests. */
    public static Manifest manifest(String service, List<Trigger> triggers) {
        return manifest(service, Access.PRIVATE, Profile.RUN, triggers);
    }

    private static Manifest manifest(
            String service, Access access, Profile profile, List<Trigger> triggers) {
        return new Manifest(
                Manifest.API_VERSION,
                service,
                "europe-west1",
                profile,
                "helloHttp",
                SignatureType.HTTP,
                "nodejs22",
                new Manifest.Build(Map.of()),
                "512Mi",
                "1",
                80,
                Duration.ofMinutes(5),
                0,
                100,
                8080,
                Map.of("GREETING", "hi"),
                Map.of("team", "blue"),
                access,
                null,
                Stream.concat(Stream.of(new Trigger.Http()), triggers.stream()).toList());
    }

    /** Each message of a topic, without a name of one of its own. */
    public static Trigger.Pubsub onTopic(@Nullable String topic) {
        return new Trigger.Pubsub(topic, "/", 5, Duration.ofSeconds(1), Duration.ofSeconds(10));
    }

    /** Each object that is complete in a bucket. */
    public static Trigger.Storage onBucket(String bucket) {
        return new Trigger.Storage(
                bucket,
                Trigger.Change.FINALIZED,
                "/photos",
                20,
                Duration.ofSeconds(10),
                Duration.ofMinutes(10));
    }

    /** A plan of a drop of its own. */
    public static ServicePlan plan(ServiceKey service, String revision, String image) {
        return plan(
                service,
                revision,
                image,
                "inst-runtime@p.iam.gserviceaccount.com",
                Map.of("GREETING", "hi"));
    }

    /** A plan of a drop of its own, that runs as this account with these variables. */
    public static ServicePlan plan(
            ServiceKey service,
            String revision,
            String image,
            String serviceAccount,
            Map<String, String> environment) {
        ObjectVersion drop = new ObjectVersion("drop", revision + ".zip", 7);
        Manifest manifest = manifest(service.service().value(), Access.PRIVATE);
        return new ServicePlan(
                service,
                revision,
                image,
                manifest,
                environment,
                serviceAccount,
                new Origin(
                        Order.of(drop, 1_700_000_000_000L),
                        DeploymentId.of(drop),
                        digest("source"),
                        digest("build"),
                        manifest.digest(),
                        false));
    }
}
