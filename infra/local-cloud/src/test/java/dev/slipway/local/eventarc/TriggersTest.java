package dev.slipway.local.eventarc;

import static dev.slipway.local.eventarc.GivenEventarc.ACCOUNT;
import static dev.slipway.local.eventarc.GivenEventarc.PARENT;
import static dev.slipway.local.eventarc.GivenEventarc.filter;
import static dev.slipway.local.eventarc.GivenEventarc.ofBucket;
import static dev.slipway.local.eventarc.GivenEventarc.ofTopic;
import static dev.slipway.local.eventarc.GivenEventarc.topic;
import static dev.slipway.local.eventarc.GivenEventarc.trigger;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.api.gax.rpc.NotFoundException;
import com.google.api.gax.rpc.StatusCode.Code;
import com.google.cloud.eventarc.v1.CreateTriggerRequest;
import com.google.cloud.eventarc.v1.DeleteTriggerRequest;
import com.google.cloud.eventarc.v1.EventarcClient;
import com.google.cloud.eventarc.v1.ListTriggersRequest;
import com.google.cloud.eventarc.v1.Trigger;
import com.google.cloud.eventarc.v1.UpdateTriggerRequest;
import com.google.protobuf.FieldMask;
import com.google.protobuf.util.Durations;
import com.google.pubsub.v1.ExpirationPolicy;
import com.google.pubsub.v1.Subscription;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.StreamSupport;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Triggers, made, read, changed and deleted by Google's client. */
@SuppressWarnings("NullAway.Init") // set before each test
class TriggersTest {
    private static final String URL = "http://localhost:9";

    @TempDir Path home;
    private GivenEventarc cloud;

    @BeforeEach
    void start() throws Exception {
        cloud =
                new GivenEventarc(
                        home,
                        Map.of(
                                "europe-west1/hello",
                                URL,
                                "us-central1/other",
                                "http://localhost:10"));
    }

    @AfterEach
    void stop() {
        cloud.close();
    }

    private static void refused(Code code, String says, ThrowingCallable call) {
        ExecutionException e = catchThrowableOfType(ExecutionException.class, call);
        assertThat(e).as("a refusal").isNotNull();
        assertThat(GivenEventarc.code(e)).as(e.getMessage()).isEqualTo(code);
        assertThat(e).hasMessageContaining(says);
    }

    private void refused(Code code, String says, Trigger.Builder trigger) {
        refused(code, says, () -> cloud.create("bad", trigger));
    }

    private Subscription subscription(Trigger trigger) {
        return cloud.subscriptions.getSubscription(
                trigger.getTransport().getPubsub().getSubscription());
    }

    @Test
    void aTriggerHasWhatGoogleGivesIt() throws Exception {
        Trigger created =
                cloud.create("on-order", trigger(EventKind.PUBLISHED).putLabels("team", "shop"));

        assertThat(created.getName()).isEqualTo(PARENT + "/triggers/on-order");
        assertThat(created.getUid()).matches("[0-9a-f-]{36}");
        assertThat(created.getEtag()).isNotEmpty();
        assertThat(created.hasCreateTime() && created.hasUpdateTime()).isTrue();
        assertThat(created.getLabelsMap()).containsEntry("team", "shop");
        assertThat(created.getTransport().getPubsub().getTopic())
                .matches("projects/local-project/topics/eventarc-europe-west1-on-order-\\d{3}");
        assertThat(created.getTransport().getPubsub().getSubscription())
                .matches(
                        "projects/local-project/subscriptions/eventarc-europe-west1-on-order-\\d{6}-sub-\\d{3}");
        assertThat(cloud.eventarc.getTrigger(created.getName())).isEqualTo(created);

        Subscription made = subscription(created);
        assertThat(made.getMessageRetentionDuration()).isEqualTo(Durations.fromDays(1));
        assertThat(made.getRetryPolicy().getMinimumBackoff()).isEqualTo(Durations.fromSeconds(10));
        assertThat(made.getRetryPolicy().getMaximumBackoff()).isEqualTo(Durations.fromSeconds(600));
        assertThat(made.getExpirationPolicy()).isEqualTo(ExpirationPolicy.getDefaultInstance());
        assertThat(made.getLabelsMap()).containsKeys("goog-eventarc", "goog-drz-eventarc-uuid");
        assertThat(made.getPushConfig().getOidcToken().getServiceAccountEmail()).isEqualTo(ACCOUNT);
        assertThat(made.getPushConfig().getOidcToken().getAudience()).isEqualTo(URL);
        assertThat(made.getPushConfig().getPushEndpoint())
                .startsWith(
                        URL + "?__GCP_CloudEventsMode=CUSTOM_PUBSUB_projects%2Flocal-project%2F");
    }

    @Test
    void deletingRemovesWhatWasMadeAndLeavesTheUsersTopic() throws Exception {
        cloud.bucket("photos");
        cloud.topics.createTopic(topic("orders"));
        Trigger photo = cloud.create("on-photo", ofBucket("photos", "finalized"));
        Trigger order = cloud.create("on-order", ofTopic(topic("orders")));
        assertThat(cloud.storage.listNotifications("photos")).hasSize(1);

        for (Trigger trigger : List.of(photo, order)) {
            cloud.eventarc.deleteTriggerAsync(trigger.getName(), false).get();
            assertThat(catchThrowableOfType(NotFoundException.class, () -> subscription(trigger)))
                    .isNotNull();
        }

        assertThat(cloud.storage.listNotifications("photos")).isEmpty();
        assertThat(cloud.topics.listTopics("projects/local-project").iterateAll())
                .extracting(found -> found.getName())
                .containsExactly(topic("orders"));
        assertThat(cloud.eventarc.listTriggers(PARENT).iterateAll()).isEmpty();
    }

    @Test
    void anEtagGuardsTheDeletion() throws Exception {
        Trigger trigger = cloud.create("on-order", trigger(EventKind.PUBLISHED));
        DeleteTriggerRequest.Builder deletion =
                DeleteTriggerRequest.newBuilder().setName(trigger.getName());

        refused(
                Code.ABORTED,
                "etag",
                () -> cloud.eventarc.deleteTriggerAsync(deletion.setEtag("\"old\"").build()).get());
        deletion.setEtag(trigger.getEtag());
        cloud.eventarc.deleteTriggerAsync(deletion.clone().setValidateOnly(true).build()).get();
        assertThat(cloud.eventarc.getTrigger(trigger.getName())).isEqualTo(trigger);
        cloud.eventarc.deleteTriggerAsync(deletion.build()).get();
        refused(
                Code.NOT_FOUND,
                "on-order",
                () -> cloud.eventarc.deleteTriggerAsync(trigger.getName(), false).get());
        cloud.eventarc.deleteTriggerAsync(trigger.getName(), true).get();
    }

    @Test
    void updatesWhatTheMaskNames() throws Exception {
        Trigger trigger =
                cloud.create("on-order", trigger(EventKind.PUBLISHED).putLabels("team", "shop"));
        Trigger.Builder wanted = trigger.toBuilder().clearLabels();
        wanted.getDestinationBuilder()
                .getCloudRunBuilder()
                .setService("other")
                .setRegion("us-central1")
                .setPath("/in");

        Trigger changed =
                cloud.eventarc
                        .updateTriggerAsync(
                                wanted.build(),
                                FieldMask.newBuilder().addPaths("destination").build(),
                                false)
                        .get();

        assertThat(changed.getLabelsMap()).containsEntry("team", "shop");
        assertThat(changed.getUid()).isEqualTo(trigger.getUid());
        assertThat(changed.getEtag()).isNotEqualTo(trigger.getEtag());
        assertThat(changed.getTransport()).isEqualTo(trigger.getTransport());
        assertThat(subscription(changed).getPushConfig().getPushEndpoint())
                .startsWith("http://localhost:10/in?__GCP_CloudEventsMode=CUSTOM_PUBSUB_");
        assertThat(subscription(changed).getPushConfig().getOidcToken().getAudience())
                .isEqualTo("http://localhost:10");
        refused(
                Code.INVALID_ARGUMENT,
                "transport",
                () ->
                        cloud.eventarc
                                .updateTriggerAsync(
                                        wanted.build(),
                                        FieldMask.newBuilder().addPaths("transport").build(),
                                        false)
                                .get());
    }

    @Test
    void anUpdateMovesABucketsNotificationAndKeepsItsType() throws Exception {
        cloud.bucket("photos");
        cloud.bucket("videos");
        Trigger trigger = cloud.create("on-photo", ofBucket("photos", "finalized"));
        FieldMask filters = FieldMask.newBuilder().addPaths("event_filters").build();

        cloud.eventarc
                .updateTriggerAsync(
                        ofBucket("videos", "finalized").setName(trigger.getName()).build(),
                        filters,
                        false)
                .get();
        assertThat(cloud.storage.listNotifications("photos")).isEmpty();
        assertThat(cloud.storage.listNotifications("videos")).hasSize(1);
        refused(
                Code.INVALID_ARGUMENT,
                "type",
                () ->
                        cloud.eventarc
                                .updateTriggerAsync(
                                        ofBucket("videos", "deleted")
                                                .setName(trigger.getName())
                                                .build(),
                                        filters,
                                        false)
                                .get());
    }

    @Test
    void allowMissingCreatesAndValidateOnlyChangesNothing() throws Exception {
        UpdateTriggerRequest.Builder update =
                UpdateTriggerRequest.newBuilder()
                        .setTrigger(
                                trigger(EventKind.PUBLISHED).setName(PARENT + "/triggers/later"));
        refused(
                Code.NOT_FOUND,
                "later",
                () -> cloud.eventarc.updateTriggerAsync(update.build()).get());
        Trigger previewed =
                cloud.eventarc
                        .createTriggerAsync(
                                CreateTriggerRequest.newBuilder()
                                        .setParent(PARENT)
                                        .setTriggerId("later")
                                        .setTrigger(trigger(EventKind.PUBLISHED))
                                        .setValidateOnly(true)
                                        .build())
                        .get();
        assertThat(previewed.getName()).isEqualTo(PARENT + "/triggers/later");
        assertThat(cloud.eventarc.listTriggers(PARENT).iterateAll()).isEmpty();
        assertThat(cloud.topics.listTopics("projects/local-project").iterateAll()).isEmpty();

        cloud.eventarc.updateTriggerAsync(update.setAllowMissing(true).build()).get();
        assertThat(cloud.eventarc.listTriggers(PARENT).iterateAll()).hasSize(1);
    }

    @Test
    void listsByPageAndEverywhere() throws Exception {
        for (String id : List.of("c", "a", "b")) {
            cloud.create(id, trigger(EventKind.PUBLISHED));
        }
        cloud.eventarc
                .createTriggerAsync(
                        "projects/local-project/locations/us-central1",
                        trigger(EventKind.PUBLISHED).build(),
                        "d")
                .get();

        assertThat(ids(PARENT)).containsExactly("a", "b", "c");
        assertThat(ids("projects/local-project/locations/-")).containsExactly("a", "b", "c", "d");
    }

    private List<String> ids(String parent) {
        return StreamSupport.stream(
                        cloud.eventarc
                                .listTriggers(
                                        ListTriggersRequest.newBuilder()
                                                .setParent(parent)
                                                .setPageSize(1)
                                                .build())
                                .iterateAll()
                                .spliterator(),
                        false)
                .map(found -> found.getName().substring(found.getName().lastIndexOf('/') + 1))
                .toList();
    }

    @Test
    void refusesWhatEventarcRefuses() throws Exception {
        cloud.bucket("photos");
        cloud.storage.create(
                com.google.cloud.storage.BucketInfo.newBuilder("far").setLocation("US").build());
        cloud.create("taken", trigger(EventKind.PUBLISHED));
        refused(
                Code.ALREADY_EXISTS,
                "taken",
                () -> cloud.create("taken", trigger(EventKind.PUBLISHED)));
        refused(
                Code.INVALID_ARGUMENT,
                "trigger_id",
                () -> cloud.create("No", trigger(EventKind.PUBLISHED)));
        refused(
                Code.INVALID_ARGUMENT,
                "Try again by creating the trigger in \"us\"",
                ofBucket("far", "finalized"));
        refused(Code.NOT_FOUND, "no-bucket", ofBucket("no-bucket", "finalized"));
        refused(Code.NOT_FOUND, topic("none"), ofTopic(topic("none")));
        refused(Code.INVALID_ARGUMENT, "project", ofTopic("projects/other-project/topics/orders"));
        refused(
                Code.INVALID_ARGUMENT,
                "bucket",
                trigger("google.cloud.storage.object.v1.finalized"));
        refused(
                Code.INVALID_ARGUMENT,
                "prefix",
                ofBucket("photos", "finalized").addEventFilters(filter("prefix", "a/")));
        refused(Code.INVALID_ARGUMENT, "type", trigger(EventKind.PUBLISHED).clearEventFilters());
        refused(Code.UNIMPLEMENTED, "audit", trigger("google.cloud.audit.log.v1.written"));
        refused(
                Code.INVALID_ARGUMENT,
                "service_account",
                trigger(EventKind.PUBLISHED).clearServiceAccount());
        refused(
                Code.NOT_FOUND,
                "nobody@x",
                trigger(EventKind.PUBLISHED).setServiceAccount("nobody@x.iam.gserviceaccount.com"));
        Trigger.Builder nowhere = trigger(EventKind.PUBLISHED);
        nowhere.getDestinationBuilder().getCloudRunBuilder().setService("nowhere");
        refused(Code.NOT_FOUND, "nowhere", nowhere);
        Trigger.Builder workflow = trigger(EventKind.PUBLISHED);
        workflow.getDestinationBuilder().setWorkflow("w");
        refused(Code.UNIMPLEMENTED, "workflow", workflow);
        assertThat(cloud.storage.listNotifications("photos")).isEmpty();
    }

    @Test
    void aBucketHasTenTriggersOfAKindAtTheMost() throws Exception {
        cloud.bucket("photos");
        for (int i = 0; i < 10; i++) {
            cloud.create("on-photo-" + i, ofBucket("photos", "finalized"));
        }
        refused(
                Code.FAILED_PRECONDITION,
                "Too many overlapping notifications for bucket: photos",
                ofBucket("photos", "finalized"));
        assertThat(cloud.topics.listTopics("projects/local-project").iterateAll()).hasSize(10);
        assertThat(cloud.eventarc.listTriggers(PARENT).iterateAll()).hasSize(10);
        cloud.create("on-deletion", ofBucket("photos", "deleted"));
    }

    @Test
    void whoMayNotIsRefused() throws Exception {
        GivenEventarc.token(home, "upload", "token-of-upload");
        try (EventarcClient upload = cloud.client("token-of-upload")) {
            refused(
                    Code.PERMISSION_DENIED,
                    "eventarc.triggers.create",
                    () ->
                            upload.createTriggerAsync(
                                            PARENT, trigger(EventKind.PUBLISHED).build(), "no")
                                    .get());
        }
    }

    @Test
    void aDeletedServicesTriggerStays() throws Exception {
        Trigger trigger = cloud.create("on-order", trigger(EventKind.PUBLISHED));
        cloud.services.urls.clear();
        assertThat(cloud.eventarc.getTrigger(trigger.getName())).isEqualTo(trigger);
        cloud.eventarc.deleteTriggerAsync(trigger.getName(), false).get();
    }

    @Test
    void aRestartKeepsTriggersAndFollowsServicesToAnotherPort() throws Exception {
        Trigger trigger = cloud.create("on-order", trigger(EventKind.PUBLISHED));
        cloud.close();
        cloud = new GivenEventarc(home, Map.of("europe-west1/hello", "http://localhost:11"));

        assertThat(cloud.eventarc.getTrigger(trigger.getName())).isEqualTo(trigger);
        assertThat(subscription(trigger).getPushConfig().getPushEndpoint())
                .startsWith("http://localhost:11?");
        assertThat(subscription(trigger).getPushConfig().getOidcToken().getAudience())
                .isEqualTo("http://localhost:11");
    }

    @Test
    void providersAndOperationsAreThereByRest() throws Exception {
        cloud.create("on-order", trigger(EventKind.PUBLISHED));
        String at = "http://127.0.0.1:" + cloud.port() + "/eventarc/v1/" + PARENT;
        try (HttpClient http = HttpClient.newHttpClient()) {
            String providers = get(http, at + "/providers");
            assertThat(providers).contains("pubsub.googleapis.com", "storage.googleapis.com");
            assertThat(get(http, at + "/triggers/on-order")).contains("\"uid\"");
            assertThat(
                            cloud.eventarc
                                    .getProvider(PARENT + "/providers/storage.googleapis.com")
                                    .getEventTypesCount())
                    .isEqualTo(4);
        }
    }

    private static String get(HttpClient http, String url) throws Exception {
        var answer =
                http.send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return answer.body();
    }
}
