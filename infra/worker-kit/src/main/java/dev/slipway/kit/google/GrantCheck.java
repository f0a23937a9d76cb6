package dev.slipway.kit.google;

import com.google.api.gax.rpc.ApiException;
import com.google.api.gax.rpc.UnimplementedException;
import com.google.cloud.ServiceOptions;
import com.google.cloud.pubsub.v1.SubscriptionAdminClient;
import com.google.cloud.pubsub.v1.SubscriptionAdminSettings;
import com.google.cloud.pubsub.v1.TopicAdminClient;
import com.google.cloud.pubsub.v1.TopicAdminSettings;
import com.google.cloud.storage.Storage;
import com.google.cloud.storage.StorageException;
import com.google.iam.v1.TestIamPermissionsRequest;
import com.google.pubsub.v1.SubscriptionName;
import com.google.pubsub.v1.TopicName;
import dev.slipway.contracts.Topology;
import dev.slipway.contracts.Topology.Grant;
import dev.slipway.kit.SlipwayConfig;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Asks the platform ({@code testIamPermissions}) for what the topology grants this worker's
 * identity.
 */
@Singleton
class GrantCheck implements Check {
    private static final Duration ANSWERED_WITHIN = Duration.ofSeconds(10);
    private static final String DEAD = "-dead";

    private final GoogleAccess access;
    private final SlipwayConfig config;
    private final Topology topology;
    private final Storage storage;

    /** Nothing is asked twice here: whoever checks checks again soon. */
    GrantCheck(GoogleAccess access, SlipwayConfig config, Topology topology, Storage storage) {
        this.access = access.toPubSub();
        this.config = config;
        this.topology = topology;
        this.storage =
                storage.getOptions().toBuilder()
                        .setRetrySettings(ServiceOptions.getNoRetrySettings())
                        .build()
                        .getService();
    }

    @Override
    public List<String> lacking() {
        try (TopicAdminClient topics = TopicAdminClient.create(topicSettings());
                SubscriptionAdminClient subscriptions =
                        SubscriptionAdminClient.create(subscriptionSettings())) {
            return topology.identity(config.identity()).grants().stream()
                    .map(grant -> lacking(grant, topics, subscriptions))
                    .flatMap(Optional::stream)
                    .toList();
        } catch (IOException | RuntimeException e) {
            return List.of("the platform could not be asked: " + e.getMessage());
        }
    }

    /**
     * Grants on the project and on parts of a bucket are conditional or created on demand, so they
     * are not asked for.
     */
    private Optional<String> lacking(
            Grant grant, TopicAdminClient topics, SubscriptionAdminClient subscriptions) {
        String[] kindAndId = grant.on().split(":", 2);
        if (kindAndId.length < 2 || grant.prefix() != null || grant.on().equals("bucket:staging")) {
            return Optional.empty();
        }
        String id = kindAndId[1];
        return switch (kindAndId[0]) {
            case "bucket" ->
                    lacking(topology.bucket(id).name(), "bucket", grant, this::heldOnBucket);
            case "topic" ->
                    lacking(
                            topicName(id),
                            "topic",
                            grant,
                            request ->
                                    topics.testIamPermissions(
                                                    iam(
                                                            TopicName.format(
                                                                    config.project(),
                                                                    request.name()),
                                                            request.permissions()))
                                            .getPermissionsList());
            case "subscription" ->
                    lacking(
                            topology.subscription(id).name(),
                            "subscription",
                            grant,
                            request ->
                                    subscriptions
                                            .testIamPermissions(
                                                    iam(
                                                            SubscriptionName.format(
                                                                    config.project(),
                                                                    request.name()),
                                                            request.permissions()))
                                            .getPermissionsList());
            default -> Optional.empty();
        };
    }

    private record Request(String name, List<String> permissions) {}

    private String topicName(String id) {
        return id.endsWith(DEAD)
                ? topology.subscription(id.substring(0, id.length() - DEAD.length()))
                        .deadLetterName()
                : topology.topic(id).name();
    }

    private static Optional<String> lacking(
            String name, String kind, Grant grant, Function<Request, List<String>> held) {
        try {
            List<String> has = held.apply(new Request(name, grant.permissions()));
            List<String> lacks =
                    grant.permissions().stream()
                            .filter(permission -> !has.contains(permission))
                            .toList();
            return lacks.isEmpty()
                    ? Optional.empty()
                    : Optional.of(
                            "no permission "
                                    + String.join(", ", lacks)
                                    + " on the "
                                    + kind
                                    + " "
                                    + name);
        } catch (UnimplementedException _) { // Google's emulator of Pub/Sub knows no permissions
            return Optional.empty();
        } catch (ApiException e) {
            return Optional.of("the " + kind + " " + name + ": " + e.getStatusCode().getCode());
        } catch (StorageException e) {
            return Optional.of(
                    "the " + kind + " " + name + ": " + e.getCode() + " " + e.getMessage());
        }
    }

    private List<String> heldOnBucket(Request request) {
        List<Boolean> answers = storage.testIamPermissions(request.name(), request.permissions());
        return IntStream.range(0, answers.size())
                .filter(answers::get)
                .mapToObj(request.permissions()::get)
                .toList();
    }

    private static TestIamPermissionsRequest iam(String resource, List<String> permissions) {
        return TestIamPermissionsRequest.newBuilder()
                .setResource(resource)
                .addAllPermissions(permissions)
                .build();
    }

    private TopicAdminSettings topicSettings() throws IOException {
        TopicAdminSettings.Builder settings =
                access.reaching(
                        TopicAdminSettings.newBuilder(),
                        TopicAdminSettings.defaultGrpcTransportProviderBuilder());
        settings.testIamPermissionsSettings().setSimpleTimeoutNoRetriesDuration(ANSWERED_WITHIN);
        return settings.build();
    }

    private SubscriptionAdminSettings subscriptionSettings() throws IOException {
        SubscriptionAdminSettings.Builder settings =
                access.reaching(
                        SubscriptionAdminSettings.newBuilder(),
                        SubscriptionAdminSettings.defaultGrpcTransportProviderBuilder());
        settings.testIamPermissionsSettings().setSimpleTimeoutNoRetriesDuration(ANSWERED_WITHIN);
        return settings.build();
    }
}
