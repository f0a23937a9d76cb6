package dev.slipway.cli;

import dev.slipway.cli.answers.Surroundings;
import dev.slipway.cli.installation.Cloud;
import dev.slipway.cli.installation.Endpoints;
import dev.slipway.cli.installation.Health;
import dev.slipway.cli.installation.Installation;
import dev.slipway.cli.installation.Started;
import dev.slipway.cli.terminal.Terminal;
import dev.slipway.ledger.Ledger;
import dev.slipway.ledger.StagePause;
import dev.slipway.ledger.StoreUnavailable;
import dev.slipway.ledger.UnreadableObject;
import java.util.List;
import java.util.Optional;

/** What can be known of an installation's processes from here. */
sealed interface Around extends Surroundings {
    static Around of(Workbench bench, Cloud cloud, Terminal terminal) {
        Ledger ledger = bench.ledger(cloud);
        return switch (cloud) {
            case Cloud.Local(var endpoints) ->
                    new Processes(endpoints, bench.installation(terminal), ledger);
            case Cloud.Google google -> new Nothing(google, ledger);
        };
    }

    /** Where pauses are kept. */
    Ledger ledger();

    @Override
    default Optional<String> paused(String stage) {
        try {
            StagePause found = ledger().stage(stage);
            return found.paused()
                    ? Optional.of(
                            stage
                                    + "-worker is paused since "
                                    + found.since()
                                    + "; it goes on with ./slipway resume "
                                    + stage)
                    : Optional.empty();
        } catch (StoreUnavailable | UnreadableObject _) {
            return Optional.empty(); // a remark only
        }
    }

    /** The processes of this machine. */
    record Processes(Endpoints endpoints, Installation installation, Ledger ledger)
            implements Around {
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
        public String silent(String stage, String brought) {
            String worker = stage + "-worker";
            return waiting(worker, brought)
                    + endpoints
                            .worker(worker)
                            .map(started -> new Health().of(started))
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
    record Nothing(Cloud.Google cloud, Ledger ledger) implements Around {
        @Override
        public Optional<String> lost() {
            return Optional.empty();
        }

        @Override
        public Optional<String> missing() {
            return Optional.empty();
        }

        @Override
        public String silent(String stage, String brought) {
            return waiting(stage + "-worker", brought)
                    + "look whether it runs, and whether gs://"
                    + cloud.dropBucket()
                    + " is the bucket that installation "
                    + cloud.installation()
                    + " watches";
        }
    }

    private static String waiting(String worker, String brought) {
        return "waiting for " + worker + " to take " + brought + "; ";
    }
}
