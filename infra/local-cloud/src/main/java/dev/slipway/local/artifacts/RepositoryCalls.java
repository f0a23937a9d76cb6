package dev.slipway.local.artifacts;

import com.google.devtools.artifactregistry.v1.ArtifactRegistryGrpc;
import com.google.devtools.artifactregistry.v1.CreateRepositoryRequest;
import com.google.devtools.artifactregistry.v1.DockerImage;
import com.google.devtools.artifactregistry.v1.GetDockerImageRequest;
import com.google.devtools.artifactregistry.v1.GetRepositoryRequest;
import com.google.devtools.artifactregistry.v1.ListDockerImagesRequest;
import com.google.devtools.artifactregistry.v1.ListDockerImagesResponse;
import com.google.devtools.artifactregistry.v1.ListRepositoriesRequest;
import com.google.devtools.artifactregistry.v1.ListRepositoriesResponse;
import com.google.devtools.artifactregistry.v1.OperationMetadata;
import com.google.devtools.artifactregistry.v1.Repository;
import com.google.longrunning.Operation;
import dev.slipway.local.Callers;
import dev.slipway.local.FinishedOperations;
import dev.slipway.local.Settings;
import dev.slipway.local.artifacts.Manifests.Stored;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;

/**
 * {@code google.devtools.artifactregistry.v1.ArtifactRegistry}: repositories and the Docker images
 * in them. Every other call is UNIMPLEMENTED.
 */
final class RepositoryCalls extends ArtifactRegistryGrpc.ArtifactRegistryImplBase {
    private final Settings settings;
    private final Callers callers;
    private final Repositories repositories;
    private final NewRepository wanted;
    private final FinishedOperations operations;
    private final Manifests manifests;
    private final DockerImages images;

    RepositoryCalls(
            Settings settings,
            Callers callers,
            Repositories repositories,
            NewRepository wanted,
            FinishedOperations operations,
            Manifests manifests,
            DockerImages images) {
        this.settings = settings;
        this.callers = callers;
        this.repositories = repositories;
        this.wanted = wanted;
        this.operations = operations;
        this.manifests = manifests;
        this.images = images;
    }

    @Override
    public void createRepository(
            CreateRepositoryRequest request, StreamObserver<Operation> answer) {
        Names location = Names.location("parent", request.getParent(), settings);
        callers.require("artifactregistry.repositories.create", "project", "");
        Repository repository = wanted.of(location, request);
        if (!repositories.create(repository)) {
            throw Status.ALREADY_EXISTS
                    .withDescription("the repository already exists: " + repository.getName())
                    .asRuntimeException();
        }
        answer(
                operations.done(
                        location.parent(), OperationMetadata.getDefaultInstance(), repository),
                answer);
    }

    @Override
    public void getRepository(GetRepositoryRequest request, StreamObserver<Repository> answer) {
        Names.repository("name", request.getName(), settings);
        callers.require("artifactregistry.repositories.get", "project", "");
        answer(found(request.getName()), answer);
    }

    private Repository found(String name) {
        return repositories
                .find(name)
                .orElseThrow(
                        () ->
                                Status.NOT_FOUND
                                        .withDescription(
                                                "Requested entity was not found: Repository \""
                                                        + name
                                                        + "\"")
                                        .asRuntimeException());
    }

    @Override
    public void listRepositories(
            ListRepositoriesRequest request, StreamObserver<ListRepositoriesResponse> answer) {
        Names location = Names.location("parent", request.getParent(), settings);
        callers.require("artifactregistry.repositories.list", "project", "");
        refuse("filter", request.getFilter());
        refuse("order_by", request.getOrderBy());
        int size = Pages.size(request.getPageSize());
        String after = Pages.lastKey(request.getPageToken(), location.parent());
        List<Repository> page = repositories.of(location.parent(), after, size + 1);
        ListRepositoriesResponse.Builder response =
                ListRepositoriesResponse.newBuilder()
                        .addAllRepositories(page.stream().limit(size).toList());
        if (page.size() > size) {
            response.setNextPageToken(Pages.token(page.get(size - 1).getName()));
        }
        answer(response.build(), answer);
    }

    @Override
    public void listDockerImages(
            ListDockerImagesRequest request, StreamObserver<ListDockerImagesResponse> answer) {
        Names repository = Names.repository("parent", request.getParent(), settings);
        callers.require("artifactregistry.dockerimages.list", "project", "");
        refuse("order_by", request.getOrderBy());
        found(request.getParent());
        int size = Pages.size(request.getPageSize());
        String after = Pages.lastKey(request.getPageToken(), repository.prefix());
        List<Stored> page = manifests.below(repository.prefix(), after, size + 1);
        ListDockerImagesResponse.Builder response = ListDockerImagesResponse.newBuilder();
        page.stream().limit(size).forEach(stored -> response.addDockerImages(shown(stored)));
        if (page.size() > size) {
            Stored last = page.get(size - 1);
            response.setNextPageToken(Pages.token(last.image() + "@" + last.digest()));
        }
        answer(response.build(), answer);
    }

    @Override
    public void getDockerImage(GetDockerImageRequest request, StreamObserver<DockerImage> answer) {
        Names image = Names.image("name", request.getName(), settings);
        callers.require("artifactregistry.dockerimages.get", "project", "");
        answer(
                stored(image)
                        .map(this::shown)
                        .orElseThrow(
                                () ->
                                        Status.NOT_FOUND
                                                .withDescription(
                                                        "Requested entity was not found: "
                                                                + request.getName())
                                                .asRuntimeException()),
                answer);
    }

    private Optional<Stored> stored(Names image) {
        String uri = image.prefix() + image.image().replace("%2F", "/");
        try {
            ImageUri parsed = ImageUri.of(uri);
            return manifests.find(parsed.name(), parsed.reference());
        } catch (RegistryError e) {
            throw Status.INVALID_ARGUMENT
                    .withDescription("name: " + e.getMessage())
                    .asRuntimeException();
        }
    }

    private DockerImage shown(Stored stored) {
        try {
            return images.of(stored);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + stored.image(), e);
        }
    }

    private static void refuse(String field, String value) {
        if (!value.isEmpty()) {
            throw Status.UNIMPLEMENTED
                    .withDescription(field + " is not done here; leave it empty")
                    .asRuntimeException();
        }
    }

    private static <T> void answer(T value, StreamObserver<T> answer) {
        answer.onNext(value);
        answer.onCompleted();
    }
}
