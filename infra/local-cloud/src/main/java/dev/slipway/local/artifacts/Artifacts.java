package dev.slipway.local.artifacts;

import com.google.devtools.artifactregistry.v1.OperationMetadata;
import com.google.devtools.artifactregistry.v1.Repository;
import com.google.longrunning.Operation;
import com.google.protobuf.Descriptors.Descriptor;
import com.linecorp.armeria.server.ServerBuilder;
import dev.slipway.local.Api;
import dev.slipway.local.Callers;
import dev.slipway.local.FinishedOperations;
import dev.slipway.local.Images;
import dev.slipway.local.InstantImages;
import dev.slipway.local.OperationSource;
import dev.slipway.local.Settings;
import dev.slipway.local.State;
import dev.slipway.local.Transcoded;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * Artifact Registry: its API for Docker repositories, and the registry below {@code /v2/} that
 * images are pushed to and pulled from.
 */
public final class Artifacts implements Api, Images, InstantImages, OperationSource {
    private final Blobs blobs;
    private final Manifests manifests;
    private final FinishedOperations operations;
    private final Registry registry;
    private final RepositoryCalls calls;
    private final TinyImage tiny;

    /** Finds what an earlier run left in the state. */
    public Artifacts(Settings settings, State state, Callers callers) {
        this(settings, state, callers, InstantSource.system());
    }

    Artifacts(Settings settings, State state, Callers callers, InstantSource clock) {
        Path temporary = state.directory("registry/uploads");
        Repositories repositories = new Repositories(state.map("artifacts.repositories"));
        this.blobs = new Blobs(state.directory("registry/sha256"), state.map("registry.blobs"));
        this.manifests =
                new Manifests(blobs, state.map("registry.manifests"), state.map("registry.tags"));
        this.operations = new FinishedOperations(state.map("artifacts.operations"), clock);
        this.tiny = new TinyImage(blobs, manifests, temporary, clock);
        Uploads uploads = new Uploads(temporary, clock);
        this.registry =
                new Registry(
                        repositories,
                        callers,
                        new BlobCalls(blobs),
                        new UploadCalls(uploads, blobs, clock),
                        new ManifestCalls(manifests, blobs, temporary, clock));
        this.calls =
                new RepositoryCalls(
                        settings,
                        callers,
                        repositories,
                        new NewRepository(clock),
                        operations,
                        manifests,
                        new DockerImages(manifests, blobs));
    }

    RepositoryCalls calls() {
        return calls;
    }

    @Override
    public void addTo(ServerBuilder server) {
        server.serviceUnder("/v2/", registry);
        Transcoded.add(server, "/artifactregistry", types(), calls);
    }

    @Override
    public Optional<Path> manifest(String imageUri) {
        try {
            ImageUri uri = ImageUri.of(imageUri);
            return manifests.find(uri.name(), uri.reference()).flatMap(manifests::file);
        } catch (RegistryError _) {
            return Optional.empty();
        }
    }

    @Override
    public Optional<Path> blob(String imageUri, String digest) {
        try {
            return blobs.find(ImageUri.of(imageUri).name(), Reference.digest(digest));
        } catch (RegistryError _) {
            return Optional.empty();
        }
    }

    @Override
    public String put(String imageUri) throws IOException {
        return tiny.put(ImageUri.of(imageUri)).value();
    }

    @Override
    public Optional<Operation> find(String name) {
        return operations.find(name);
    }

    @Override
    public List<Descriptor> types() {
        return List.of(Repository.getDescriptor(), OperationMetadata.getDescriptor());
    }
}
