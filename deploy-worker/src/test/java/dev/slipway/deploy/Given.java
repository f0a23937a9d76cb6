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
                List.of(new Trigger.Http()));
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
                        manifest.digest()));
    }
}
