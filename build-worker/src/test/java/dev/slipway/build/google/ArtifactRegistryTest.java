package dev.slipway.build.google;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.devtools.artifactregistry.v1.CreateRepositoryRequest;
import com.google.devtools.artifactregistry.v1.GetRepositoryRequest;
import com.google.devtools.artifactregistry.v1.Repository;
import com.google.longrunning.Operation;
import com.google.protobuf.Any;
import dev.slipway.kit.FailureKind;
import dev.slipway.kit.GatewayException;
import dev.slipway.kit.GivenConfig;
import dev.slipway.kit.google.GoogleAccess;
import dev.slipway.kit.google.GrpcStandIn;
import io.grpc.Status;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Google's client over gRPC, against answers in Google's shapes. */
@SuppressWarnings("NullAway.Init") // set before each test
class ArtifactRegistryTest {
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final List<CreateRepositoryRequest> created = new CopyOnWriteArrayList<>();
    private Status found = Status.NOT_FOUND;
    private Status refusal = Status.OK;
    private GrpcStandIn google;
    private ArtifactRegistry registry;

    @BeforeEach
    void serve() throws IOException {
        google = new GrpcStandIn();
        google.serve(
                "google.devtools.artifactregistry.v1.ArtifactRegistry",
                new GrpcStandIn.Method<>(
                        "GetRepository",
                        GetRepositoryRequest.getDefaultInstance(),
                        Repository.getDefaultInstance(),
                        this::get),
                new GrpcStandIn.Method<>(
                        "CreateRepository",
                        CreateRepositoryRequest.getDefaultInstance(),
                        Operation.getDefaultInstance(),
                        this::create));
        GivenConfig config = GivenConfig.of("build").at(google.endpoint());
        registry = new ArtifactRegistry(config, new GoogleAccess(config));
    }

    @AfterEach
    void stop() {
        registry.close();
        google.close();
    }

    private Repository get(GetRepositoryRequest request) {
        asked.add(request.getName());
        if (!found.isOk()) {
            throw found.asRuntimeException();
        }
        return Repository.newBuilder().setName(request.getName()).build();
    }

    private Operation create(CreateRepositoryRequest request) {
        created.add(request);
        if (!refusal.isOk()) {
            throw refusal.asRuntimeException();
        }
        return Operation.newBuilder()
                .setName("projects/p/locations/europe-west1/operations/o")
                .setDone(true)
                .setResponse(Any.pack(request.getRepository()))
                .build();
    }

    @Test
    void createsADockerRepositoryWhereThereIsNone() {
        registry.ensure("europe-west1", "cloud-run-source-deploy");

        CreateRepositoryRequest request = created.getFirst();
        assertThat(request.getParent()).isEqualTo("projects/p/locations/europe-west1");
        assertThat(request.getRepositoryId()).isEqualTo("cloud-run-source-deploy");
        assertThat(request.getRepository().getFormat()).isEqualTo(Repository.Format.DOCKER);
    }

    @Test
    void leavesARepositoryAsItIsAndAsksOnce() {
        found = Status.OK;

        registry.ensure("europe-west1", "r");
        registry.ensure("europe-west1", "r");

        assertThat(asked).containsExactly("projects/p/locations/europe-west1/repositories/r");
        assertThat(created).isEmpty();
    }

    @Test
    void oneThatSomebodyElseJustCreatedIsThere() {
        refusal = Status.ALREADY_EXISTS;

        registry.ensure("europe-west1", "r");

        assertThat(created).hasSize(1);
    }

    @Test
    void asksAgainAfterItWasDenied() {
        refusal = Status.PERMISSION_DENIED;

        assertThatThrownBy(() -> registry.ensure("europe-west1", "r"))
                .isInstanceOfSatisfying(
                        GatewayException.class,
                        e -> assertThat(e.kind()).isEqualTo(FailureKind.DENIED));
        refusal = Status.OK;
        registry.ensure("europe-west1", "r");

        assertThat(created).hasSize(2);
    }
}
