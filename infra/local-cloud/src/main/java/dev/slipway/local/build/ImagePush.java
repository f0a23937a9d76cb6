package dev.slipway.local.build;

import com.google.cloudbuild.v1.Build.FailureInfo.FailureType;
import com.linecorp.armeria.client.WebClient;
import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.RequestHeaders;
import com.linecorp.armeria.common.stream.StreamMessage;
import dev.slipway.local.build.language.Application;
import dev.slipway.local.build.language.BuildStopped;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.function.IntSupplier;

/** Puts an application into the registry on this cloud's port: an image without a base. */
final class ImagePush {
    private static final String TAG = "latest";
    private static final int LONGEST_ANSWER = 1 << 20;

    private final IntSupplier port;

    /** {@code port} is where the registry answers. */
    ImagePush(IntSupplier port) {
        this.port = port;
    }

    /**
     * Pushes under the URI's tag, if it has one, and {@code latest}.
     *
     * @param imageUri its whole name without tag is the repository in the registry
     * @param folder for this push alone
     * @return the image's digest, {@code sha256:…}
     */
    String push(Application application, String imageUri, Path folder)
            throws PushFailed, BuildStopped, IOException {
        Files.createDirectories(folder);
        List<WrittenLayer> layers = new ArrayList<>();
        for (Application.Layer layer : application.layers()) {
            if (!layer.files().isEmpty()) {
                layers.add(WrittenLayer.write(layer, folder.resolve(layer.name())));
            }
        }
        byte[] config = ImageDocuments.config(application, layers);
        byte[] manifest = ImageDocuments.manifest(config, layers);
        int colon = imageUri.lastIndexOf(':');
        boolean tagged = colon > imageUri.lastIndexOf('/');
        Target target =
                new Target(registry(), imageUri, tagged ? imageUri.substring(0, colon) : imageUri);
        for (WrittenLayer layer : layers) {
            target.putLayer(layer);
        }
        target.putBlob(config);
        if (tagged) {
            target.putManifest(imageUri.substring(colon + 1), manifest);
        }
        target.putManifest(TAG, manifest);
        return Sha256.of(manifest);
    }

    private WebClient registry() {
        return WebClient.builder("h1c://127.0.0.1:" + port.getAsInt())
                .responseTimeoutMillis(0)
                .writeTimeoutMillis(0)
                .maxResponseLength(LONGEST_ANSWER)
                .build();
    }

    /** An image's repository; every digest is checked by the registry. */
    private record Target(WebClient registry, String imageUri, String repository) {
        void putLayer(WrittenLayer layer) throws PushFailed, BuildStopped, IOException {
            HttpRequest has = HttpRequest.of(HttpMethod.HEAD, blobs() + layer.digest());
            if (!ask(has).status().equals(HttpStatus.OK)) {
                HttpRequest request =
                        HttpRequest.of(
                                upload(layer.digest(), Files.size(layer.file())),
                                StreamMessage.of(layer.file()));
                require(ask(request));
            }
        }

        void putBlob(byte[] content) throws PushFailed, BuildStopped {
            RequestHeaders headers = upload(Sha256.of(content), content.length);
            require(ask(HttpRequest.of(headers, HttpData.wrap(content))));
        }

        private RequestHeaders upload(String digest, long size) {
            return RequestHeaders.builder(HttpMethod.POST, blobs() + "uploads/?digest=" + digest)
                    .contentType(MediaType.OCTET_STREAM)
                    .contentLength(size)
                    .build();
        }

        private String blobs() {
            return "/v2/" + repository + "/blobs/";
        }

        void putManifest(String tag, byte[] manifest) throws PushFailed, BuildStopped {
            RequestHeaders headers =
                    RequestHeaders.builder(
                                    HttpMethod.PUT, "/v2/" + repository + "/manifests/" + tag)
                            .contentType(MediaType.parse(ImageDocuments.MANIFEST))
                            .build();
            require(ask(HttpRequest.of(headers, HttpData.wrap(manifest))));
        }

        private AggregatedHttpResponse ask(HttpRequest request) throws PushFailed, BuildStopped {
            try {
                return registry.execute(request).aggregate().get();
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
                throw new BuildStopped();
            } catch (ExecutionException e) {
                throw failed(FailureType.PUSH_FAILED, String.valueOf(e.getCause()));
            }
        }

        private void require(AggregatedHttpResponse answer) throws PushFailed {
            if (answer.status().equals(HttpStatus.CREATED)) {
                return;
            }
            boolean refused =
                    answer.status().equals(HttpStatus.UNAUTHORIZED)
                            || answer.status().equals(HttpStatus.FORBIDDEN);
            throw failed(
                    refused ? FailureType.PUSH_NOT_AUTHORIZED : FailureType.PUSH_FAILED,
                    answer.status() + " " + answer.contentUtf8());
        }

        private PushFailed failed(FailureType type, String why) {
            return new PushFailed(type, "The image " + imageUri + " cannot be pushed: " + why);
        }
    }
}
