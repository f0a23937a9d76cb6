package dev.slipway.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.cloud.storage.Blob;
import com.google.pubsub.v1.PubsubMessage;
import dev.slipway.contracts.Answer;
import dev.slipway.contracts.Outcome;
import dev.slipway.contracts.Topology.Subscription;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The chain with Google's own emulator of Pub/Sub between the workers. */
@OnOwnInstallation
@Order(7)
class EmulatorBusTest {
    @Test
    void aDropGoesLiveOverGooglesEmulator(@TempDir Path work) throws Exception {
        Optional<Path> program = Emulator.program();
        assumeTrue(
                program.isPresent(),
                "Google's Pub/Sub emulator is not installed beside the gcloud on the PATH");
        try (Emulator emulator = Emulator.start(program.get(), work.resolve("emulator.log"));
                Installation installation =
                        new Installation(
                                "", Map.of("SLIPWAY_PUBSUB_ENDPOINT", emulator.endpoint()))) {
            Cloud bus = new Cloud(emulator.endpoint());
            Bridge.create(bus);
            installation.slipway("up").exits(0);
            Cloud cloud = new Cloud(installation);
            try (Bridge _ = new Bridge(cloud, bus)) {
                goesLive(cloud, bus, work);
            } finally {
                installation.saveLogs("EmulatorBusTest");
            }
            assertThat(Web.text(installation.endpoint() + "/metrics"))
                    .contains("messages_published_total{topic=\"slipway-source-uploaded\"}")
                    .doesNotContain("slipway-source-stored\"}")
                    .doesNotContain("slipway-image-pushed\"}");
        }
    }

    private static void goesLive(Cloud cloud, Cloud bus, Path work) throws Exception {
        String topic = Cloud.TOPOLOGY.topic("deployment-finished").name();
        try (Mailbox finished = Mailbox.on(bus, topic, "emulator-finished")) {
            Blob drop =
                    cloud.upload(
                            Sample.saying("over the emulator").zip(work.resolve("a.zip")),
                            "emulated.zip");

            Answer answer = cloud.awaitOutcome(drop);

            assertThat(answer.outcome()).as(answer.toString()).isEqualTo(Outcome.LIVE);
            assertThat(Web.text(String.valueOf(answer.url()))).isEqualTo("over the emulator");
            PubsubMessage told = finished.await("the outcome is published", _ -> true);
            assertThat(told.getAttributesMap())
                    .containsEntry("ce-subject", answer.deployment())
                    .containsEntry("outcome", "LIVE");
        }
        assertNothingIsPutAside(bus);
    }

    private static void assertNothingIsPutAside(Cloud bus) throws Exception {
        for (Subscription subscription : Cloud.TOPOLOGY.subscriptions()) {
            try (Mailbox dead = Mailbox.of(bus, subscription.deadLetterName())) {
                List<PubsubMessage> put = dead.all();
                assertThat(put).as(subscription.deadLetterName()).isEmpty();
            }
        }
    }
}
