package dev.slipway.build;

import dev.slipway.build.decide.BuildPlan;
import dev.slipway.build.decide.BuildSettings;
import dev.slipway.build.decide.BuildTag;
import dev.slipway.contracts.Topology;
import dev.slipway.kit.SlipwayConfig;
import dev.slipway.ledger.DeploymentRecord;
import dev.slipway.ledger.Ledger;
import jakarta.inject.Singleton;
import java.util.Objects;

/** What is to be built for a deployment, from its record and its manifest. */
@Singleton
record BuildPlans(Ledger ledger, SlipwayConfig config, Topology topology) {
    BuildPlan plan(DeploymentRecord record) {
        BuildSettings settings = settings(record);
        String repository = settings.profile().repository();
        return new BuildPlan(
                record.requireService().region(),
                repository,
                record.requireSource().staged(),
                BuildPlan.image(config.project(), record.requireService(), repository),
                settings.function(),
                settings.runtime(),
                settings.environment(),
                Objects.requireNonNullElseGet(settings.serviceAccount(), this::builder),
                settings.workerPool(),
                tag(record));
    }

    /** Where the deployment's image goes. */
    String imageUri(DeploymentRecord record) {
        return BuildPlan.image(
                config.project(), record.requireService(), settings(record).profile().repository());
    }

    /** What all builds of the record's current attempt are found by. */
    String tag(DeploymentRecord record) {
        return BuildTag.of(config.installation(), record).toString();
    }

    private String builder() {
        String email = topology.identity("builder").email(config.project());
        return "projects/" + config.project() + "/serviceAccounts/" + email;
    }

    private BuildSettings settings(DeploymentRecord record) {
        return ledger.requireManifest(record.requireManifest(), BuildSettings::parse);
    }
}
