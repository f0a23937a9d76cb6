package dev.slipway.deploy.google;

import com.google.cloud.pubsub.v1.TopicAdminClient;
import com.google.cloud.storage.BucketInfo;
import com.google.pubsub.v1.TopicName;
import dev.slipway.contracts.ServiceKey;
import dev.slipway.contracts.Topology;
import dev.slipway.deploy.decide.ServicePlan;
import dev.slipway.deploy.gateway.Triggers;
import dev.slipway.deploy.gateway.TriggersContract;
import dev.slipway.kit.SlipwayConfig;
import dev.slipway.kit.google.GoogleAccess;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** The triggers' contract, on whatever Google's clients are pointed to. */
@SuppressWarnings("NullAway.Init") // set before each test
public abstract class EventarcTriggersContract extends TriggersContract {
    private EventClients clients;
    private CloudRunServices services;
    private Triggers triggers;

    /** Where Google is, and who calls. */
    protected abstract SlipwayConfig config();

    /** The same, for whoever may make topics and buckets. */
    protected abstract SlipwayConfig owner();

    /** A plan whose container starts. */
    protected abstract ServicePlan starting(ServiceKey service, String revision);

    @BeforeEach
    void connect() throws IOException {
        GoogleAccess access = new GoogleAccess(config());
        Topology topology = Topology.of(config().project(), config().installation());
        clients = new EventClients(access);
        services = new CloudRunServices(config(), access, "contract");
        triggers =
                new EventarcTriggers(
                        config(),
                        topology,
                        clients,
                        access.storage(),
                        EventarcTriggersContract::pause);
    }

    private static void pause(Duration pause) {
        Awaitility.await().pollDelay(pause).atMost(pause.plusSeconds(5)).until(() -> true);
    }

    @AfterEach
    void disconnect() throws Exception {
        services.close();
        clients.close();
    }

    @Override
    protected Triggers triggers() {
        return triggers;
    }

    @Override
    protected String installation() {
        return config().installation();
    }

    @Override
    protected void serve(ServiceKey service) {
        services.create(starting(service, service.service() + "-1"), Map.of());
        Awaitility.await("the service " + service)
                .atMost(Duration.ofSeconds(60))
                .until(
                        () -> services.get(service),
                        found -> found.isPresent() && found.get().serves(service.service() + "-1"));
    }

    @Override
    protected void topic(String name) {
        EventClients owners = new EventClients(new GoogleAccess(owner()));
        TopicAdminClient topics = owners.topics();
        topics.createTopic(TopicName.format(owner().project(), name));
        topics.close();
    }

    @Override
    protected void bucket(String name, String location) {
        new GoogleAccess(owner())
                .storage()
                .create(BucketInfo.newBuilder(name).setLocation(location).build());
    }
}
