package dev.slipway.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.storage.Blob;
import dev.slipway.contracts.Answer;
import dev.slipway.contracts.Answer.State;
import dev.slipway.contracts.Outcome;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Stages have more than one worker, or none. */
@Order(7)
@OnSharedInstallation
class ScaleTest {
    private final Sample sample = Sample.saying("scaled");

    @AfterEach
    void oneOfEach(Installation installation) throws Exception {
        installation.slipway("up", "--scale", "build-worker=1,deploy=1").exits(0);
    }

    @Test
    void twoWorkersShareAStageAndOneCarriesOnAlone(Installation installation, @TempDir Path work)
            throws Exception {
        assertThat(installation.slipway("scale", "build", "2").exits(0).out())
                .contains("build-worker-2 is ready", "build-worker has 2 instances");
        assertThat(installation.slipway("status").exits(0).out())
                .containsPattern("build-worker +[0-9]+ +ready ")
                .containsPattern("build-worker-2 +[0-9]+ +ready ");
        live(installation, work, "two-workers");

        installation.kill("build-worker");
        live(installation, work, "one-worker-left");

        assertThat(installation.slipway("up").exits(0).out())
                .contains("build-worker is gone; starting it again", "build-worker is ready");
        assertThat(installation.slipway("scale", "build", "1").exits(0).out())
                .containsPattern("stopped +build-worker-2 ")
                .contains("build-worker has 1 instance\n");
        live(installation, work, "one-worker");
    }

    @Test
    void aStageWithoutWorkersIsCaughtUpWithLater(Installation installation, @TempDir Path work)
            throws Exception {
        Cloud cloud = new Cloud(installation);
        assertThat(installation.slipway("scale", "deploy-worker", "0").exits(0).out())
                .containsPattern("stopped +deploy-worker ")
                .contains("deploy-worker is stopped");
        Blob drop = cloud.upload(sample.zip(work.resolve("late.zip")), "late.zip");
        cloud.await("late.zip", "is built", answer -> answer.state() == State.BUILT);
        assertThat(installation.slipway("status").exits(0).out())
                .containsPattern("deploy-worker +- +scaled to 0");

        installation.slipway("scale", "deploy-worker", "1").exits(0);

        assertThat(cloud.awaitOutcome(drop).outcome()).isEqualTo(Outcome.LIVE);
    }

    private void live(Installation installation, Path work, String service) throws Exception {
        Cloud cloud = new Cloud(installation);
        Blob drop = cloud.upload(sample.zip(work.resolve(service + ".zip")), service + ".zip");
        Answer answer = cloud.awaitOutcome(drop);
        assertThat(answer.outcome()).as(answer.toString()).isEqualTo(Outcome.LIVE);
        assertThat(Web.text(String.valueOf(answer.url()))).isEqualTo("scaled");
    }
}
