package dev.slipway.local.storage;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServerBuilder;
import com.linecorp.armeria.server.ServiceRequestContext;
import dev.slipway.local.Api;
import dev.slipway.local.BucketEvents;
import dev.slipway.local.Callers;
import dev.slipway.local.Objects;
import dev.slipway.local.Settings;
import dev.slipway.local.State;
import dev.slipway.local.Topics;
import io.grpc.Status;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Cloud Storage's JSON API: buckets, objects with their generations and preconditions,
 * notifications. Calls it does not know answer 501.
 */
public final class CloudStorage implements Api, Objects, BucketEvents {
    private static final Logger LOG = LoggerFactory.getLogger(CloudStorage.class);

    private final Journal journal;
    private final Contents contents;
    private final Uploads uploads;
    private final Outbox outbox;
    private final Versions versions;
    private final Ticks ticks;
    private final Buckets buckets;
    private final Lifecycle lifecycle;
    private final Routes routes;
    private volatile Links links = new Links("http://localhost");

    /** Cloud Storage over what is kept; {@code topics} is where its notifications go. */
    public CloudStorage(State state, Settings settings, Callers callers, Topics topics) {
        this(state, settings, callers, topics, InstantSource.system());
    }

    CloudStorage(
            State state, Settings settings, Callers callers, Topics topics, InstantSource clock) {
        journal = new Journal(state);
        ticks = new Ticks(clock, journal);
        contents = new Contents(state.directory("objects"));
        uploads = new Uploads(journal, ticks, contents);
        outbox = new Outbox(journal, topics);
        versions = new Versions(journal, ticks, contents, outbox, () -> links);
        buckets = new Buckets(journal, versions);
        lifecycle = new Lifecycle(buckets, versions, clock);
        Access access = new Access(callers);
        Arrivals arrivals = new Arrivals(buckets, versions, contents, access);
        ObjectCalls objects =
                new ObjectCalls(
                        journal, buckets, versions, contents, arrivals, access, () -> links);
        routes =
                new Routes(
                        new BucketCalls(settings, buckets, ticks, access, () -> links),
                        objects,
                        new MediaCalls(objects, contents),
                        new UploadCalls(arrivals, versions, contents, uploads, () -> links),
                        new ResumableCalls(arrivals, versions, contents, uploads, () -> links),
                        settings.projectNumber());
        sweep();
    }

    /** Deletes the files that a crash left without an object. */
    private void sweep() {
        Set<Path> known = new HashSet<>(uploads.sweep());
        for (String prefix : Keys.GENERATIONS) {
            journal.entries(prefix, "")
                    .forEachRemaining(
                            entry ->
                                    known.add(
                                            contents.of(
                                                    Json.read(entry.getValue(), ObjectVersion.class)
                                                            .generation())));
        }
        contents.sweep(known);
    }

    @Override
    public void addTo(ServerBuilder server) {
        mount(server, "/storage/v1", routes::metadata);
        mount(server, "/download/storage/v1", routes::download);
        mount(server, "/upload/storage/v1", routes::upload);
        mount(server, "/resumable/upload/storage/v1", routes::upload);
        mount(
                server,
                "/batch/storage/v1",
                call -> {
                    throw StorageError.unimplemented(call.method(), call.rawPath());
                });
    }

    private interface Answering {
        HttpResponse answer(Call call) throws IOException;
    }

    private static void mount(ServerBuilder server, String prefix, Answering answering) {
        HttpService service =
                (context, request) ->
                        HttpResponse.of(
                                () -> answer(context, request, prefix, answering),
                                context.blockingTaskExecutor());
        server.service(prefix, service).serviceUnder(prefix, service);
    }

    private static HttpResponse answer(
            ServiceRequestContext context,
            HttpRequest request,
            String prefix,
            Answering answering) {
        try {
            Call call = Call.of(context, request, prefix);
            try {
                return answering.answer(call);
            } catch (StorageError e) {
                call.drain();
                throw e;
            }
        } catch (StorageError e) {
            return Replies.of(e);
        } catch (IOException | RuntimeException e) {
            LOG.warn("{} {} failed", request.method(), request.path(), e);
            return Replies.of(StorageError.broken("Backend Error"));
        }
    }

    @Override
    public void started(int port) {
        links = new Links("http://127.0.0.1:" + port);
        outbox.start();
        lifecycle.start();
    }

    @Override
    public Optional<InputStream> open(String bucket, String object, long generation)
            throws IOException {
        ObjectVersion found = versions.find(bucket, object, generation == 0 ? null : generation);
        return found == null ? Optional.empty() : Optional.of(contents.open(found.generation(), 0));
    }

    @Override
    public Optional<String> location(String bucket) {
        return buckets.named(bucket).map(found -> found.location().toLowerCase(Locale.ROOT));
    }

    @Override
    public String tell(String bucket, String topic, String eventType) {
        ObjectNode wanted =
                Json.object()
                        .put("topic", "//pubsub.googleapis.com/" + topic)
                        .put("payload_format", "JSON_API_V1");
        wanted.putArray("event_types").add(eventType);
        try {
            return buckets.change(
                            bucket,
                            Preconditions.NONE,
                            was -> was.withNotification(wanted, ticks.next()))
                    .notifications()
                    .getLast()
                    .id();
        } catch (StorageError e) {
            Status status = e.status() == 404 ? Status.NOT_FOUND : Status.FAILED_PRECONDITION;
            throw status.withDescription(bucket + ": " + e.getMessage()).asRuntimeException();
        }
    }

    @Override
    public void silence(String bucket, String notification) {
        if (buckets.named(bucket).isPresent()) {
            buckets.change(
                    bucket,
                    Preconditions.NONE,
                    was -> was.withoutNotification(notification, ticks.next()));
        }
    }

    @Override
    public void close() {
        lifecycle.close();
        outbox.close();
    }
}
