package dev.slipway.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.contracts.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** A person calls a service, sends it events and reads what it and its build say. */
@Order(4)
@OnSharedInstallation
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class CallAndLogsTest {
    private static final String SERVICE = "mirror";
    private static final String MIRROR =
            """
            exports.hello = (request, response) => {
              console.log('asked for ' + request.path);
              response.status(request.path === '/missing' ? 404 : 200).json({
                method: request.method,
                url: request.url,
                headers: request.headers,
                body: request.rawBody ? request.rawBody.toString() : '',
              });
            };
            """;

    private static JsonNode json(Run run) throws IOException {
        return Json.read(run.out().getBytes(StandardCharsets.UTF_8), JsonNode.class);
    }

    @Test
    @Order(1)
    void callsAServiceAndExitsAsItAnswered(Installation installation, @TempDir Path work)
            throws Exception {
        Path folder = Sample.saying("").with("index.js", MIRROR).folder(work.resolve(SERVICE));
        installation.slipway("drop", folder.toString()).exits(0);

        Run good =
                installation
                        .slipway(
                                "call", SERVICE, "/greet?name=Ada", "-d", "hi", "-H", "X-Own: mine")
                        .exits(0);
        JsonNode seen = json(good);
        assertThat(good.err()).startsWith("HTTP 200  application/json");
        assertThat(seen.path("method").asText()).isEqualTo("POST");
        assertThat(seen.path("url").asText()).isEqualTo("/greet?name=Ada");
        assertThat(seen.path("body").asText()).isEqualTo("hi");
        assertThat(seen.path("headers").path("x-own").asText()).isEqualTo("mine");

        Run bad = installation.slipway("call", SERVICE, "missing").exits(1);
        assertThat(bad.err()).startsWith("HTTP 404 ");
        assertThat(json(bad).path("url").asText()).isEqualTo("/missing");
    }

    @Test
    @Order(2)
    void suggestsTheServiceThatWasMeant(Installation installation) throws Exception {
        assertThat(installation.slipway("call", "miror").exits(1).err())
                .contains("there is no service miror", "  mirror\n", "Did you mean mirror?");
        assertThat(installation.slipway("logs", "miror").exits(1).err())
                .contains("Did you mean mirror?");
    }

    @Test
    @Order(3)
    void sendsEventsAsTriggersDo(Installation installation, @TempDir Path work) throws Exception {
        JsonNode message =
                json(
                        installation
                                .slipway(
                                        "call", SERVICE, "--event", "pubsub", "--topic", "orders",
                                        "--data", "order 7")
                                .exits(0));
        JsonNode headers = message.path("headers");
        assertThat(headers.path("ce-type").asText())
                .isEqualTo("google.cloud.pubsub.topic.v1.messagePublished");
        assertThat(headers.path("ce-source").asText())
                .isEqualTo("//pubsub.googleapis.com/projects/local-project/topics/orders");
        JsonNode body =
                Json.read(
                        message.path("body").asText().getBytes(StandardCharsets.UTF_8),
                        JsonNode.class);
        assertThat(body.path("message").path("data").asText()).isEqualTo("b3JkZXIgNw==");

        Cloud cloud = new Cloud(installation);
        cloud.upload(
                Files.writeString(work.resolve("a.txt"), "hello"), "status/seen by events.txt");
        String object = "gs://" + Cloud.dropBucket() + "/status/seen by events.txt";
        JsonNode stored =
                json(
                        installation
                                .slipway("call", SERVICE, "--event", "storage", "--data", object)
                                .exits(0));
        assertThat(stored.path("headers").path("ce-type").asText())
                .isEqualTo("google.cloud.storage.object.v1.finalized");
        assertThat(stored.path("headers").path("ce-subject").asText())
                .isEqualTo("objects/status/seen%20by%20events.txt");
        assertThat(stored.path("body").asText()).contains("\"size\":\"5\"");
    }

    @Test
    @Order(4)
    void showsWhatTheServiceAndItsBuildSaid(Installation installation) throws Exception {
        assertThat(installation.slipway("logs", SERVICE).exits(0).out())
                .contains("asked for /greet", "asked for /missing");
        Run build = installation.slipway("logs", SERVICE, "--build", "-f").exits(0);
        assertThat(build.out()).contains("Fetching gs://", "SUCCESS");
        assertThat(build.err()).contains("the build ended with SUCCESS");

        JsonNode listed = json(installation.slipway("list", "--json").exits(0));
        String deployment = "";
        for (JsonNode service : listed.path("services")) {
            if (service.path("service").asText().equals(SERVICE)) {
                deployment = service.path("deployment").asText();
            }
        }
        assertThat(installation.slipway("logs", deployment).exits(0).out())
                .contains("asked for /greet");
        assertThat(installation.slipway("list").exits(0).out())
                .containsPattern(SERVICE + " +europe-west1 +http://\\S+ +" + deployment + " +live");
    }

    @Test
    @Order(5)
    void followsWhatTheServiceSaysUntilItIsStopped(Installation installation, @TempDir Path work)
            throws Exception {
        Path out = work.resolve("out");
        ProcessBuilder builder =
                new ProcessBuilder(
                                List.of(
                                        Installation.checkout().resolve("slipway").toString(),
                                        "logs",
                                        SERVICE,
                                        "-f"))
                        .redirectErrorStream(true)
                        .redirectOutput(out.toFile());
        builder.environment().putAll(installation.environment());
        Process following = builder.start();
        try {
            awaitLine(out, "asked for /missing");
            installation.slipway("call", SERVICE, "/while-followed").exits(0);
            awaitLine(out, "asked for /while-followed");
            assertThat(following.isAlive()).isTrue();
        } finally {
            following.destroy();
            await("the end of logs -f").until(() -> !following.isAlive());
        }
    }

    private static void awaitLine(Path out, String line) {
        await(line)
                .atMost(Duration.ofSeconds(20))
                .until(() -> Files.readString(out).contains(line));
    }
}
