package dev.slipway.local.run;

import static dev.slipway.local.run.RunningRun.to;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.cloud.run.v2.RevisionScaling;
import com.google.cloud.run.v2.Service;
import com.google.protobuf.util.Durations;
import dev.slipway.local.State;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What runs: processes, requests to them, and what outlives a restart. */
@SuppressWarnings("NullAway.Init") // set before each test
class InstancesTest {
    private static final Duration SOON = Duration.ofMillis(200);

    @TempDir private Path home;
    private TestImages images;
    private RunningRun run;

    @BeforeEach
    void start() throws Exception {
        images = new TestImages(home.resolve("images"));
        start(RunningRun.IDLE);
    }

    private void start(Duration idleTimeout) throws Exception {
        run = new RunningRun(home, images, RunningRun.STARTUP, idleTimeout);
    }

    @AfterEach
    void stop() {
        run.close();
    }

    private static boolean alive(long pid) {
        return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isPresent();
    }

    private long pid(Service service) throws Exception {
        return run.call(service, "/").path("pid").asLong();
    }

    @Test
    void aProcessSeesItsImagesAndItsTemplatesVariablesAndNoneOfTheHosts() throws Exception {
        Service service =
                run.create("hello", RunningRun.of(images.server(), Map.of("TEXT", "mine")));
        JsonNode answer = run.call(service, "/path?query=1");
        JsonNode env = answer.path("env");
        assertThat(env.path("TEXT").asText()).isEqualTo("mine");
        assertThat(env.path("FROM_IMAGE").asText()).isEqualTo("yes");
        assertThat(env.path("K_SERVICE").asText()).isEqualTo("hello");
        assertThat(env.path("K_CONFIGURATION").asText()).isEqualTo("hello");
        assertThat(env.path("K_REVISION").asText()).startsWith("hello-00001-");
        assertThat(env.path("GOOGLE_CLOUD_PROJECT").asText()).isEqualTo("local-project");
        assertThat(env.path("PUBSUB_EMULATOR_HOST").asText()).isEqualTo("localhost:" + run.port());
        assertThat(env.path("STORAGE_EMULATOR_HOST").asText())
                .isEqualTo("http://localhost:" + run.port());
        assertThat(env.path("HOME").asText()).startsWith(home.toString());
        Set<String> names = new HashSet<>();
        env.fieldNames().forEachRemaining(names::add);
        assertThat(names)
                .containsExactlyInAnyOrder(
                        "TEXT",
                        "FROM_IMAGE",
                        "K_SERVICE",
                        "K_CONFIGURATION",
                        "K_REVISION",
                        "PORT",
                        "GOOGLE_CLOUD_PROJECT",
                        "PUBSUB_EMULATOR_HOST",
                        "STORAGE_EMULATOR_HOST",
                        "HOME",
                        "TMPDIR",
                        "PATH");
        assertThat(answer.path("cwd").asText()).startsWith(home.toString()).endsWith("/workspace");
        assertThat(answer.path("url").asText()).isEqualTo("/path?query=1");
        assertThat(answer.path("headers").path("x-forwarded-proto").asText()).isEqualTo("http");
        assertThat("http://" + answer.path("headers").path("host").asText())
                .isEqualTo(service.getUri());
    }

    @Test
    void anIdleInstanceEndsAndTheNextRequestStartsAnother() throws Exception {
        run.close();
        start(SOON);
        Service service = run.create("hello", RunningRun.of(images.server(), Map.of()));
        long first = pid(service);
        await().until(() -> !alive(first));
        assertThat(pid(service)).isNotEqualTo(first);
    }

    @Test
    void aMinimumOfInstancesStaysAndIsStartedAgain() throws Exception {
        run.close();
        start(SOON);
        Service asked = RunningRun.of(images.server(), Map.of());
        Service service =
                run.create(
                        "hello",
                        asked.toBuilder()
                                .setTemplate(
                                        asked.getTemplate().toBuilder()
                                                .setScaling(
                                                        RevisionScaling.newBuilder()
                                                                .setMinInstanceCount(1)))
                                .build());
        long first = pid(service);
        await().during(SOON.multipliedBy(4)).until(() -> alive(first));
        ProcessHandle.of(first).orElseThrow().destroyForcibly();
        await().until(() -> !alive(first));
        await().until(() -> alive(pid(service)) && pid(service) != first);
    }

    @Test
    void aCrashFailsItsRequestAndTheNextOneIsServed() throws Exception {
        Service service = run.create("hello", RunningRun.of(images.server(), Map.of()));
        long first = pid(service);
        assertThat(run.send("GET", URI.create(service.getUri() + "/crash"), "").statusCode())
                .isEqualTo(503);
        await().until(() -> !alive(first));
        assertThat(pid(service)).isNotEqualTo(first);
        String latest = service.getLatestReadyRevision();
        String log =
                run.revision("hello", latest.substring(latest.lastIndexOf('/') + 1)).getLogUri();
        await().untilAsserted(
                        () ->
                                assertThat(run.send("GET", URI.create(log), "").body())
                                        .containsOnlyOnce("Container called exit(3).\n"));
    }

    @Test
    void aRequestThatTakesTooLongIsCutOff() throws Exception {
        Service asked = RunningRun.of(images.server(), Map.of());
        Service service =
                run.create(
                        "hello",
                        asked.toBuilder()
                                .setTemplate(
                                        asked.getTemplate().toBuilder()
                                                .setTimeout(Durations.fromSeconds(1)))
                                .build());
        assertThat(run.send("GET", URI.create(service.getUri() + "/never"), "").statusCode())
                .isEqualTo(504);
    }

    @Test
    void aRestartBringsServicesBackUnderTheirUrls() throws Exception {
        Service service =
                run.create("hello", RunningRun.of(images.server(), Map.of("TEXT", "kept")));
        long before = pid(service);
        run.close();
        assertThat(alive(before)).isFalse();
        start(RunningRun.IDLE);
        assertThat(run.get("hello").getUri()).isEqualTo(service.getUri());
        assertThat(run.call(service, "/").path("text").asText()).isEqualTo("kept");
    }

    @Test
    void aRestartGoesOnWithARevisionThatWasBeingStarted() throws Exception {
        Path gate = home.resolve("gate");
        String waits =
                images.script(
                        "if (require('fs').existsSync('%s'))".formatted(gate)
                                + " require('http').createServer((q, r) => r.end('{\"text\":\"late\"}'))"
                                + ".listen(process.env.PORT); else setInterval(() => {}, 1000);");
        var _ =
                run.services.createServiceAsync(
                        RunningRun.PARENT, RunningRun.of(waits, Map.of()), "hello");
        await().until(
                        () ->
                                run.services
                                        .listServices(RunningRun.PARENT)
                                        .iterateAll()
                                        .iterator()
                                        .hasNext());
        run.close();
        Files.createFile(gate);
        start(RunningRun.IDLE);
        await().until(() -> run.get("hello").getObservedGeneration() == 1);
        assertThat(run.call(run.get("hello"), "/").path("text").asText()).isEqualTo("late");
    }

    @Test
    void whatAKilledLocalCloudLeftRunningIsEnded() throws Exception {
        Service service = run.create("hello", RunningRun.of(images.server(), Map.of()));
        long left = pid(service);
        run.abandon();
        assertThat(alive(left)).isTrue();
        start(RunningRun.IDLE);
        await().until(() -> !alive(left));
    }

    @Test
    void aProcessThatOnlyHasTheIdOfALeftoverGoesOn() throws Exception {
        Process other = new ProcessBuilder("sleep", "60").start();
        try (State state = new State(home.resolve("other"))) {
            ProcessNotes notes = new ProcessNotes(state);
            state.map("run.processes").put(Long.toString(other.pid()), "1".getBytes(UTF_8));
            notes.endLeftovers();
            assertThat(other.isAlive()).isTrue();
            notes.started(other.toHandle());
            notes.endLeftovers();
            await().until(() -> !other.isAlive());
        } finally {
            other.destroyForcibly();
        }
    }

    @Test
    void whoMayCallAPrivateServiceIsToldByTheToken() throws Exception {
        Files.createDirectories(home.resolve("tokens"));
        Files.writeString(home.resolve("tokens/trigger"), "trigger-token");
        Files.writeString(home.resolve("tokens/upload"), "upload-token");
        Service service = run.create("hello", RunningRun.of(images.server(), Map.of()));
        URI uri = URI.create(service.getUri());
        assertThat(run.send("GET", uri, "", "authorization", "Bearer unknown").statusCode())
                .isEqualTo(401);
        assertThat(run.send("GET", uri, "", "authorization", "Bearer upload-token").statusCode())
                .isEqualTo(403);
        var allowed = run.send("GET", uri, "", "authorization", "Bearer trigger-token");
        assertThat(allowed.statusCode()).isEqualTo(200);
        assertThat(allowed.body()).doesNotContain("trigger-token");
        assertThat(run.send("GET", uri, "", "origin", "http://evil.example").statusCode())
                .isEqualTo(403);
        run.update(service.toBuilder().setInvokerIamDisabled(true).build());
        var open = run.send("GET", uri, "", "authorization", "Bearer unknown");
        assertThat(open.statusCode()).isEqualTo(200);
        assertThat(open.body()).contains("Bearer unknown");
    }

    @Test
    void anIdTokenOpensTheServiceThatItIsFor() throws Exception {
        Service service =
                run.create(
                        "hello",
                        RunningRun.of(images.server(), Map.of()).toBuilder()
                                .addCustomAudiences("https://hello.example.com")
                                .build());
        String url = service.getUri();
        for (String audience : List.of(url, url + "/events", "https://hello.example.com")) {
            var answer = callAs("trigger", audience, url);
            assertThat(answer.statusCode()).as(audience).isEqualTo(200);
            assertThat(answer.body()).contains(".SIGNATURE_REMOVED_BY_GOOGLE\"");
        }
        for (String audience : List.of(url + "0", "http://localhost:1", "")) {
            var answer = callAs("trigger", audience, url);
            assertThat(answer.statusCode()).as(audience).isEqualTo(401);
            assertThat(answer.headers().firstValue("www-authenticate").orElse(""))
                    .contains("invalid_token");
        }
        assertThat(callAs("upload", url, url).statusCode()).isEqualTo(403);
        assertThat(callAs("nobody", url, url).statusCode()).isEqualTo(401);
    }

    private HttpResponse<String> callAs(String identity, String audience, String url)
            throws Exception {
        String email = "slipway-" + identity + "@local-project.iam.gserviceaccount.com";
        return run.send(
                "POST",
                URI.create(url + "/events"),
                "{}",
                "authorization",
                "Bearer " + run.tokens.mint(email, audience));
    }

    @Test
    void trafficIsSharedByPercent() throws Exception {
        Service first = run.create("hello", named("hello-1", "one"));
        Service both =
                run.update(
                        named("hello-2", "two").toBuilder()
                                .setName(first.getName())
                                .addTraffic(to("hello-1", 50))
                                .addTraffic(to("hello-2", 50))
                                .build());
        Set<String> seen = new HashSet<>();
        await().until(
                        () ->
                                seen.add(run.call(both, "/").path("text").asText())
                                        && seen.size() == 2);
    }

    private Service named(String revision, String text) throws Exception {
        return Service.newBuilder()
                .setTemplate(RunningRun.template(revision, images.server(), Map.of("TEXT", text)))
                .build();
    }
}
