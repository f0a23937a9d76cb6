package dev.slipway.local.artifacts;

import com.google.devtools.artifactregistry.v1.CreateRepositoryRequest;
import com.google.devtools.artifactregistry.v1.Repository;
import com.google.protobuf.Timestamp;
import io.grpc.Status;
import java.time.Instant;
import java.time.InstantSource;
import java.util.regex.Pattern;

/** The repository that a request asks for, as Artifact Registry answers it. */
final class NewRepository {
    /** What Artifact Registry allows as a repository's id. */
    private static final Pattern ID = Pattern.compile("[a-z]([a-z0-9-]{0,61}[a-z0-9])?");

    private final InstantSource clock;

    NewRepository(InstantSource clock) {
        this.clock = clock;
    }

    Repository of(Names location, CreateRepositoryRequest request) {
        String id = request.getRepositoryId();
        if (!ID.matcher(id).matches()) {
            throw Status.INVALID_ARGUMENT
                    .withDescription(
                            "repository_id must be a letter and up to 62 of a-z, 0-9 and -, not"
                                    + " ending in -, got \""
                                    + id
                                    + "\"")
                    .asRuntimeException();
        }
        refuseOther(request.getRepository());
        Instant time = clock.instant();
        Timestamp now =
                Timestamp.newBuilder()
                        .setSeconds(time.getEpochSecond())
                        .setNanos(time.getNano())
                        .build();
        return Repository.newBuilder()
                .setName(location.parent() + "/repositories/" + id)
                .setFormat(Repository.Format.DOCKER)
                .setMode(Repository.Mode.STANDARD_REPOSITORY)
                .setDescription(request.getRepository().getDescription())
                .putAllLabels(request.getRepository().getLabelsMap())
                .setCreateTime(now)
                .setUpdateTime(now)
                .setRegistryUri(location.registry() + "/" + id)
                .build();
    }

    private static void refuseOther(Repository asked) {
        switch (asked.getFormat()) {
            case DOCKER -> {}
            case FORMAT_UNSPECIFIED, UNRECOGNIZED ->
                    throw Status.INVALID_ARGUMENT
                            .withDescription("repository.format must be set")
                            .asRuntimeException();
            case MAVEN, NPM, APT, YUM, PYTHON, KFP, GO, GENERIC, RUBY ->
                    throw unimplemented("repository.format " + asked.getFormat());
        }
        if (asked.getMode() != Repository.Mode.MODE_UNSPECIFIED
                && asked.getMode() != Repository.Mode.STANDARD_REPOSITORY) {
            throw unimplemented("repository.mode " + asked.getMode());
        }
        if (!asked.getKmsKeyName().isEmpty()) {
            throw unimplemented("repository.kms_key_name");
        }
        if (asked.getCleanupPoliciesCount() > 0) {
            throw unimplemented("repository.cleanup_policies");
        }
        if (asked.getDockerConfig().getImmutableTags()) {
            throw unimplemented("repository.docker_config.immutable_tags");
        }
    }

    private static RuntimeException unimplemented(String what) {
        return Status.UNIMPLEMENTED
                .withDescription(what + " is not done here")
                .asRuntimeException();
    }
}
