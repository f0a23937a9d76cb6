package dev.slipway.endtoend;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.api.gax.core.NoCredentialsProvider;
import com.google.api.gax.grpc.InstantiatingGrpcChannelProvider;
import com.google.api.gax.rpc.TransportChannelProvider;
import com.google.cloud.NoCredentials;
import com.google.cloud.devtools.cloudbuild.v1.CloudBuildClient;
import com.google.cloud.devtools.cloudbuild.v1.CloudBuildSettings;
import com.google.cloud.pubsub.v1.SubscriptionAdminClient;
import com.google.cloud.pubsub.v1.SubscriptionAdminSettings;
import com.google.cloud.pubsub.v1.TopicAdminClient;
import com.google.cloud.pubsub.v1.TopicAdminSettings;
import com.google.cloud.storage.Blob;
import com.google.cloud.storage.BlobInfo;
import com.google.cloud.storage.Storage;
import com.google.cloud.storage.StorageOptions;
import com.google.cloudbuild.v1.Build;
import com.google.cloudbuild.v1.ListBuildsRequest;
import dev.slipway.contracts.Answer;
import dev.slipway.contracts.Json;
import dev.slipway.contracts.Topology;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.StreamSupport;
import org.awaitility.Awaitility;

/** An installation's cloud, as Google's own clients see it. */
final class Cloud {
    static final String PROJECT = "local-project";
    static final String REGION = "europe-west1";
    static final Topology TOPOLOGY = Topology.of(PROJECT, "slipway");

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(50);

    private final String endpoint;
    private final Storage storage;

    Cloud(Installation installation) throws IOException {
        this(installation.endpoint());
    }

    /** What answers at this address. */
    Cloud(String endpoint) {
        this.endpoint = endpoint;
        this.storage =
                StorageOptions.newBuilder()
                        .setHost(endpoint)
                        .setProjectId(PROJECT)
                        .setCredentials(NoCredentials.getInstance())
                        .build()
                        .getService();
    }

    Storage storage() {
        return storage;
    }

    static String dropBucket() {
        return TOPOLOGY.bucket("drop").name();
    }

    /** Puts an archive into the drop bucket. */
    Blob upload(Path archive, String object) throws IOException {
        return storage.createFrom(BlobInfo.newBuilder(dropBucket(), object).build(), archive);
    }

    /** The answer to an object, if there is one yet. */
    Optional<Answer> answer(String object) {
        Blob stored = storage.get(dropBucket(), Answer.nameFor(object));
        if (stored == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    Json.read(
                            storage.readAllBytes(dropBucket(), Answer.nameFor(object)),
                            Answer.class));
        } catch (IOException e) {
            throw new AssertionError("the answer to " + object + " does not parse", e);
        }
    }

    /** Waits until the answer to this object is as wanted. */
    Answer await(String object, String what, Predicate<Answer> wanted) {
        return await(object, what, wanted, PATIENCE);
    }

    /** The same, but no longer than this. */
    Answer await(String object, String what, Predicate<Answer> wanted, Duration longest) {
        return Awaitility.await(object + " " + what)
                .atMost(longest)
                .pollInterval(BETWEEN_LOOKS)
                .until(() -> answer(object), found -> found.filter(wanted).isPresent())
                .orElseThrow();
    }

    /** Waits until the drop of these very bytes has an outcome. */
    Answer awaitOutcome(Blob dropped) {
        return awaitOutcome(dropped, PATIENCE);
    }

    /** The same, but no longer than this. */
    Answer awaitOutcome(Blob dropped, Duration longest) {
        return await(
                dropped.getName(),
                "has an outcome",
                answer ->
                        answer.outcome() != null
                                && answer.generation()
                                        .equals(Long.toString(dropped.getGeneration())),
                longest);
    }

    /** Every build of the default region. */
    List<Build> builds() throws IOException {
        CloudBuildSettings settings =
                CloudBuildSettings.newBuilder()
                        .setTransportChannelProvider(
                                channel(CloudBuildSettings.defaultGrpcTransportProviderBuilder()))
                        .setCredentialsProvider(NoCredentialsProvider.create())
                        .build();
        try (CloudBuildClient client = CloudBuildClient.create(settings)) {
            ListBuildsRequest all =
                    ListBuildsRequest.newBuilder()
                            .setProjectId(PROJECT)
                            .setParent("projects/" + PROJECT + "/locations/" + REGION)
                            .build();
            return StreamSupport.stream(client.listBuilds(all).iterateAll().spliterator(), false)
                    .toList();
        }
    }

    /** All that a service's instances printed, of every revision. */
    String log(String service) throws IOException, InterruptedException {
        String revisions =
                Web.text(
                        "%s/run/v2/projects/%s/locations/%s/services/%s/revisions"
                                .formatted(endpoint, PROJECT, REGION, service));
        StringBuilder log = new StringBuilder();
        for (JsonNode revision :
                Json.read(revisions.getBytes(UTF_8), JsonNode.class).path("revisions")) {
            log.append(Web.text(revision.path("logUri").asText()));
        }
        return log.toString();
    }

    /** Waits until a service's instances printed this. */
    String awaitLog(String service, String wanted) {
        return Awaitility.await(service + " printed " + wanted)
                .atMost(PATIENCE)
                .until(() -> log(service), log -> log.contains(wanted));
    }

    TopicAdminClient topics() throws IOException {
        return TopicAdminClient.create(
                TopicAdminSettings.newBuilder()
                        .setTransportChannelProvider(
                                channel(TopicAdminSettings.defaultGrpcTransportProviderBuilder()))
                        .setCredentialsProvider(NoCredentialsProvider.create())
                        .build());
    }

    SubscriptionAdminClient subscriptions() throws IOException {
        return SubscriptionAdminClient.create(
                SubscriptionAdminSettings.newBuilder()
                        .setTransportChannelProvider(
                                channel(
                                        SubscriptionAdminSettings
                                                .defaultGrpcTransportProviderBuilder()))
                        .setCredentialsProvider(NoCredentialsProvider.create())
                        .build());
    }

    private TransportChannelProvider channel(InstantiatingGrpcChannelProvider.Builder defaults) {
        return defaults.setEndpoint(URI.create(endpoint).getAuthority())
                .setChannelConfigurator(builder -> builder.usePlaintext())
                .build();
    }
}
