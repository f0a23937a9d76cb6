package dev.slipway.local.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.api.gax.rpc.ApiException;
import com.google.api.gax.rpc.FailedPreconditionException;
import com.google.api.gax.rpc.ResourceExhaustedException;
import com.google.cloudbuild.v1.Build;
import com.google.cloudbuild.v1.Build.Status;
import com.google.cloudbuild.v1.CancelBuildRequest;
import com.google.protobuf.Duration;
import com.google.protobuf.util.Durations;
import com.google.protobuf.util.JsonFormat;
import com.google.protobuf.util.Timestamps;
import com.google.pubsub.v1.PubsubMessage;
import dev.slipway.local.Settings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How builds wait and end, with programs in npm's place that the test holds and lets go. */
class BuildQueueTest {
    private static final Map<String, String> SOURCE = Map.of("index.js", "", "package.json", "{}");

    /** Installs a framework of two files once the test's file {@code go} is there. */
    private static final String NPM =
            """
            while [ ! -e "$HOME/../../../go" ]; do sleep 0.05; done
            mkdir -p node_modules/@google-cloud/functions-framework/build/src
            echo '{"version":"4.0.1"}' > node_modules/@google-cloud/functions-framework/package.json
            echo > node_modules/@google-cloud/functions-framework/build/src/main.js""";

    private static final String NODE = "[ \"$1\" = --version ] && echo v20.1.0; exit 0";

    @TempDir Path home;

    private final KeptObjects objects = new KeptObjects();
    private @Nullable RunningBuilds last;

    @AfterEach
    void stop() {
        if (last != null) {
            last.close();
        }
    }

    private RunningBuilds start(int atOnce, int quota, TimeLimits limits) throws Exception {
        Settings usual = Settings.defaults(home);
        Settings settings =
                new Settings(
                        home,
                        0,
                        usual.project(),
                        usual.projectNumber(),
                        usual.installation(),
                        usual.regions(),
                        atOnce,
                        quota,
                        usual.startupTimeout(),
                        usual.idleTimeout(),
                        false,
                        false);
        last =
                new RunningBuilds(
                        settings,
                        objects,
                        RunningBuilds.hostWith(home.resolve("bin"), NODE, NPM),
                        limits);
        return last;
    }

    private void letGo() throws Exception {
        Files.writeString(home.resolve("go"), "");
    }

    @Test
    void runsAsManyAsAllowedAndTheOthersInOrder() throws Exception {
        RunningBuilds cloud = start(2, 0, TimeLimits.DEFAULT);
        List<Build> builds =
                List.of(
                        cloud.submit(SOURCE),
                        cloud.submit(SOURCE),
                        cloud.submit(SOURCE),
                        cloud.submit(SOURCE));
        cloud.await(builds.get(0), Status.WORKING);
        cloud.await(builds.get(1), Status.WORKING);
        assertThat(cloud.get(builds.get(2)).getStatus()).isEqualTo(Status.QUEUED);
        assertThat(cloud.get(builds.get(3)).getStatus()).isEqualTo(Status.QUEUED);
        letGo();
        List<Build> built = builds.stream().map(cloud::built).toList();
        assertThat(built).allMatch(build -> build.getStatus() == Status.SUCCESS);
        assertThat(built.subList(1, 4))
                .isSortedAccordingTo(
                        (a, b) -> Timestamps.compare(a.getStartTime(), b.getStartTime()));
    }

    @Test
    void publishesEveryStatusWithTheBuildAsJson() throws Exception {
        letGo();
        RunningBuilds cloud = start(1, 0, TimeLimits.DEFAULT);
        Build build = cloud.built(cloud.submit(SOURCE));
        Awaitility.await().until(() -> cloud.statuses(build).size() >= 3);
        assertThat(cloud.statuses(build)).containsExactly("QUEUED", "WORKING", "SUCCESS");
        PubsubMessage end = cloud.published.getLast();
        Build.Builder told = Build.newBuilder();
        JsonFormat.parser().merge(end.getData().toStringUtf8(), told);
        assertThat(told.build()).isEqualTo(build);
        assertThat(build.getLogUrl())
                .isEqualTo("http://localhost:%d/cloudbuild/logs/%s", cloud.port(), build.getId());
    }

    @Test
    void cancelsABuildThatWaits() throws Exception {
        RunningBuilds cloud = start(1, 0, TimeLimits.DEFAULT);
        Build first = cloud.submit(SOURCE);
        Build second = cloud.submit(SOURCE);
        cloud.await(first, Status.WORKING);
        assertThat(cancel(cloud, second).getStatus()).isEqualTo(Status.CANCELLED);
        letGo();
        cloud.built(first);
        assertThat(cloud.get(second).hasStartTime()).isFalse();
        assertThat(cloud.statuses(second)).containsExactly("QUEUED", "CANCELLED");
        assertThatExceptionOfType(FailedPreconditionException.class)
                .isThrownBy(() -> cancel(cloud, second));
    }

    @Test
    void freesThePlaceOfABuildThatIsCancelledWhileItWorks() throws Exception {
        RunningBuilds cloud = start(1, 0, TimeLimits.DEFAULT);
        Build first = cloud.submit(SOURCE);
        Build second = cloud.submit(SOURCE);
        cloud.await(first, Status.WORKING);
        cancel(cloud, first);
        cloud.await(second, Status.WORKING);
        assertThat(cloud.get(first).getStatus()).isEqualTo(Status.CANCELLED);
    }

    @Test
    void endsABuildThatWorksTooLong() throws Exception {
        RunningBuilds cloud = start(1, 0, new TimeLimits(Durations.fromHours(1), millis(300)));
        Build build = cloud.built(cloud.submit(SOURCE));
        assertThat(build.getStatus()).isEqualTo(Status.TIMEOUT);
        assertThat(build.getTimeout()).isEqualTo(millis(300));
        Awaitility.await().until(() -> cloud.log(build).contains("TIMEOUT"));
    }

    @Test
    void endsABuildThatWaitsTooLong() throws Exception {
        RunningBuilds cloud = start(1, 0, new TimeLimits(millis(300), Durations.fromHours(1)));
        Build first = cloud.submit(SOURCE);
        Build second = cloud.submit(SOURCE);
        assertThat(cloud.built(second).getStatus()).isEqualTo(Status.EXPIRED);
        assertThat(cloud.get(first).getStatus()).isEqualTo(Status.WORKING);
        assertThat(cloud.statuses(second)).containsExactly("QUEUED", "EXPIRED");
    }

    @Test
    void refusesABuildOverTheQuotaOfItsRegion() throws Exception {
        RunningBuilds cloud = start(1, 2, TimeLimits.DEFAULT);
        Build first = cloud.submit(SOURCE);
        cloud.submit(SOURCE);
        assertThatExceptionOfType(ResourceExhaustedException.class)
                .isThrownBy(() -> cloud.submit(SOURCE))
                .withMessageContaining("2 builds are unfinished in europe-west1");
        cloud.submit(
                RunningBuilds.request(objects.keep(SOURCE))
                        .setParent("projects/local-project/locations/us-central1"));
        cancel(cloud, first);
        cloud.submit(SOURCE);
    }

    @Test
    void startsUnfinishedBuildsAgainAfterARestart() throws Exception {
        RunningBuilds before = start(1, 0, TimeLimits.DEFAULT);
        Build worked = before.submit(SOURCE);
        Build waited = before.submit(SOURCE);
        before.await(worked, Status.WORKING);
        before.close();
        letGo();
        RunningBuilds cloud = start(1, 0, TimeLimits.DEFAULT);
        assertThat(cloud.built(worked).getStatus()).isEqualTo(Status.SUCCESS);
        assertThat(cloud.built(waited).getStatus()).isEqualTo(Status.SUCCESS);
        assertThat(cloud.statuses(worked)).containsExactly("QUEUED", "WORKING", "SUCCESS");
        assertThat(cloud.log(worked)).contains("starts again", "SUCCESS");
    }

    @Test
    void keepsEndedBuildsOverARestart() throws Exception {
        letGo();
        RunningBuilds before = start(1, 0, TimeLimits.DEFAULT);
        Build built = before.built(before.submit(SOURCE));
        before.close();
        RunningBuilds cloud = start(1, 0, TimeLimits.DEFAULT);
        assertThat(cloud.get(built).toBuilder().clearLogUrl().build())
                .isEqualTo(built.toBuilder().clearLogUrl().build());
        assertThat(cloud.log(built)).contains("SUCCESS");
        assertThat(cloud.published).isEmpty();
    }

    private static Build cancel(RunningBuilds cloud, Build build) throws ApiException {
        return cloud.builds.cancelBuild(
                CancelBuildRequest.newBuilder().setName(build.getName()).build());
    }

    private static Duration millis(long millis) {
        return Durations.fromMillis(millis);
    }
}
