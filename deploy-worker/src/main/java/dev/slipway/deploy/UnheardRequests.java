package dev.slipway.deploy;

import dev.slipway.contracts.DeploymentId;
import dev.slipway.contracts.ObjectVersion;
import dev.slipway.contracts.Topology;
import dev.slipway.kit.RequestNotice;
import dev.slipway.kit.Requests;
import dev.slipway.ledger.DeploymentRecord;
import dev.slipway.ledger.Ledger;
import dev.slipway.ledger.ObjectStore;
import dev.slipway.ledger.UnreadableObject;
import dev.slipway.ledger.Versioned;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
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
    private final CarryOutRequest carryOut;
    private final DeployConfig config;
    private final String bucket;
    private Instant due = Instant.MIN;

    UnheardRequests(
            Ledger ledger,
            Requests requests,
            CarryOutRequest carryOut,
            DeployConfig config,
            Topology topology) {
        this.ledger = ledger;
        this.requests = requests;
        this.carryOut = carryOut;
        this.config = config;
        this.bucket = topology.bucket("ledger").name();
    }

    /** Lists them, if it is time to. A listing that fails is repeated by the next round. */
    void round(Instant now) {
        if (now.isBefore(due)) {
            return;
        }
        for (ObjectStore.Listed found : ledger.unansweredRequests(now.minus(SETTLES))) {
            look(new ObjectVersion(bucket, found.name(), found.generation()), now);
        }
        due = now.plus(config.listEvery());
    }

    /** One that does not parse keeps no other back. */
    private void look(ObjectVersion object, Instant now) {
        DeploymentId request = DeploymentId.of(object);
        try {
            Optional<Versioned<DeploymentRecord>> became = ledger.deployment(request);
            if (became.isPresent()) {
                carryOut.resumeBegun(became.get().value(), now);
            } else if (ledger.request(request).isEmpty()) {
                LOG.warnf("request=%s was found by listing; its message did not come", request);
                Requests.Taken _ = requests.take(new RequestNotice(true, object));
            }
        } catch (UnreadableObject e) {
            LOG.errorf("alert=unreadable request=%s %s", request, e.getMessage());
        }
    }
}
