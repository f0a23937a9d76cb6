package dev.slipway.deploy.google;

import com.google.api.gax.rpc.ApiException;
import com.google.api.gax.rpc.NotFoundException;
import com.google.cloud.eventarc.v1.CreateTriggerRequest;
import com.google.cloud.eventarc.v1.DeleteTriggerRequest;
import com.google.cloud.eventarc.v1.ListTriggersRequest;
import com.google.cloud.eventarc.v1.Trigger;
import com.google.cloud.storage.Bucket;
import com.google.cloud.storage.Storage;
import com.google.cloud.storage.Storage.BucketField;
import com.google.cloud.storage.Storage.BucketGetOption;
import com.google.cloud.storage.StorageException;
import com.google.longrunning.Operation;
import com.google.pubsub.v1.TopicName;
import dev.slipway.contracts.ServiceKey;
import dev.slipway.contracts.Topology;
import dev.slipway.contracts.manifest.Trigger.Pubsub;
import dev.slipway.deploy.decide.Delivery;
import dev.slipway.deploy.decide.TargetSeen;
import dev.slipway.deploy.decide.TriggerPlan;
import dev.slipway.deploy.decide.TriggerSeen;
import dev.slipway.deploy.gateway.Triggers;
import dev.slipway.kit.FailureKind;
import dev.slipway.kit.GatewayException;
import dev.slipway.kit.SlipwayConfig;
import dev.slipway.kit.google.GoogleFailures;
import dev.slipway.ledger.Pause;
import jakarta.enterprise.inject.Typed;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Triggers of Eventarc. What they listen to and the subscriptions below them are Pub/Sub's. */
@Singleton
@Typed(EventarcTriggers.class)
class EventarcTriggers implements Triggers {
    /** Eventarc has no more in one location; an installation has few locations. */
    private static final int MOST_TRIGGERS = 10_000;

    private static final int PAGE = 500;

    private final String project;
    private final String installation;
    private final String serviceAccount;
    private final EventClients clients;
    private final EventSubscriptions subscriptions;
    private final Storage storage;
    private final EventOperations operations;

    EventarcTriggers(
            SlipwayConfig config,
            Topology topology,
            EventClients clients,
            Storage storage,
            Pause pause) {
        this.project = config.project();
        this.installation = config.installation();
        this.serviceAccount = topology.identity("trigger").email(project);
        this.clients = clients;
        this.subscriptions =
                new EventSubscriptions(
                        clients,
                        TopicName.format(project, topology.topic("undelivered-events").name()));
        this.storage = storage;
        this.operations = new EventOperations(clients, pause);
    }

    @Override
    public List<TriggerSeen> of(ServiceKey service) {
        String tried = "read the triggers of " + service;
        return asking(
                tried,
                () ->
                        ours().filter(trigger -> isOf(trigger, service))
                                .map(trigger -> seen(trigger, service, delivery(trigger)))
                                .toList());
    }

    @Override
    public List<TriggerSeen> all() {
        return asking(
                "list the triggers",
                () ->
                        ours().map(
                                        trigger ->
                                                seen(
                                                        trigger,
                                                        EventarcShapes.service(
                                                                        trigger, installation)
                                                                .orElseThrow(),
                                                        null))
                                .toList());
    }

    /** A bucket's triggers live where the bucket is, so all locations are asked. */
    private Stream<Trigger> ours() {
        ListTriggersRequest request =
                ListTriggersRequest.newBuilder().setParent(location("-")).setPageSize(PAGE).build();
        return StreamSupport.stream(
                        clients.eventarc().listTriggers(request).iterateAll().spliterator(), false)
                .limit(MOST_TRIGGERS)
                .filter(trigger -> EventarcShapes.service(trigger, installation).isPresent());
    }

    private boolean isOf(Trigger trigger, ServiceKey service) {
        return EventarcShapes.service(trigger, installation).filter(service::equals).isPresent();
    }

    private static TriggerSeen seen(
            Trigger trigger, ServiceKey service, @Nullable Delivery delivery) {
        return new TriggerSeen(
                EventarcShapes.id(trigger),
                EventarcShapes.location(trigger),
                service,
                EventarcShapes.failure(trigger),
                delivery);
    }

    private @Nullable Delivery delivery(Trigger trigger) {
        String subscription = trigger.getTransport().getPubsub().getSubscription();
        return subscription.isEmpty() ? null : subscriptions.delivery(subscription).orElse(null);
    }

    @Override
    public TargetSeen target(TriggerPlan plan) {
        return switch (plan.trigger()) {
            case Pubsub(String topic, _, _, _, _) ->
                    new TargetSeen(plan, topic == null || isThere(topic), null);
            case dev.slipway.contracts.manifest.Trigger.Storage storageTrigger -> {
                Optional<String> location = locationOf(storageTrigger.bucket());
                yield new TargetSeen(plan, location.isPresent(), location.orElse(null));
            }
        };
    }

    private boolean isThere(String topic) {
        return asking(
                "read the topic " + topic,
                () -> {
                    try {
                        clients.topics().getTopic(TopicName.format(project, topic));
                        return true;
                    } catch (NotFoundException _) {
                        return false;
                    }
                });
    }

    private Optional<String> locationOf(String bucket) {
        try {
            return Optional.ofNullable(
                            storage.get(bucket, BucketGetOption.fields(BucketField.LOCATION)))
                    .map(Bucket::getLocation)
                    .map(location -> location.toLowerCase(Locale.ROOT));
        } catch (StorageException e) {
            throw GoogleFailures.of("read the bucket " + bucket, e);
        }
    }

    @Override
    public void create(TriggerPlan plan) {
        String tried = "create the trigger " + plan.id() + " for " + plan.words();
        CreateTriggerRequest request =
                CreateTriggerRequest.newBuilder()
                        .setParent(location(locationFor(plan, tried)))
                        .setTriggerId(plan.id())
                        .setTrigger(EventarcShapes.of(plan, project, installation, serviceAccount))
                        .build();
        asking(tried, () -> awaited(clients.eventarc().createTriggerCallable().call(request)));
    }

    private String locationFor(TriggerPlan plan, String tried) {
        return switch (plan.trigger()) {
            case Pubsub _ -> plan.service().region();
            case dev.slipway.contracts.manifest.Trigger.Storage storageTrigger ->
                    locationOf(storageTrigger.bucket())
                            .orElseThrow(
                                    () ->
                                            new GatewayException(
                                                    FailureKind.NOT_FOUND,
                                                    tried,
                                                    "there is no bucket " + storageTrigger.bucket(),
                                                    null));
        };
    }

    private boolean awaited(Operation operation) {
        return operations.await(operation);
    }

    @Override
    public void adjust(TriggerPlan plan, TriggerSeen trigger) {
        asking(
                "let the trigger " + plan.id() + " for " + plan.words() + " deliver as wanted",
                () -> {
                    String subscription =
                            clients.eventarc()
                                    .getTrigger(name(trigger))
                                    .getTransport()
                                    .getPubsub()
                                    .getSubscription();
                    subscriptions.adjust(subscription, plan.delivery());
                    return true;
                });
    }

    @Override
    public void delete(TriggerSeen trigger) {
        DeleteTriggerRequest request =
                DeleteTriggerRequest.newBuilder()
                        .setName(name(trigger))
                        .setAllowMissing(true)
                        .build();
        asking(
                "delete the trigger " + trigger.id(),
                () -> awaited(clients.eventarc().deleteTriggerCallable().call(request)));
    }

    private String name(TriggerSeen trigger) {
        return location(trigger.location()) + "/triggers/" + trigger.id();
    }

    private String location(String location) {
        return "projects/" + project + "/locations/" + location;
    }

    private static <T> T asking(String tried, Supplier<T> ask) {
        try {
            return ask.get();
        } catch (ApiException e) {
            throw EventOperations.failure(tried, e);
        }
    }
}
