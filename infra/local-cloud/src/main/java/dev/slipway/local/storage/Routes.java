package dev.slipway.local.storage;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpResponse;
import java.io.IOException;
import java.util.List;
import java.util.Set;

/** Every call that is answered, by method and path. */
final class Routes {
    private static final Set<Integer> NAMES = Set.of(1, 6, 8);
    private static final String MEDIA = "media";

    private final BucketCalls buckets;
    private final ObjectCalls objects;
    private final MediaCalls media;
    private final UploadCalls uploads;
    private final ResumableCalls resumable;
    private final long projectNumber;

    Routes(
            BucketCalls buckets,
            ObjectCalls objects,
            MediaCalls media,
            UploadCalls uploads,
            ResumableCalls resumable,
            long projectNumber) {
        this.buckets = buckets;
        this.objects = objects;
        this.media = media;
        this.uploads = uploads;
        this.resumable = resumable;
        this.projectNumber = projectNumber;
    }

    /** Calls below {@code /storage/v1}. */
    HttpResponse metadata(Call call) throws IOException {
        refuseWhatIsNotDone(call);
        return switch (shape(call)) {
            case "GET b" -> buckets.list(call);
            case "POST b" -> buckets.insert(call);
            case "GET b/*" -> buckets.get(call);
            case "PATCH b/*" -> buckets.patch(call);
            case "PUT b/*" -> buckets.update(call);
            case "DELETE b/*" -> buckets.delete(call);
            case "GET b/*/iam" -> buckets.policy(call);
            case "GET b/*/iam/testPermissions" -> buckets.testPermissions(call);
            case "GET b/*/storageLayout" -> buckets.layout(call);
            case "GET b/*/managedFolders" -> buckets.managedFolders(call);
            case "GET b/*/notificationConfigs" -> buckets.listNotifications(call);
            case "POST b/*/notificationConfigs" -> buckets.insertNotification(call);
            case "GET b/*/notificationConfigs/*" -> buckets.getNotification(call);
            case "DELETE b/*/notificationConfigs/*" -> buckets.deleteNotification(call);
            case "GET b/*/o" -> objects.list(call);
            case "GET b/*/o/*" ->
                    MEDIA.equals(call.text("alt")) ? media.get(call) : objects.get(call);
            case "PATCH b/*/o/*" -> objects.patch(call);
            case "PUT b/*/o/*" -> objects.update(call);
            case "DELETE b/*/o/*" -> objects.delete(call);
            case "POST b/*/o/*/compose" -> objects.compose(call);
            case "POST b/*/o/*/copyTo/b/*/o/*" -> objects.copy(call);
            case "POST b/*/o/*/rewriteTo/b/*/o/*" -> objects.rewrite(call);
            case "GET projects/*/serviceAccount" -> serviceAccount();
            default -> throw StorageError.unimplemented(call.method(), call.rawPath());
        };
    }

    /** Calls below {@code /download/storage/v1}. */
    HttpResponse download(Call call) throws IOException {
        refuseWhatIsNotDone(call);
        return switch (shape(call)) {
            case "GET b/*/o/*", "HEAD b/*/o/*" -> media.get(call);
            default -> throw StorageError.unimplemented(call.method(), call.rawPath());
        };
    }

    /** Calls below {@code /upload/storage/v1} and {@code /resumable/upload/storage/v1}. */
    HttpResponse upload(Call call) throws IOException {
        refuseWhatIsNotDone(call);
        boolean underWay = call.text("upload_id") != null;
        return switch (shape(call)) {
            case "POST b/*/o" -> underWay ? resumable.put(call) : uploads.insert(call);
            case "PUT b/*/o" -> resumable.put(call);
            case "DELETE b/*/o" -> resumable.cancel(call);
            default -> throw StorageError.unimplemented(call.method(), call.rawPath());
        };
    }

    /** Method and path, names replaced by a star. */
    private static String shape(Call call) {
        List<String> path = call.path();
        StringBuilder shape = new StringBuilder(call.method().name()).append(' ');
        for (int i = 0; i < path.size(); i++) {
            boolean name = NAMES.contains(i) || (i == 3 && !path.get(2).equals("iam"));
            shape.append(i == 0 ? "" : "/").append(name ? "*" : path.get(i));
        }
        return shape.toString();
    }

    /** What would change the meaning of a call is refused rather than passed over. */
    private static void refuseWhatIsNotDone(Call call) {
        if (call.headers().contains(HttpHeaderNames.IF_MATCH)
                || call.headers().contains(HttpHeaderNames.IF_NONE_MATCH)) {
            throw StorageError.unimplemented("a precondition on an etag");
        }
        if (call.headers().contains("x-goog-encryption-key")) {
            throw StorageError.unimplemented("a customer-supplied encryption key");
        }
        if (call.text("predefinedAcl") != null || call.text("destinationPredefinedAcl") != null) {
            throw StorageError.unimplemented("an access control list");
        }
        if (call.flag("softDeleted")) {
            throw StorageError.unimplemented("soft deletion");
        }
    }

    private HttpResponse serviceAccount() {
        ObjectNode account =
                Json.object()
                        .put("kind", "storage#serviceAccount")
                        .put(
                                "email_address",
                                "service-%d@gs-project-accounts.iam.gserviceaccount.com"
                                        .formatted(projectNumber));
        return Replies.of(account);
    }
}
