package dev.slipway.deploy;

import dev.slipway.contracts.Digest;
import dev.slipway.contracts.RequestKind;
import dev.slipway.contracts.SourceStored;
import dev.slipway.kit.Answers;
import dev.slipway.kit.Outbox;
import dev.slipway.ledger.DeploymentRecord;
import dev.slipway.ledger.Ledger;
import dev.slipway.ledger.Marker;
import dev.slipway.ledger.RequestRecord;
import dev.slipway.ledger.ServiceEntry;
import dev.slipway.ledger.Source;
import dev.slipway.ledger.Stage;
import dev.slipway.ledger.Versioned;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;

/**
 * Makes a deployment of a request: the request's object gives id and order, an earlier deployment
 * the source. It begins verified, and goes the way of all others from there.
 */
@Singleton
record DeployAgain(Ledger ledger, Outbox outbox, Answers answers) {
    private static final Logger LOG = Logger.getLogger(DeployAgain.class);

    /** Begins it and tells the next stage; again, if need be. */
    void begin(RequestRecord request, DeploymentRecord parent) {
        ServiceEntry.Newest newest = ledger.service(request.service()).newest();
        Versioned<DeploymentRecord> begun =
                ledger.begin(
                        DeploymentRecord.again(
                                Marker.of(request.order()),
                                parent,
                                source(request, parent.requireSource()),
                                newest == null ? null : newest.deployment(),
                                request.correlation()));
        LOG.infof(
                "deployment=%s service=%s source of %s",
                begun.value().deployment(), request.service(), parent.deployment());
        if (begun.value().stage() == Stage.VERIFIED) {
            tell(begun.value());
            answers.show(begun);
        }
    }

    /** A build digest of its own: what is asked to be built again is found nowhere. */
    private static Source source(RequestRecord request, Source parent) {
        if (request.kind() == RequestKind.REDRIVE) {
            return parent;
        }
        return parent.withBuildDigest(Digest.of(parent.buildDigest() + " " + request.request()));
    }

    private void tell(DeploymentRecord deployment) {
        ledger.raiseNewest(
                deployment.requireService(), deployment.order(), deployment.deployment());
        outbox.publish(
                new SourceStored(
                        deployment.deployment(),
                        deployment.requireService(),
                        deployment.requireSource().staged(),
                        deployment.requireSource().digest(),
                        deployment.requireManifest(),
                        deployment.buildAttempt(),
                        deployment.injection()));
    }
}
