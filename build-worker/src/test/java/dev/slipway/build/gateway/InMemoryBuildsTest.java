package dev.slipway.build.gateway;

import dev.slipway.build.decide.BuildPlan;
import dev.slipway.contracts.ObjectVersion;
import java.time.Instant;
import java.util.Map;

class InMemoryBuildsTest extends BuildsContract {
    private final InMemoryBuilds builds = new InMemoryBuilds(() -> Instant.EPOCH);

    @Override
    protected Builds builds() {
        return builds;
    }

    @Override
    protected BuildPlan plan(String tag) {
        return new BuildPlan(
                "europe-west1",
                "cloud-run-source-deploy",
                new ObjectVersion("staging", "services/hello/x.tar.gz", 7),
                "europe-west1-docker.pkg.dev/p/cloud-run-source-deploy/hello",
                null,
                null,
                Map.of(),
                "projects/p/serviceAccounts/builder",
                null,
                tag);
    }

    @Override
    protected String missing() {
        return "projects/p/locations/europe-west1/builds/none";
    }
}
