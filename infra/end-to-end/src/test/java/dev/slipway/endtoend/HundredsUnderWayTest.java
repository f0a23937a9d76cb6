package dev.slipway.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.contracts.Topology.Subscription;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * Hundreds of drops are under way while workers are restarted one after the other, the bus is wiped
 * and the cloud goes away: each ends once, and the newest of each service is live.
 */
@OnOwnInstallation
@Order(7)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@SuppressWarnings("NullAway.Init") // set before all tests
class HundredsUnderWayTest {
    private static final List<String> STAGES =
            List.of("upload-worker", "build-worker", "deploy-worker");

    /** What stands still is soon taken up again. */
    private static final Map<String, String> EAGER =
            Map.of(
                    "SLIPWAY_STAGE_SWEEP_EVERY", "2s",
                    "SLIPWAY_STAGE_UNCHANGED_FOR", "5s",
                    "SLIPWAY_UPLOAD_LIST_EVERY", "5s");

    /** How many times as much is under way at once as in the short form. */
    private static final int TIMES = Integer.getInteger("under-way.times", 1);

    private static final int SERVICES = 20;
    private static final int MANY = 40 * TIMES;
    private static final int FEWER = 15 * TIMES;

    /** A worker that stands still has some messages in its hands, which no wiping takes away. */
    private static final int IN_HAND = 16;

    /** A drop is listed when it is older than this. */
    private static final Duration LISTED_AFTER = Duration.ofMinutes(1);

    private static final Set<String> BEFORE = Set.of("RECEIVED");
    private static final Set<String> PAST_BUILDING = Set.of("BUILT", "DEPLOYING", "DONE");

    private static Installation installation;
    private static Cloud cloud;
    private static WipedBus bus;
    private static ManyDrops untold;

    @BeforeAll
    static void start() throws Exception {
        installation = new Installation("--instant-builds --instant-services", EAGER);
        installation.slipway("up").exits(0);
        cloud = new Cloud(installation);
        bus = new WipedBus(cloud);
        awaitWatermark();
        untold = new ManyDrops(installation, cloud, "untold", SERVICES);
        installation.freeze("upload-worker");
        untold.drop(SERVICES);
        bus.seekBeyondEverything();
        installation.thaw("upload-worker");
    }

    /** What was dropped before the installation was there is not deployed. */
    private static void awaitWatermark() {
        String name = "watermarks/" + Cloud.dropBucket();
        Awaitility.await(name)
                .until(
                        () ->
                                cloud.storage().get(Cloud.TOPOLOGY.bucket("ledger").name(), name)
                                        != null);
    }

    @AfterAll
    static void stop() throws Exception {
        untold.close();
        installation.close();
    }

    @AfterEach
    void keepLogs(TestInfo test) throws Exception {
        installation.saveLogs("HundredsUnderWayTest-" + test.getDisplayName().replace("()", ""));
        assertNoDeadLetters();
    }

    private static void assertNoDeadLetters() throws Exception {
        for (Subscription subscription : Cloud.TOPOLOGY.subscriptions()) {
            try (Mailbox dead = Mailbox.of(cloud, subscription.deadLetterName())) {
                assertThat(dead.all()).as(subscription.deadLetterName()).isEmpty();
            }
        }
    }

    private static boolean isAt(JsonNode record, Set<String> stages) {
        return stages.contains(record.path("stage").asText());
    }

    private static boolean wasListed(JsonNode record) {
        Instant begun = Instant.parse(record.at("/history/0/at").asText());
        long dropped = Long.parseLong(record.path("order").asText().split("-", -1)[0]);
        return begun.isAfter(Instant.ofEpochMilli(dropped).plus(LISTED_AFTER));
    }

    @Test
    @Order(1)
    void eachWorkerIsRestartedInTurn() throws Exception {
        try (ManyDrops drops = new ManyDrops(installation, cloud, "rolled", SERVICES)) {
            for (String worker : STAGES) {
                drops.drop(FEWER);
                installation.stop(worker);
                drops.drop(FEWER);
                assertThat(drops.unfinished())
                        .as("wait for the " + worker)
                        .isGreaterThanOrEqualTo(FEWER);
                assertThat(installation.slipway("up").exits(0).out())
                        .contains(worker + " is gone; starting it again");
            }

            drops.assertEachEndsOnce();
        }
    }

    @Test
    @Order(2)
    void theBusIsWipedWhileAllWaitAtADoor() throws Exception {
        try (ManyDrops drops = new ManyDrops(installation, cloud, "wiped", SERVICES)) {
            installation.freeze("deploy-worker");
            drops.drop(MANY);
            drops.awaitRecords("none is before its image", MANY, it -> isAt(it, PAST_BUILDING));
            installation.freeze("build-worker");
            drops.drop(MANY);
            drops.awaitRecords("none is before its build", 2 * MANY, it -> !isAt(it, BEFORE));
            bus.seekBeyondEverything();
            installation.thaw("build-worker");
            installation.thaw("deploy-worker");

            drops.assertEachEndsOnce();
            assertThat(drops.records().stream().filter(it -> it.path("injection").asInt() > 0))
                    .as("continued by a sweep")
                    .hasSizeGreaterThan(MANY - IN_HAND);
        }
    }

    @Test
    @Order(3)
    void theSubscriptionsAreDeletedAndMadeAnew() throws Exception {
        try (ManyDrops drops = new ManyDrops(installation, cloud, "anew", SERVICES)) {
            drops.drop(MANY);
            drops.awaitRecords("all are known", MANY, _ -> true);
            bus.recreate();
            drops.drop(SERVICES);

            drops.assertEachEndsOnce();
        }
    }

    @Test
    @Order(4)
    void theCloudIsRestartedAndKilled() throws Exception {
        try (ManyDrops drops = new ManyDrops(installation, cloud, "cloudless", SERVICES)) {
            drops.drop(FEWER);
            installation.stopCloud();
            assertThat(installation.slipway("up").exits(0).out())
                    .contains("local-cloud is gone; starting it again")
                    .doesNotContain("worker is gone");
            drops.drop(FEWER);
            drops.expectKill();
            installation.killCloud();
            assertThat(installation.slipway("up").exits(0).out())
                    .contains("local-cloud is gone; starting it again")
                    .doesNotContain("worker is gone");

            drops.assertEachEndsOnce();
        }
    }

    @Test
    @Order(5)
    void whatNoMessageToldOfIsFound() throws Exception {
        untold.assertEachEndsOnce();
        assertThat(untold.records().stream().filter(HundredsUnderWayTest::wasListed))
                .as("found by listing")
                .isNotEmpty();
    }
}
