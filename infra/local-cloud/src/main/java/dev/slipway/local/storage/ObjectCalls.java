package dev.slipway.local.storage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.linecorp.armeria.common.HttpResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The calls on objects that carry no media. */
final class ObjectCalls {
    private static final int MOST_SOURCES = 32;

    private final Journal journal;
    private final Buckets buckets;
    private final Versions versions;
    private final Contents contents;
    private final Arrivals arrivals;
    private final Access access;
    private final Supplier<Links> links;

    ObjectCalls(
            Journal journal,
            Buckets buckets,
            Versions versions,
            Contents contents,
            Arrivals arrivals,
            Access access,
            Supplier<Links> links) {
        this.journal = journal;
        this.buckets = buckets;
        this.versions = versions;
        this.contents = contents;
        this.arrivals = arrivals;
        this.access = access;
        this.links = links;
    }

    HttpResponse list(Call call) {
        buckets.get(call.bucket());
        Listing listing = Listing.of(call);
        access.toList(listing.bucket(), listing.prefix());
        return Replies.of(listing.page(journal, links.get()));
    }

    HttpResponse get(Call call) {
        return reply(readable(call));
    }

    /** What a read is about, once its preconditions hold. */
    ObjectVersion readable(Call call) {
        buckets.get(call.bucket());
        access.toObject("storage.objects.get", call.bucket(), call.object());
        ObjectVersion found = found(call.bucket(), call.object(), call.generation());
        call.preconditions().requireForRead(versions.live(call.bucket(), call.object()), found);
        return found;
    }

    private ObjectVersion found(String bucket, String name, @Nullable Long generation) {
        ObjectVersion found = versions.find(bucket, name, generation);
        if (found == null) {
            throw access.absent(bucket, name);
        }
        return found;
    }

    HttpResponse patch(Call call) {
        ObjectNode wanted = call.json();
        return change(call, was -> ObjectSettings.forPatch(was, wanted));
    }

    HttpResponse update(Call call) {
        ObjectNode wanted = call.json();
        return change(call, _ -> ObjectSettings.forInsert(wanted));
    }

    private HttpResponse change(Call call, UnaryOperator<ObjectNode> settings) {
        buckets.get(call.bucket());
        access.toObject("storage.objects.update", call.bucket(), call.object());
        return reply(
                versions.update(
                        call.bucket(),
                        call.object(),
                        call.generation(),
                        call.preconditions(),
                        settings));
    }

    HttpResponse delete(Call call) {
        buckets.get(call.bucket());
        access.toObject("storage.objects.delete", call.bucket(), call.object());
        versions.delete(call.bucket(), call.object(), call.generation(), call.preconditions());
        return Replies.done();
    }

    HttpResponse copy(Call call) throws IOException {
        return reply(copied(call));
    }

    /** Copies in one go, however large. */
    HttpResponse rewrite(Call call) throws IOException {
        ObjectVersion written = copied(call);
        ObjectNode answer =
                Json.object()
                        .put("kind", "storage#rewriteResponse")
                        .put("totalBytesRewritten", Long.toString(written.size()))
                        .put("objectSize", Long.toString(written.size()))
                        .put("done", true);
        answer.set("resource", written.resource(links.get()));
        return Replies.of(answer);
    }

    private ObjectVersion copied(Call call) throws IOException {
        buckets.get(call.bucket());
        access.toObject("storage.objects.get", call.bucket(), call.object());
        ObjectVersion source = found(call.bucket(), call.object(), call.number("sourceGeneration"));
        Preconditions.of(call, "ifSource")
                .requireForWrite(versions.live(call.bucket(), call.object()), source);
        ObjectNode wanted = ObjectSettings.forInsert(call.json());
        return arrivals.write(
                call.path().get(6),
                call.path().get(8),
                () -> contents.copy(source),
                wanted.isEmpty() ? source.settings() : wanted,
                call.preconditions());
    }

    HttpResponse compose(Call call) throws IOException {
        ObjectNode wanted = call.json();
        if (wanted.path("deleteSourceObjects").asBoolean()) {
            throw StorageError.unimplemented("compose with deleteSourceObjects");
        }
        buckets.get(call.bucket());
        List<ObjectVersion> sources = sources(call.bucket(), wanted.path("sourceObjects"));
        ObjectNode destination =
                wanted.path("destination") instanceof ObjectNode object ? object : Json.object();
        return reply(
                arrivals.write(
                        call.bucket(),
                        call.object(),
                        () -> contents.compose(sources),
                        ObjectSettings.forInsert(destination),
                        call.preconditions()));
    }

    private List<ObjectVersion> sources(String bucket, JsonNode wanted) {
        if (wanted.isEmpty() || wanted.size() > MOST_SOURCES) {
            throw StorageError.invalid(
                    "The number of source components provided (%d) is not from 1 to %d"
                            .formatted(wanted.size(), MOST_SOURCES));
        }
        List<ObjectVersion> sources = new ArrayList<>();
        for (JsonNode one : wanted) {
            String name = Json.text(one.path("name"), "");
            access.toObject("storage.objects.get", bucket, name);
            JsonNode generation = one.path("generation");
            ObjectVersion source =
                    found(bucket, name, generation.isMissingNode() ? null : generation.asLong());
            JsonNode match = one.path("objectPreconditions").path("ifGenerationMatch");
            if (!match.isMissingNode() && match.asLong() != source.generation()) {
                throw StorageError.preconditionFailed();
            }
            sources.add(source);
        }
        return sources;
    }

    private HttpResponse reply(ObjectVersion version) {
        return Replies.of(version.resource(links.get()));
    }
}
