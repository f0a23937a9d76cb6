package dev.slipway.cli.logs;

import dev.slipway.cli.installation.Cloud;
import dev.slipway.cli.services.Api;
import dev.slipway.ledger.Build;
import dev.slipway.ledger.DeploymentRecord;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** The log of one deployment's build. */
public record BuildLog(Wanted wanted, Found found, Wanted.Output output) {
    private static final Set<String> RUNNING =
            Set.of("STATUS_UNKNOWN", "PENDING", "QUEUED", "WORKING");

    /**
     * Who built what this deployment deploys: itself, or one before it. What was just dropped has
     * its build in a moment, which is waited for where the log is followed.
     */
    public Optional<DeploymentRecord> builder(DeploymentRecord asked) {
        DeploymentRecord now = asked;
        while (wanted.follow() && now.build() == null && now.image() == null && !now.isDone()) {
            wanted.waitForMore();
            now = found.deployment(asked.deployment()).orElse(now);
        }
        return found.built(now);
    }

    /** Shows it, and returns Cloud Build's status as it then is: once it is over, if followed. */
    public String show(DeploymentRecord builder) {
        Build build = Objects.requireNonNull(builder.build(), "it was asked for by its build");
        String id = build.name().substring(build.name().lastIndexOf('/') + 1);
        Log log = log(build);
        output.show(id, log.news());
        String status = status(build);
        while (wanted.follow() && RUNNING.contains(status)) {
            wanted.waitForMore();
            status = status(build); // asked first, so that nothing is written after the last look
            output.show(id, log.news());
        }
        return status;
    }

    private Log log(Build build) {
        return switch (wanted.cloud()) {
            case Cloud.Local _ -> new LocalLog(String.valueOf(build.logUrl()), wanted.limit());
            case Cloud.Google google ->
                    CloudLog.ofBuild(google, build.name(), wanted.since(), wanted.limit());
        };
    }

    private String status(Build build) {
        return Api.build(wanted.cloud())
                .get(build.name())
                .map(read -> read.path("status").asText("STATUS_UNKNOWN"))
                .orElse("NOT_FOUND");
    }
}
