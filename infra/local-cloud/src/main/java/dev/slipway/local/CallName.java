package dev.slipway.local;

import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.server.ServiceRequestContext;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which call a request is: a bounded set of names, whatever paths are asked for.
 *
 * @param api {@code storage}, {@code pubsub}, {@code cloudbuild}, {@code run}, …, or {@code other}
 * @param method Cloud Storage's as its reference names them ({@code objects.insert}); gRPC's {@code
 *     Publisher/Publish}; of other REST calls only GET, POST, …
 */
record CallName(String api, String method) {
    private static final Pattern GRPC =
            Pattern.compile(
                    "/(?:google\\.(?:cloud|devtools)?\\.?)([a-z]+)\\.[a-z0-9.]*([A-Z]\\w*)/(\\w+)");
    private static final Pattern STORAGE =
            Pattern.compile("/(?:(upload|resumable/upload|download)/)?storage/v1/b(/.*)?");
    private static final Set<String> REST =
            Set.of("pubsub", "cloudbuild", "run", "artifactregistry", "eventarc", "v2");

    static CallName of(HttpRequest request, ServiceRequestContext context) {
        HttpMethod meant = HttpMethod.tryParse(request.headers().get("x-http-method-override"));
        HttpMethod method = meant == null ? request.method() : meant;
        return of(method, context.path(), context.query());
    }

    static CallName of(HttpMethod method, String path, @Nullable String query) {
        Matcher grpc = GRPC.matcher(path);
        if (grpc.matches()) {
            return new CallName(grpc.group(1), grpc.group(2) + "/" + grpc.group(3));
        }
        Matcher storage = STORAGE.matcher(path);
        if (storage.matches()) {
            String below = storage.group(2) == null ? "" : storage.group(2);
            String asked = query == null ? "" : query;
            return new CallName("storage", storage(method, storage.group(1), below, asked));
        }
        String first = path.substring(1).split("/", 2)[0];
        return REST.contains(first)
                ? new CallName(first.equals("v2") ? "registry" : first, method.name())
                : new CallName("other", method.name());
    }

    private static String storage(
            HttpMethod method, @Nullable String kind, String below, String query) {
        String[] names = below.split("/", 5); // "", bucket, "o", object, action
        if (names.length < 3) {
            return "buckets." + verb(method, names.length > 1);
        }
        if (!names[2].equals("o")) {
            return "buckets.other";
        }
        if (kind != null && kind.endsWith("upload")) {
            return query.contains("upload_id=") ? "objects.insert.part" : insert(query);
        }
        if (names.length == 5) {
            return "objects.copy";
        }
        boolean media = "download".equals(kind) || ("&" + query + "&").contains("&alt=media&");
        return "objects." + verb(method, names.length > 3) + (media ? ".media" : "");
    }

    private static String insert(String query) {
        return query.contains("uploadType=resumable") ? "objects.insert.start" : "objects.insert";
    }

    private static String verb(HttpMethod method, boolean one) {
        return switch (method) {
            case GET, HEAD -> one ? "get" : "list";
            case POST -> "insert";
            case PUT -> "update";
            case PATCH -> "patch";
            case DELETE -> "delete";
            default -> "other";
        };
    }
}
