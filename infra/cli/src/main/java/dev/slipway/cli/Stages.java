package dev.slipway.cli;

import dev.slipway.cli.installation.Cloud;
import dev.slipway.cli.installation.Endpoints;
import dev.slipway.cli.installation.Health;
import dev.slipway.cli.terminal.Terminal;
import dev.slipway.ledger.StagePause;
import java.time.Duration;
import java.time.Instant;

/** What is wanted of a stage, and whether its workers have seen it. */
final class Stages {
    private static final Duration SEEN_WITHIN = Duration.ofSeconds(12);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(200);

    private Stages() {}

    /**
     * What is printed as JSON.
     *
     * @param seen whether every worker of this machine has seen it; false in Google Cloud
     */
    record Document(String stage, StagePause pause, boolean seen) {}

    static StagePause of(Workbench bench, Cloud cloud, StageName stage) {
        return LedgerAccess.to(cloud, "stages/", () -> bench.ledger(cloud).stage(stage.id()));
    }

    static StagePause set(Workbench bench, Cloud cloud, StageName stage, boolean paused) {
        return LedgerAccess.to(
                cloud,
                "stages/",
                () ->
                        paused
                                ? bench.ledger(cloud).pauseStage(stage.id())
                                : bench.ledger(cloud).resumeStage(stage.id()));
    }

    /** Whether all workers of this machine show it in their health, after some time at most. */
    static boolean awaitSeen(
            Workbench bench, Cloud cloud, StageName stage, boolean paused, Terminal terminal) {
        if (!(cloud instanceof Cloud.Local(Endpoints endpoints))) {
            return false;
        }
        Instant end = bench.clock().instant().plus(SEEN_WITHIN);
        Health health = new Health();
        while (endpoints.workersOf(stage.id()).stream()
                .map(health::of)
                .anyMatch(found -> !found.ready() || found.paused() != paused)) {
            if (bench.clock().instant().isAfter(end)) {
                return false;
            }
            terminal.progress("waiting until " + stage.worker() + " has seen it");
            bench.pause().pause(BETWEEN_LOOKS);
        }
        terminal.clear();
        return true;
    }
}
