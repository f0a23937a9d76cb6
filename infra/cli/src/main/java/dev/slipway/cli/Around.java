package dev.slipway.cli;

import dev.slipway.cli.answers.Surroundings;
import dev.slipway.cli.installation.Cloud;
import dev.slipway.cli.installation.Endpoints;
import dev.slipway.cli.installation.Health;
import dev.slipway.cli.installation.Installation;
import dev.slipway.cli.installation.Started;
import java.util.List;
import java.util.Optional;

/** What can be known of an installation's processes from here. */
sealed interface Around extends Surroundings {
    static Around of(Cloud cloud, Installation thisMachine) {
        return switch (cloud) {
            case Cloud.Local(var endpoints) -> new Processes(endpoints, thisMachine);
            case Cloud.Google google -> new Nothing(google);
        };
    }

    /** The processes of this machine. */
    record Processes(Endpoints endpoints, Installation installation) implements Around {
        @Override
        public Optional<String> lost() {
            return Optional.ofNullable(endpoints.localCloud())
                    .filter(process -> !installation.runs(process))
                    .map(
                            process ->
                                    process.name()
                                            + " is gone, and with it what is deployed; ./slipway up"
                                            + " brings it back, and the deployment goes on");
        }

        @Override
        public Optional<String> missing() {
            List<String> gone =
                    endpoints.workers().stream()
                            .filter(process -> !installation.runs(process))
                            .map(Started::name)
                            .toList();
            return gone.isEmpty()
                    ? Optional.empty()
                    : Optional.of(String.join(", ", gone) + " gone; start it with ./slipway up");
        }

        @Override
        public String silent() {
            return "waiting for upload-worker to take the archive; "
                    + endpoints
                            .worker("upload-worker")
                            .map(worker -> new Health().of(worker))
                            .map(Processes::told)
                            .orElse("it was never started: ./slipway up starts it");
        }

        private static String told(Health.Readiness health) {
            return health.ready()
                    ? "it is ready"
                    : "it is not ready: " + String.join("; ", health.missing());
        }
    }

    /** Of Google Cloud only the answers are known here. */
    record Nothing(Cloud.Google cloud) implements Around {
        @Override
        public Optional<String> lost() {
            return Optional.empty();
        }

        @Override
        public Optional<String> missing() {
            return Optional.empty();
        }

        @Override
        public String silent() {
            return "waiting for upload-worker to take the archive; look whether it runs, and"
                    + " whether gs://"
                    + cloud.dropBucket()
                    + " is the bucket that installation "
                    + cloud.installation()
                    + " watches";
        }
    }
}
