package dev.slipway.local.build;

import com.google.cloud.tools.jib.api.CacheDirectoryCreationException;
import com.google.cloud.tools.jib.api.Containerizer;
import com.google.cloud.tools.jib.api.ImageReference;
import com.google.cloud.tools.jib.api.InvalidImageReferenceException;
import com.google.cloud.tools.jib.api.Jib;
import com.google.cloud.tools.jib.api.JibContainerBuilder;
import com.google.cloud.tools.jib.api.RegistryException;
import com.google.cloud.tools.jib.api.RegistryImage;
import com.google.cloud.tools.jib.api.RegistryUnauthorizedException;
import com.google.cloud.tools.jib.api.buildplan.AbsoluteUnixPath;
import com.google.cloud.tools.jib.api.buildplan.FileEntriesLayer;
import com.google.cloud.tools.jib.api.buildplan.FilePermissions;
import com.google.cloud.tools.jib.api.buildplan.ImageFormat;
import com.google.cloudbuild.v1.Build.FailureInfo.FailureType;
import dev.slipway.local.build.language.Application;
import dev.slipway.local.build.language.BuildStopped;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import java.util.function.IntSupplier;

/**
 * Puts an application into the registry on this cloud's port: an image without a base whose layers
 * are the same bytes for the same files.
 */
final class ImagePush {
    private static final String TAG = "latest";
    private static final FilePermissions PLAIN = FilePermissions.fromOctalString("644");
    private static final FilePermissions EXECUTABLE = FilePermissions.fromOctalString("755");

    private final IntSupplier port;

    /** {@code port} is where the registry answers. */
    ImagePush(IntSupplier port) {
        this.port = port;
    }

    /**
     * Pushes under the URI's tag, if it has one, and {@code latest}.
     *
     * @param imageUri its whole name without tag is the repository in the registry
     * @param cache a folder for this push alone
     * @return the image's digest, {@code sha256:…}
     */
    String push(Application application, String imageUri, Path cache)
            throws PushFailed, BuildStopped, IOException {
        try {
            ImageReference target =
                    ImageReference.parse("127.0.0.1:" + port.getAsInt() + "/" + imageUri);
            Containerizer into =
                    Containerizer.to(RegistryImage.named(target))
                            .withAdditionalTag(TAG)
                            .setAllowInsecureRegistries(true)
                            .setToolName("slipway-local-cloud")
                            .setBaseImageLayersCache(cache)
                            .setApplicationLayersCache(cache);
            return image(application).containerize(into).getDigest().toString();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new BuildStopped();
        } catch (RegistryUnauthorizedException e) {
            throw failed(FailureType.PUSH_NOT_AUTHORIZED, imageUri, e);
        } catch (RegistryException | CacheDirectoryCreationException e) {
            throw failed(FailureType.PUSH_FAILED, imageUri, e);
        } catch (ExecutionException | InvalidImageReferenceException e) {
            throw failed(FailureType.PUSH_FAILED, imageUri, e);
        }
    }

    private static PushFailed failed(FailureType type, String imageUri, Exception e) {
        return new PushFailed(
                type, "The image " + imageUri + " cannot be pushed: " + e.getMessage(), e);
    }

    private static JibContainerBuilder image(Application application) {
        JibContainerBuilder image =
                Jib.fromScratch()
                        .setFormat(ImageFormat.OCI)
                        .setWorkingDirectory(AbsoluteUnixPath.get(Application.DIRECTORY))
                        .setEntrypoint(application.entrypoint())
                        .setEnvironment(application.environment())
                        .setLabels(application.labels());
        application.layers().forEach(layer -> image.addFileEntriesLayer(layer(layer)));
        return image;
    }

    private static FileEntriesLayer layer(Application.Layer layer) {
        FileEntriesLayer.Builder entries = FileEntriesLayer.builder().setName(layer.name());
        AbsoluteUnixPath root = AbsoluteUnixPath.get(Application.DIRECTORY);
        for (Application.File file : layer.files()) {
            entries.addEntry(
                    file.from(), root.resolve(file.path()), file.executable() ? EXECUTABLE : PLAIN);
        }
        return entries.build();
    }
}
