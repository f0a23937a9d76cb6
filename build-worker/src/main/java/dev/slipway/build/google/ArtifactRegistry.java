package dev.slipway.build.google;

import com.google.api.gax.rpc.AlreadyExistsException;
import com.google.api.gax.rpc.ApiException;
import com.google.api.gax.rpc.NotFoundException;
import com.google.devtools.artifactregistry.v1.ArtifactRegistryClient;
import com.google.devtools.artifactregistry.v1.ArtifactRegistrySettings;
import com.google.devtools.artifactregistry.v1.LocationName;
import com.google.devtools.artifactregistry.v1.Repository;
import com.google.devtools.artifactregistry.v1.RepositoryName;
import dev.slipway.build.gateway.ImageRepositories;
import dev.slipway.kit.FailureKind;
import dev.slipway.kit.GatewayException;
import dev.slipway.kit.SlipwayConfig;
import dev.slipway.kit.google.GoogleAccess;
import dev.slipway.kit.google.GoogleFailures;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Docker repositories in Artifact Registry; those seen once are not asked for again. */
@Singleton
class ArtifactRegistry implements ImageRepositories {
    private static final long CREATED_WITHIN_SECONDS = 60;
    private static final String DESCRIPTION = "Cloud Run Source Deployments";

    private final String project;
    private final ArtifactRegistryClient registry;
    private final Set<RepositoryName> present = ConcurrentHashMap.newKeySet();

    ArtifactRegistry(SlipwayConfig config, GoogleAccess access) throws IOException {
        this.project = config.project();
        this.registry =
                ArtifactRegistryClient.create(
                        ArtifactRegistrySettings.newBuilder()
                                .setTransportChannelProvider(
                                        access.channel(
                                                ArtifactRegistrySettings
                                                        .defaultGrpcTransportProviderBuilder()))
                                .setCredentialsProvider(access.credentials())
                                .setHeaderProvider(access.headers())
                                .build());
    }

    @Override
    public void ensure(String region, String repository) {
        RepositoryName name = RepositoryName.of(project, region, repository);
        if (!present.contains(name)) {
            findOrCreate(name);
            present.add(name);
        }
    }

    private void findOrCreate(RepositoryName name) {
        try {
            registry.getRepository(name);
        } catch (NotFoundException _) {
            create(name);
        } catch (ApiException e) {
            throw GoogleFailures.of("find the image repository " + name, e);
        }
    }

    private void create(RepositoryName name) {
        String tried = "create the image repository " + name;
        Repository docker =
                Repository.newBuilder()
                        .setFormat(Repository.Format.DOCKER)
                        .setDescription(DESCRIPTION)
                        .build();
        try {
            registry.createRepositoryAsync(
                            LocationName.of(project, name.getLocation()),
                            docker,
                            name.getRepository())
                    .get(CREATED_WITHIN_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            refuseUnlessThere(tried, e);
        } catch (TimeoutException e) {
            throw new GatewayException(
                    FailureKind.TRANSIENT,
                    tried,
                    "it was not done within " + CREATED_WITHIN_SECONDS + " s",
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new GatewayException(FailureKind.TRANSIENT, tried, "the worker is stopping", e);
        }
    }

    /** Somebody else may have created it in the meantime. */
    private static void refuseUnlessThere(String tried, ExecutionException failure) {
        switch (failure.getCause()) {
            case AlreadyExistsException _ -> {}
            case ApiException api -> throw GoogleFailures.of(tried, api);
            case null, default ->
                    throw new GatewayException(
                            FailureKind.TRANSIENT,
                            tried,
                            "it failed: " + failure.getMessage(),
                            failure);
        }
    }

    @PreDestroy
    void close() {
        registry.close();
    }
}
