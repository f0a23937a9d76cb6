package dev.slipway.deploy;

import dev.slipway.contracts.DeploymentId;
import dev.slipway.contracts.ObjectVersion;
import dev.slipway.contracts.Topology;
import dev.slipway.kit.RequestNotice;
import dev.slipway.kit.Requests;
import dev.slipway.ledger.Ledger;
import dev.slipway.ledger.ObjectStore;
import dev.slipway.ledger.UnreadableObject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import org.jboss.logging.Logger;

/**
 * Finds the requests that no message told of, or whose last message was lost: lists those without
 * an answer now and then. What is found gets its marker and its record, and is carried out by the
 * sweep.
 */
@Singleton
class UnheardRequests {
    private static final Logger LOG = Logger.getLogger(UnheardRequests.class);

    /** Younger ones are left to their messages. */
    private static final Duration SETTLES = Duration.ofMinutes(1);

    private final Ledger ledger;
    private final Requests requests;
    private final DeployConfig config;
    private final String bucket;
    private Instant due = Instant.MIN;

    UnheardRequests(Ledger ledger, Requests requests, DeployConfig config, Topology topology) {
        this.ledger = ledger;
        this.requests = requests;
        this.config = config;
        this.bucket = topology.bucket("ledger").name();
    }

    /** Lists them, if it is time to. A listing that fails is repeated by the next round. */
    void round(Instant now) {
        if (now.isBefore(due)) {
            return;
        }
        for (ObjectStore.Listed found : ledger.unansweredRequests(now.minus(SETTLES))) {
            look(new ObjectVersion(bucket, found.name(), found.generation()));
        }
        due = now.plus(config.listEvery());
    }

    /** One that does not parse keeps no other back. */
    private void look(ObjectVersion object) {
        DeploymentId request = DeploymentId.of(object);
        try {
            if (ledger.request(request).isEmpty()) {
                LOG.warnf("request=%s was found by listing; its message did not come", request);
                Requests.Taken _ = requests.take(new RequestNotice(true, object));
            }
        } catch (UnreadableObject e) {
            LOG.errorf("alert=unreadable request=%s %s", request, e.getMessage());
        }
    }
}
