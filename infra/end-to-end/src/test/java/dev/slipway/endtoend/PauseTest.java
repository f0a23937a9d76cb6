package dev.slipway.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.cloud.storage.Blob;
import com.google.cloudbuild.v1.Build;
import dev.slipway.contracts.Answer;
import dev.slipway.contracts.Answer.State;
import dev.slipway.contracts.Json;
import dev.slipway.contracts.Outcome;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An operator pauses one stage while drops arrive, and lets it go on. */
@Order(6)
@OnSharedInstallation
class PauseTest {
    private static final int DROPS = 10;

    private final Sample sample = Sample.saying("I waited");

    @AfterEach
    void goOn(Installation installation) throws Exception {
        installation.slipway("resume", "build").exits(0);
    }

    @Test
    void aPausedStageHoldsWhatTheOthersBringToItsDoorUntilItIsResumed(
            Installation installation, @TempDir Path work) throws Exception {
        Cloud cloud = new Cloud(installation);
        cloud.awaitOutcome(upload(cloud, work, "paused-first")); // its image serves the others too
        Set<String> builds = ids(cloud);

        JsonNode paused = json(installation.slipway("pause", "build-worker", "--json").exits(0));
        assertThat(paused.path("seen").asBoolean()).as(paused.toString()).isTrue();
        List<Blob> drops = new ArrayList<>();
        for (int number = 1; number <= DROPS; number++) {
            drops.add(upload(cloud, work, "paused-" + number));
        }
        for (Blob drop : drops) {
            cloud.await(drop.getName(), "is verified", it -> it.state() == State.VERIFIED);
        }

        assertThat(installation.slipway("status").exits(0).out())
                .containsPattern("build-worker +[0-9]+ +paused ")
                .containsPattern("deploy-worker +[0-9]+ +ready ");
        JsonNode open = json(installation.slipway("list", "--open", "--json").exits(0));
        assertThat(open.path("deployments")).hasSize(DROPS);
        open.path("deployments")
                .forEach(
                        it ->
                                assertThat(it.path("waitingFor").asText())
                                        .isEqualTo("the resume of build-worker, which is paused"));
        assertThat(ids(cloud)).isEqualTo(builds);

        assertThat(installation.slipway("resume", "build").exits(0).out())
                .contains("build-worker goes on, after a pause of ");
        for (Blob drop : drops) {
            Answer answer = cloud.awaitOutcome(drop);
            assertThat(answer.outcome()).as(answer.toString()).isEqualTo(Outcome.LIVE);
            assertThat(Web.text(String.valueOf(answer.url()))).isEqualTo("I waited");
        }
        assertThat(installation.slipway("list", "--open").exits(0).out())
                .isEqualTo("nothing is under way\n");
    }

    private Blob upload(Cloud cloud, Path work, String service) throws IOException {
        return cloud.upload(sample.zip(work.resolve(service + ".zip")), service + ".zip");
    }

    private static Set<String> ids(Cloud cloud) throws IOException {
        return new TreeSet<>(cloud.builds().stream().map(Build::getId).toList());
    }

    private static JsonNode json(Run run) throws IOException {
        return Json.read(run.out().getBytes(StandardCharsets.UTF_8), JsonNode.class);
    }
}
