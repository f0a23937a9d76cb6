package dev.slipway.endtoend;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.maxBy;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.cloud.storage.Blob;
import com.google.cloud.storage.BlobInfo;
import com.google.cloud.storage.Storage.BlobListOption;
import com.google.pubsub.v1.PubsubMessage;
import dev.slipway.contracts.DeploymentId;
import dev.slipway.contracts.Json;
import dev.slipway.contracts.ObjectVersion;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.awaitility.Awaitility;

/**
 * Many drops over some services, and how they end: from the records, the answers and what was
 * published, read as the JSON that stands there.
 */
final class ManyDrops implements AutoCloseable {
    private static final int UPLOADS_AT_ONCE = 8;
    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);

    /** What was published just before the local cloud was killed may be lost with it. */
    private static final Duration IN_MEMORY_ONLY = Duration.ofSeconds(2);

    private final Installation installation;
    private final Cloud cloud;
    private final String name;
    private final int services;
    private final Mailbox finished;
    private final List<Blob> drops = new ArrayList<>();
    private Instant killed = Instant.MIN;

    /**
     * None is dropped yet.
     *
     * @param name of their services, but for the number
     */
    ManyDrops(Installation installation, Cloud cloud, String name, int services)
            throws IOException {
        this.installation = installation;
        this.cloud = cloud;
        this.name = name;
        this.services = services;
        this.finished =
                Mailbox.on(
                        cloud,
                        Cloud.TOPOLOGY.topic("deployment-finished").name(),
                        name + "-finished");
    }

    /** Drops so many more. Every other service's come under one name, the others' under many. */
    void drop(int count) throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(UPLOADS_AT_ONCE)) {
            List<Future<Blob>> uploads = new ArrayList<>();
            for (int more = 0; more < count; more++) {
                int number = drops.size() + more;
                uploads.add(threads.submit(() -> upload(number)));
            }
            for (Future<Blob> upload : uploads) {
                drops.add(upload.get());
            }
        }
    }

    private Blob upload(int number) throws IOException {
        String service = name + "-" + number % services;
        String object = number % 2 == 0 ? service : service + "/" + number;
        return cloud.storage()
                .create(
                        BlobInfo.newBuilder(Cloud.dropBucket(), object + ".tar.gz").build(),
                        Sample.saying("drop " + number).tarGz());
    }

    /** The local cloud is about to be killed. */
    void expectKill() {
        killed = Instant.now();
    }

    /** How many of them are not over, be it that nobody has taken them up yet. */
    long unfinished() {
        Set<String> open = names("open/");
        Set<String> known = names("deployments/");
        return drops.stream()
                .map(ManyDrops::id)
                .filter(id -> open.contains(id) || !known.contains(id))
                .count();
    }

    /** Waits until so many have a record like this. */
    void awaitRecords(String what, int count, Predicate<JsonNode> wanted) {
        Awaitility.await(what)
                .atMost(PATIENCE)
                .pollInterval(BETWEEN_LOOKS)
                .until(() -> records().stream().filter(wanted).count() >= count);
    }

    /** The records of those that have one. */
    List<JsonNode> records() {
        Set<String> known = names("deployments/");
        return drops.stream().map(ManyDrops::id).filter(known::contains).map(this::record).toList();
    }

    private JsonNode record(String deployment) {
        return json(Cloud.TOPOLOGY.bucket("ledger").name(), "deployments/" + deployment);
    }

    /** Waits until all are over, then fails unless each has its one outcome everywhere. */
    void assertEachEndsOnce() throws Exception {
        Awaitility.await(name + ": all are over")
                .atMost(PATIENCE)
                .pollInterval(BETWEEN_LOOKS)
                .until(() -> unfinished() == 0);
        Map<String, Set<String>> told = told();
        for (Blob drop : drops) {
            assertEndsOnce(drop, told.getOrDefault(id(drop), Set.of()));
        }
        newestOf(Blob::getName).forEach(this::assertAnswered);
        for (Blob newest : newestOf(ManyDrops::serviceOf)) {
            assertLive(newest);
        }
    }

    private Map<String, Set<String>> told() throws IOException {
        Map<String, Set<String>> told = new HashMap<>();
        for (PubsubMessage message : finished.all()) {
            JsonNode event = Json.read(message.getData().toByteArray(), JsonNode.class);
            told.computeIfAbsent(event.path("deployment").asText(), _ -> new TreeSet<>())
                    .add(
                            String.join(
                                    " ",
                                    event.path("outcome").asText(),
                                    event.path("reason").asText(),
                                    message.getAttributesOrThrow("ce-id")));
        }
        return told;
    }

    private void assertEndsOnce(Blob drop, Set<String> told) {
        JsonNode record = record(id(drop));
        assertThat(record.path("stage").asText()).as("%s", record).isEqualTo("DONE");
        String reason = record.at("/verdict/reason").asText();
        if (told.isEmpty() && mayBeLost(id(drop))) {
            return;
        }
        assertThat(told).as("what was published of %s", record).hasSize(1);
        assertThat(told.iterator().next().split(" ", -1)[1]).isEqualTo(reason);
    }

    private boolean mayBeLost(String deployment) {
        Instant over =
                cloud.storage()
                        .get(Cloud.TOPOLOGY.bucket("ledger").name(), "deployments/" + deployment)
                        .getUpdateTimeOffsetDateTime()
                        .toInstant();
        return over.isBefore(killed.plus(IN_MEMORY_ONLY))
                && over.isAfter(killed.minus(IN_MEMORY_ONLY));
    }

    private void assertAnswered(Blob drop) {
        JsonNode answer = json(Cloud.dropBucket(), "status/" + drop.getName() + ".json");
        assertThat(answer.path("deployment").asText()).as("%s", answer).isEqualTo(id(drop));
        assertThat(answer.path("state").asText()).as("%s", answer).isEqualTo("DONE");
        assertThat(answer.path("reason").asText())
                .as("%s", answer)
                .isEqualTo(record(id(drop)).at("/verdict/reason").asText());
    }

    /** A service's newest drop is never superseded, and all of its traffic goes to it. */
    private void assertLive(Blob newest) throws Exception {
        JsonNode record = record(id(newest));
        assertThat(record.at("/verdict/reason").asText()).as("%s", record).isEqualTo("DEPLOYED");
        JsonNode service =
                Json.read(
                        Web.text(
                                        "%s/run/v2/projects/%s/locations/%s/services/%s"
                                                .formatted(
                                                        installation.endpoint(),
                                                        Cloud.PROJECT,
                                                        Cloud.REGION,
                                                        serviceOf(newest)))
                                .getBytes(UTF_8),
                        JsonNode.class);
        assertThat(traffic(service, record.path("revision").asText()))
                .as("the share of %s in %s", record, service.path("trafficStatuses"))
                .isEqualTo(100);
    }

    private static int traffic(JsonNode service, String revision) {
        return StreamSupport.stream(service.path("trafficStatuses").spliterator(), false)
                .filter(one -> one.path("revision").asText().equals(revision))
                .mapToInt(one -> one.path("percent").asInt())
                .sum();
    }

    private Collection<Blob> newestOf(Function<Blob, String> kind) {
        Comparator<Blob> byOrder =
                Comparator.<Blob, Instant>comparing(
                                blob -> blob.getCreateTimeOffsetDateTime().toInstant())
                        .thenComparing(Blob::getGeneration);
        return drops.stream().collect(groupingBy(kind, maxBy(byOrder))).values().stream()
                .map(Optional::orElseThrow)
                .toList();
    }

    private static String serviceOf(Blob drop) {
        return drop.getName().replaceAll("[/.].*", "");
    }

    private static String id(Blob drop) {
        return DeploymentId.of(
                        new ObjectVersion(drop.getBucket(), drop.getName(), drop.getGeneration()))
                .value();
    }

    private Set<String> names(String prefix) {
        return StreamSupport.stream(
                        cloud.storage()
                                .list(
                                        Cloud.TOPOLOGY.bucket("ledger").name(),
                                        BlobListOption.prefix(prefix))
                                .iterateAll()
                                .spliterator(),
                        false)
                .map(blob -> blob.getName().substring(prefix.length()))
                .collect(Collectors.toSet());
    }

    private JsonNode json(String bucket, String object) {
        try {
            return Json.read(cloud.storage().readAllBytes(bucket, object), JsonNode.class);
        } catch (IOException e) {
            throw new AssertionError(object + " does not parse", e);
        }
    }

    @Override
    public void close() {
        finished.close();
    }
}
