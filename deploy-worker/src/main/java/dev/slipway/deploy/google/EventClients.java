package dev.slipway.deploy.google;

import com.google.cloud.eventarc.v1.EventarcClient;
import com.google.cloud.eventarc.v1.EventarcSettings;
import com.google.cloud.pubsub.v1.SubscriptionAdminClient;
import com.google.cloud.pubsub.v1.SubscriptionAdminSettings;
import com.google.cloud.pubsub.v1.TopicAdminClient;
import com.google.cloud.pubsub.v1.TopicAdminSettings;
import dev.slipway.kit.google.GoogleAccess;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Google's clients for what triggers are made of, each made when it is first asked for: most
 * deployments have none, and a worker starts faster without. No call is repeated here: whoever asks
 * reads before asking again.
 */
@Singleton
class EventClients {
    private static final Duration ANSWERED_WITHIN = Duration.ofSeconds(30);

    private final GoogleAccess access;
    private final Deque<AutoCloseable> made = new ArrayDeque<>();
    private @Nullable EventarcClient eventarc;
    private @Nullable TopicAdminClient topics;
    private @Nullable SubscriptionAdminClient subscriptions;

    EventClients(GoogleAccess access) {
        this.access = access;
    }

    synchronized EventarcClient eventarc() {
        if (eventarc == null) {
            eventarc = made(EventClients::eventarc, access);
        }
        return eventarc;
    }

    synchronized TopicAdminClient topics() {
        if (topics == null) {
            topics = made(EventClients::topics, access);
        }
        return topics;
    }

    synchronized SubscriptionAdminClient subscriptions() {
        if (subscriptions == null) {
            subscriptions = made(EventClients::subscriptions, access);
        }
        return subscriptions;
    }

    @FunctionalInterface
    private interface Making<T> {
        T from(GoogleAccess access) throws IOException;
    }

    private <T extends AutoCloseable> T made(Making<T> making, GoogleAccess from) {
        try {
            T client = making.from(from);
            made.push(client);
            return client;
        } catch (IOException e) {
            throw new UncheckedIOException("a client of Google's cannot be made", e);
        }
    }

    private static EventarcClient eventarc(GoogleAccess access) throws IOException {
        EventarcSettings.Builder settings =
                access.reaching(
                        EventarcSettings.newBuilder(),
                        EventarcSettings.defaultGrpcTransportProviderBuilder());
        settings.listTriggersSettings().setSimpleTimeoutNoRetriesDuration(ANSWERED_WITHIN);
        settings.getTriggerSettings().setSimpleTimeoutNoRetriesDuration(ANSWERED_WITHIN);
        settings.createTriggerSettings().setSimpleTimeoutNoRetriesDuration(ANSWERED_WITHIN);
        settings.deleteTriggerSettings().setSimpleTimeoutNoRetriesDuration(ANSWERED_WITHIN);
        return EventarcClient.create(settings.build());
    }

    private static TopicAdminClient topics(GoogleAccess access) throws IOException {
        TopicAdminSettings.Builder settings =
                access.reaching(
                        TopicAdminSettings.newBuilder(),
                        TopicAdminSettings.defaultGrpcTransportProviderBuilder());
        settings.getTopicSettings().setSimpleTimeoutNoRetriesDuration(ANSWERED_WITHIN);
        return TopicAdminClient.create(settings.build());
    }

    private static SubscriptionAdminClient subscriptions(GoogleAccess access) throws IOException {
        SubscriptionAdminSettings.Builder settings =
                access.reaching(
                        SubscriptionAdminSettings.newBuilder(),
                        SubscriptionAdminSettings.defaultGrpcTransportProviderBuilder());
        settings.getSubscriptionSettings().setSimpleTimeoutNoRetriesDuration(ANSWERED_WITHIN);
        settings.updateSubscriptionSettings().setSimpleTimeoutNoRetriesDuration(ANSWERED_WITHIN);
        return SubscriptionAdminClient.create(settings.build());
    }

    @PreDestroy
    synchronized void close() throws Exception {
        while (!made.isEmpty()) {
            made.pop().close();
        }
    }
}
