package dev.slipway.endtoend;

import com.google.cloud.pubsub.v1.TopicAdminClient;
import com.google.cloud.pubsub.v1.TopicAdminSettings;
import com.google.cloud.storage.BucketInfo;
import com.google.cloud.storage.Storage;
import com.google.pubsub.v1.TopicName;
import dev.slipway.build.decide.BuildPlan;
import dev.slipway.build.google.ArtifactRegistryContract;
import dev.slipway.build.google.CloudBuildsContract;
import dev.slipway.contracts.ObjectVersion;
import dev.slipway.contracts.ServiceKey;
import dev.slipway.contracts.Topology;
import dev.slipway.deploy.Given;
import dev.slipway.deploy.decide.ServicePlan;
import dev.slipway.deploy.google.CloudRunServicesContract;
import dev.slipway.deploy.google.EventarcTriggersContract;
import dev.slipway.kit.SlipwayConfig;
import dev.slipway.kit.google.GoogleAccess;
import dev.slipway.upload.google.CloudStorageDropsContract;
import dev.slipway.upload.google.CloudStorageStagingContract;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.io.TempDir;

/**
 * The contracts that the workers' fakes keep, kept by the real gateways on the real local cloud,
 * each with its own worker's token and no other permission.
 */
@OnOwnInstallation
@Order(9)
@SuppressWarnings("NullAway.Init") // set before all tests
class GatewayContractsTest {
    private static final String REPOSITORY = "contract-images";
    private static final String IMAGES =
            Cloud.REGION + "-docker.pkg.dev/" + Cloud.PROJECT + "/" + REPOSITORY;
    private static final String ENVIRONMENT_SAYS_NO = "CONTRACT_FAILS";

    /** A server that ends at once where a variable says so. */
    private static final Sample SERVER =
            Sample.saying("contract")
                    .with(
                            "index.js",
                            "if (process.env.%s) process.exit(1);\n".formatted(ENVIRONMENT_SAYS_NO)
                                    + "exports.hello = (request, response) =>"
                                    + " response.send('contract');\n");

    private static final Sample SLOW =
            Sample.saying("late")
                    .withPackage(
                            "\"scripts\": {\"gcp-build\": \"node -e \\\"setTimeout(() => {},"
                                    + " 120000)\\\"\"}");

    @TempDir static Path home;
    private static BareCloud cloud;

    /** Of {@link #SERVER}, built while no slow build takes the place. */
    private static String server;

    @BeforeAll
    static void start() throws Exception {
        cloud = new BareCloud(home, "--startup-timeout", "20s");
        cloud.storage()
                .create(
                        BucketInfo.newBuilder(Cloud.dropBucket())
                                .setLocation(Cloud.REGION)
                                .setVersioningEnabled(true)
                                .build());
        new OwnersRegistry(cloud).create(Cloud.REGION, REPOSITORY);
        server = BuiltImage.of(cloud, IMAGES + "/server", SERVER);
    }

    @AfterAll
    static void stop() {
        cloud.close();
    }

    @Nested
    class Drops extends CloudStorageDropsContract {
        @Override
        protected Storage storage() {
            return cloud.storage();
        }

        @Override
        protected Storage worker() {
            return cloud.storage("upload");
        }

        @Override
        protected Topology topology() {
            return Cloud.TOPOLOGY;
        }
    }

    @Nested
    class Staging extends CloudStorageStagingContract {
        @Override
        protected Storage storage() {
            return cloud.storage();
        }

        @Override
        protected Storage worker() {
            return cloud.storage("upload");
        }
    }

    @Nested
    class Repositories extends ArtifactRegistryContract {
        @Override
        protected SlipwayConfig config() {
            return cloud.worker("build");
        }

        @Override
        protected long count(String region, String repository) throws IOException {
            return new OwnersRegistry(cloud).count(region, repository);
        }
    }

    @Nested
    class Builds extends CloudBuildsContract {
        private static final String NAME = "contract-slow.tar.gz";
        private static long generation;

        @BeforeAll
        static void storeTheSource() throws IOException {
            generation = BuiltImage.store(cloud, NAME, SLOW);
        }

        @Override
        protected SlipwayConfig config() {
            return cloud.worker("build");
        }

        @Override
        protected BuildPlan plan(String tag) {
            return new BuildPlan(
                    Cloud.REGION,
                    REPOSITORY,
                    new ObjectVersion(BuiltImage.bucket(), NAME, generation),
                    IMAGES + "/slow",
                    "hello",
                    null,
                    Map.of(),
                    "projects/local-project/serviceAccounts/" + account("builder"),
                    null,
                    tag);
        }

        @Override
        protected String missing() {
            return "projects/local-project/locations/europe-west1/builds/none";
        }
    }

    @Nested
    class Services extends CloudRunServicesContract {
        @Override
        protected SlipwayConfig config() {
            return cloud.worker("deploy");
        }

        @Override
        protected ServicePlan starting(ServiceKey service, String revision) {
            return plan(service, revision, Map.of());
        }

        @Override
        protected ServicePlan failing(ServiceKey service, String revision) {
            return plan(service, revision, Map.of(ENVIRONMENT_SAYS_NO, "yes"));
        }

        private static ServicePlan plan(
                ServiceKey service, String revision, Map<String, String> environment) {
            return Given.plan(service, revision, server, account("runtime"), environment);
        }
    }

    @Nested
    class Triggers extends EventarcTriggersContract {
        @BeforeAll
        static void createTheTopicOfTheUndelivered() throws Exception {
            try (TopicAdminClient topics = topics()) {
                topics.createTopic(
                        TopicName.format(
                                Cloud.PROJECT, Cloud.TOPOLOGY.topic("undelivered-events").name()));
            }
        }

        private static TopicAdminClient topics() throws IOException {
            GoogleAccess access = new GoogleAccess(cloud.owner());
            return TopicAdminClient.create(
                    access.reaching(
                                    TopicAdminSettings.newBuilder(),
                                    TopicAdminSettings.defaultGrpcTransportProviderBuilder())
                            .build());
        }

        @Override
        protected SlipwayConfig config() {
            return cloud.worker("deploy");
        }

        @Override
        protected SlipwayConfig owner() {
            return cloud.owner();
        }

        @Override
        protected ServicePlan starting(ServiceKey service, String revision) {
            return Given.plan(service, revision, server, account("runtime"), Map.of());
        }
    }

    private static String account(String identity) {
        return Cloud.TOPOLOGY.identity(identity).email(Cloud.PROJECT);
    }
}
