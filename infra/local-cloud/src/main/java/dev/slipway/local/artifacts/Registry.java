package dev.slipway.local.artifacts;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import dev.slipway.local.Callers;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The registry's HTTP interface below {@code /v2/} (OCI Distribution Specification 1.1). Nothing is
 * deleted through it: Artifact Registry's own API does that.
 */
final class Registry implements HttpService {
    private static final Logger LOG = Logger.getLogger(Registry.class.getName());
    private static final Pattern PATH =
            Pattern.compile("/(.+)/(blobs/uploads|blobs|manifests|tags|referrers)/([^/]*)");

    private final Repositories repositories;
    private final Callers callers;
    private final BlobCalls blobs;
    private final UploadCalls uploads;
    private final ManifestCalls manifests;

    Registry(
            Repositories repositories,
            Callers callers,
            BlobCalls blobs,
            UploadCalls uploads,
            ManifestCalls manifests) {
        this.repositories = repositories;
        this.callers = callers;
        this.blobs = blobs;
        this.uploads = uploads;
        this.manifests = manifests;
    }

    @Override
    public HttpResponse serve(ServiceRequestContext context, HttpRequest request) {
        return HttpResponse.of(() -> answer(context, request), context.blockingTaskExecutor());
    }

    private HttpResponse answer(ServiceRequestContext context, HttpRequest request) {
        String path = context.decodedMappedPath();
        try {
            return path.equals("/") ? root() : route(path, context, request);
        } catch (RegistryError e) {
            return e.response();
        } catch (StatusRuntimeException e) {
            return new RegistryError(
                            ErrorCode.DENIED, String.valueOf(e.getStatus().getDescription()))
                    .response();
        } catch (IOException e) {
            LOG.log(Level.WARNING, e, () -> "cannot answer " + request.method() + " " + path);
            return new RegistryError(ErrorCode.UNKNOWN, "cannot read or write: " + e).response();
        }
    }

    private static HttpResponse root() {
        return HttpResponse.of(
                ResponseHeaders.builder(HttpStatus.OK)
                        .contentType(MediaType.JSON)
                        .set("docker-distribution-api-version", "registry/2.0")
                        .build(),
                HttpData.ofUtf8("{}"));
    }

    private HttpResponse route(String path, ServiceRequestContext context, HttpRequest request)
            throws IOException {
        Matcher parts = PATH.matcher(path.endsWith("/blobs/uploads") ? path + "/" : path);
        if (!parts.matches()) {
            throw unsupported(request, path);
        }
        ImageName image = ImageName.of(parts.group(1));
        String last = parts.group(3);
        boolean upload = parts.group(2).equals("blobs/uploads");
        require(reads(request) && !upload ? "downloadArtifacts" : "uploadArtifacts");
        requireRepository(image);
        return switch (parts.group(2)) {
            case "blobs/uploads" -> upload(image, last, context, request);
            case "blobs" -> blob(image, last, request);
            case "manifests" -> manifest(image, last, request);
            case "tags" -> tags(image, last, context, request);
            default -> throw unsupported(request, path);
        };
    }

    private static boolean reads(HttpRequest request) {
        return request.method() == HttpMethod.GET || request.method() == HttpMethod.HEAD;
    }

    private void require(String permission) {
        callers.require("artifactregistry.repositories." + permission, "project", "");
    }

    private HttpResponse blob(ImageName image, String digest, HttpRequest request)
            throws IOException {
        if (!reads(request)) {
            throw unsupported(request, "blobs/" + digest);
        }
        return blobs.get(image, Reference.digest(digest), request);
    }

    private HttpResponse manifest(ImageName image, String reference, HttpRequest request)
            throws IOException {
        if (reads(request)) {
            return manifests.get(image, Reference.of(reference), request);
        }
        if (request.method() != HttpMethod.PUT) {
            throw unsupported(request, "manifests/" + reference);
        }
        return manifests.put(image, Reference.of(reference), request);
    }

    private HttpResponse tags(
            ImageName image, String last, ServiceRequestContext context, HttpRequest request) {
        if (!reads(request) || !last.equals("list")) {
            throw unsupported(request, "tags/" + last);
        }
        return manifests.tags(image, context.queryParams());
    }

    private HttpResponse upload(
            ImageName image, String id, ServiceRequestContext context, HttpRequest request)
            throws IOException {
        if (id.isEmpty()) {
            if (request.method() != HttpMethod.POST) {
                throw unsupported(request, "blobs/uploads/");
            }
            return uploads.begin(image, context.queryParams(), request);
        }
        return switch (request.method()) {
            case GET -> uploads.status(image, id);
            case PATCH -> uploads.append(image, id, request);
            case PUT -> uploads.finish(image, id, context.queryParams(), request);
            case DELETE -> uploads.cancel(image, id);
            default -> throw unsupported(request, "blobs/uploads/" + id);
        };
    }

    private void requireRepository(ImageName image) {
        if (repositories.find(image.repository()).isEmpty()) {
            throw new RegistryError(
                    ErrorCode.NAME_UNKNOWN,
                    "Repository \""
                            + image.repository()
                            + "\" not found; create it in Artifact Registry first");
        }
    }

    private static RegistryError unsupported(HttpRequest request, String path) {
        return new RegistryError(
                ErrorCode.UNSUPPORTED, request.method() + " " + path + " is not done here");
    }
}
