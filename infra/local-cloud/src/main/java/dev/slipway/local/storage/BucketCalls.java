package dev.slipway.local.storage;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.linecorp.armeria.common.HttpResponse;
import dev.slipway.local.Settings;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The calls on buckets and their notifications. */
final class BucketCalls {
    private final Settings settings;
    private final Buckets buckets;
    private final Ticks ticks;
    private final Access access;
    private final Supplier<Links> links;

    BucketCalls(
            Settings settings, Buckets buckets, Ticks ticks, Access access, Supplier<Links> links) {
        this.settings = settings;
        this.buckets = buckets;
        this.ticks = ticks;
        this.access = access;
        this.links = links;
    }

    HttpResponse insert(Call call) {
        access.toProject("storage.buckets.create");
        requireProject(call);
        ObjectNode wanted = call.json();
        String name = BucketSettings.name(wanted);
        ObjectNode chosen = BucketSettings.forInsert(wanted, settings);
        long tick = ticks.next();
        return reply(buckets.create(new Bucket(name, tick, tick, 1, chosen, List.of(), 0)));
    }

    private void requireProject(Call call) {
        String project = call.text("project");
        if (project == null) {
            throw StorageError.required("project");
        }
        if (!project.equals(settings.project())
                && !project.equals(Long.toString(settings.projectNumber()))) {
            throw StorageError.invalid("Unknown project id: " + project);
        }
    }

    HttpResponse list(Call call) {
        access.toProject("storage.buckets.list");
        requireProject(call);
        String prefix = Objects.requireNonNullElse(call.text("prefix"), "");
        String after = Objects.requireNonNullElse(call.text("pageToken"), "");
        List<Bucket> matching =
                buckets.all().stream()
                        .filter(bucket -> bucket.name().startsWith(prefix))
                        .filter(bucket -> bucket.name().compareTo(after) > 0)
                        .toList();
        int atMost = Listing.pageSize(call);
        ObjectNode page = Json.object().put("kind", "storage#buckets");
        ArrayNode items = page.putArray("items");
        matching.stream().limit(atMost).map(this::resource).forEach(items::add);
        if (matching.size() > atMost) {
            page.put("nextPageToken", matching.get(atMost - 1).name());
        }
        return Replies.of(page);
    }

    HttpResponse get(Call call) {
        Bucket bucket = buckets.get(call.bucket());
        access.toBucket("storage.buckets.get", call.bucket());
        call.preconditions().requireOfBucket(bucket.metageneration(), /* reading= */ true);
        return reply(bucket);
    }

    HttpResponse patch(Call call) {
        ObjectNode wanted = call.json();
        return change(
                call,
                was -> was.with(BucketSettings.forPatch(was.settings(), wanted), ticks.next()));
    }

    HttpResponse update(Call call) {
        ObjectNode wanted = call.json();
        return change(
                call,
                was -> {
                    BucketSettings.requireSameLocation(was.settings(), wanted);
                    ObjectNode whole = wanted.deepCopy();
                    whole.set("location", was.settings().path("location"));
                    return was.with(BucketSettings.forUpdate(whole, settings), ticks.next());
                });
    }

    private HttpResponse change(Call call, java.util.function.UnaryOperator<Bucket> change) {
        buckets.get(call.bucket());
        access.toBucket("storage.buckets.update", call.bucket());
        return reply(buckets.change(call.bucket(), call.preconditions(), change));
    }

    HttpResponse delete(Call call) {
        buckets.get(call.bucket());
        access.toBucket("storage.buckets.delete", call.bucket());
        buckets.delete(call.bucket(), call.preconditions());
        return Replies.done();
    }

    /** Those of the permissions that the caller has; needs none itself. */
    HttpResponse testPermissions(Call call) {
        buckets.get(call.bucket());
        ObjectNode answer = Json.object().put("kind", "storage#testIamPermissionsResponse");
        ArrayNode granted = answer.putArray("permissions");
        access.granted(call.bucket(), call.query().getAll("permissions")).forEach(granted::add);
        return Replies.of(answer);
    }

    /** A policy without bindings: who may do what stands in the topology, not in the bucket. */
    HttpResponse policy(Call call) {
        Bucket bucket = buckets.get(call.bucket());
        access.toBucket("storage.buckets.getIamPolicy", call.bucket());
        ObjectNode policy =
                Json.object()
                        .put("kind", "storage#policy")
                        .put("resourceId", "projects/_/buckets/" + bucket.name())
                        .put("version", 1)
                        .put("etag", Etag.of(bucket.metageneration()));
        policy.putArray("bindings");
        return Replies.of(policy);
    }

    HttpResponse layout(Call call) {
        Bucket bucket = buckets.get(call.bucket());
        access.toList(call.bucket(), "");
        ObjectNode layout =
                Json.object().put("kind", "storage#storageLayout").put("bucket", bucket.name());
        ObjectNode resource = resource(bucket);
        layout.set("location", resource.path("location"));
        layout.set("locationType", resource.path("locationType"));
        layout.putObject("hierarchicalNamespace").put("enabled", false);
        return Replies.of(layout);
    }

    /** No bucket here has managed folders. */
    HttpResponse managedFolders(Call call) {
        buckets.get(call.bucket());
        access.toBucket("storage.managedFolders.list", call.bucket());
        return Replies.of(Json.object().put("kind", "storage#managedFolders"));
    }

    HttpResponse insertNotification(Call call) {
        buckets.get(call.bucket());
        access.toBucket("storage.buckets.update", call.bucket());
        ObjectNode wanted = Notification.settings(call.json());
        Bucket changed =
                buckets.change(
                        call.bucket(),
                        Preconditions.NONE,
                        was -> was.withNotification(wanted, ticks.next()));
        return Replies.of(changed.notifications().getLast().resource(links.get(), call.bucket()));
    }

    HttpResponse listNotifications(Call call) {
        Bucket bucket = buckets.get(call.bucket());
        access.toBucket("storage.buckets.get", call.bucket());
        ObjectNode page = Json.object().put("kind", "storage#notifications");
        ArrayNode items = page.putArray("items");
        bucket.notifications().stream()
                .map(one -> one.resource(links.get(), bucket.name()))
                .forEach(items::add);
        return Replies.of(page);
    }

    HttpResponse getNotification(Call call) {
        Bucket bucket = buckets.get(call.bucket());
        access.toBucket("storage.buckets.get", call.bucket());
        return Replies.of(
                notification(bucket, call.path().get(3)).resource(links.get(), bucket.name()));
    }

    HttpResponse deleteNotification(Call call) {
        buckets.get(call.bucket());
        access.toBucket("storage.buckets.update", call.bucket());
        String id = call.path().get(3);
        buckets.change(
                call.bucket(),
                Preconditions.NONE,
                was -> was.withoutNotification(notification(was, id).id(), ticks.next()));
        return Replies.done();
    }

    private static Notification notification(Bucket bucket, String id) {
        @Nullable Notification found =
                bucket.notifications().stream()
                        .filter(one -> one.id().equals(id))
                        .findFirst()
                        .orElse(null);
        if (found == null) {
            throw StorageError.notFound("Notification " + id + " not found");
        }
        return found;
    }

    private ObjectNode resource(Bucket bucket) {
        return bucket.resource(links.get(), settings.projectNumber());
    }

    private HttpResponse reply(Bucket bucket) {
        return Replies.of(resource(bucket));
    }
}
