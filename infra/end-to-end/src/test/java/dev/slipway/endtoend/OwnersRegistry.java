package dev.slipway.endtoend;

import com.google.devtools.artifactregistry.v1.ArtifactRegistryClient;
import com.google.devtools.artifactregistry.v1.ArtifactRegistrySettings;
import com.google.devtools.artifactregistry.v1.LocationName;
import com.google.devtools.artifactregistry.v1.Repository;
import com.google.devtools.artifactregistry.v1.RepositoryName;
import dev.slipway.kit.google.GoogleAccess;
import java.io.IOException;
import java.util.stream.StreamSupport;

/** The image repositories, as the project's owner sees them. */
record OwnersRegistry(BareCloud cloud) {
    private ArtifactRegistryClient client() throws IOException {
        GoogleAccess access = new GoogleAccess(cloud.owner());
        return ArtifactRegistryClient.create(
                ArtifactRegistrySettings.newBuilder()
                        .setTransportChannelProvider(
                                access.channel(
                                        ArtifactRegistrySettings
                                                .defaultGrpcTransportProviderBuilder()))
                        .setCredentialsProvider(access.credentials())
                        .build());
    }

    /** Makes a repository for images. */
    void create(String region, String name) throws Exception {
        try (ArtifactRegistryClient client = client()) {
            client.createRepositoryAsync(
                            LocationName.of(Cloud.PROJECT, region),
                            Repository.newBuilder().setFormat(Repository.Format.DOCKER).build(),
                            name)
                    .get();
        }
    }

    /** How many repositories of this name there are. */
    long count(String region, String name) throws IOException {
        String full = RepositoryName.of(Cloud.PROJECT, region, name).toString();
        try (ArtifactRegistryClient client = client()) {
            var all = client.listRepositories(LocationName.of(Cloud.PROJECT, region)).iterateAll();
            return StreamSupport.stream(all.spliterator(), false)
                    .filter(repository -> repository.getName().equals(full))
                    .count();
        }
    }
}
