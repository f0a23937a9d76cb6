package dev.slipway.endtoend;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
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
    private static final Duration LONGEST = Duration.ofMinutes(20);

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
        killCampaign = makingArchives.submit(() -> run("kill-campaign", "done"));
        thousandDrops = beside.submit(() -> run("thousand-drops", "never"));
        supersede = beside.submit(() -> run("supersede", "never"));
        movesAgain = beside.submit(() -> run("moves-again", "never"));
    }

    @AfterAll
    static void stop() {
        makingArchives.close();
        beside.close();
    }

    /** Maven has built it all, and must not be started again beside itself. */
    private static Run run(String script, String build) throws Exception {
        Path path = Installation.checkout().resolve("infra/benchmarks").resolve(script);
        Map<String, String> environment =
                Map.of("SLIPWAY_BUILD", build, "JAVA_HOME", System.getProperty("java.home"));
        return Run.of(
                Installation.checkout(), environment, LONGEST, List.of(path.toString(), "--short"));
    }

    private static void passes(Future<Run> run) throws Exception {
        System.out.println(run.get().exits(0).out());
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
