package dev.slipway.endtoend;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The campaigns of {@code infra/benchmarks} in their short form: whatever they time, nothing is
 * lost, told twice or goes back. First, because they leave the archives that let the workers of all
 * other tests start in a third of the time.
 */
@Tag("campaigns")
@SuppressWarnings("NullAway.Init") // set before all tests
class CampaignsTest {
    /** Most of the time each of them waits, so two are under way at once. */
    private static ExecutorService makingArchives;

    private static ExecutorService beside;
    private static Future<Run> killCampaign;
    private static Future<Run> thousandDrops;
    private static Future<Run> supersede;
    private static Future<Run> movesAgain;

    @BeforeAll
    static void start() {
        makingArchives = Executors.newSingleThreadExecutor();
        beside = Executors.newSingleThreadExecutor();
        killCampaign = makingArchives.submit(() -> Benchmark.runs("kill-campaign", "done"));
        thousandDrops = beside.submit(() -> Benchmark.runs("thousand-drops", "never"));
        supersede = beside.submit(() -> Benchmark.runs("supersede", "never"));
        movesAgain = beside.submit(() -> Benchmark.runs("moves-again", "never"));
    }

    @AfterAll
    static void stop() {
        makingArchives.close();
        beside.close();
    }

    private static void passes(Future<Run> run) throws Exception {
        Benchmark.passes(run.get());
    }

    @Test
    void nothingIsLostDoubledOrGoesBackWhileWorkersAreKilledAndFrozen() throws Exception {
        passes(killCampaign);
    }

    @Test
    void everyDropOfOneServiceHasOneVerdictAndTheLastIsLive() throws Exception {
        passes(thousandDrops);
    }

    @Test
    void anOvertakenBuildIsCancelledAndToldSuperseded() throws Exception {
        passes(supersede);
    }

    @Test
    void aDeploymentGoesOnAtTheStagesSecondWorker() throws Exception {
        passes(movesAgain);
    }
}
