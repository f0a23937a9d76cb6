package dev.slipway.kit;

import dev.slipway.contracts.DeploymentFinished;
import dev.slipway.contracts.RequestName;
import dev.slipway.contracts.Verdict;
import dev.slipway.ledger.DeploymentRecord;
import dev.slipway.ledger.Ledger;
import dev.slipway.ledger.RequestRecord;
import dev.slipway.ledger.Stage;
import dev.slipway.ledger.Versioned;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * How a deployment ends: the verdict is swapped into the record; then its build is cancelled, the
 * outcome published, the answer shown, where it came of a request that one's too, and last the
 * marker deleted. A crash anywhere is continued by whoever meets the marker.
 */
public final class Ending {
    private static final Logger LOG = Logger.getLogger(Ending.class);

    private final Ledger ledger;
    private final Outbox outbox;
    private final Answers answers;
    private final RunningBuilds builds;

    /** Ends deployments in this ledger. */
    public Ending(Ledger ledger, Outbox outbox, Answers answers, RunningBuilds builds) {
        this.ledger = ledger;
        this.outbox = outbox;
        this.answers = answers;
        this.builds = builds;
    }

    /**
     * The first line of every handler: whether the deployment is over. One that is over and still
     * has a marker is told again.
     */
    public boolean isOver(Versioned<DeploymentRecord> read) {
        if (!read.value().isDone()) {
            return false;
        }
        if (mayTell(read.value()) && ledger.marker(read.value().deployment()).isPresent()) {
            tell(read);
        }
        return true;
    }

    /**
     * Ends the deployment exactly in the state that was read.
     *
     * @param url where the service answers, if it does
     * @return false where somebody else changed the record first: read again
     */
    public boolean end(Versioned<DeploymentRecord> read, Verdict verdict, @Nullable String url) {
        Optional<Versioned<DeploymentRecord>> done =
                ledger.swap(read, read.value().finished(verdict, url));
        done.ifPresent(this::tell);
        return done.isPresent();
    }

    /**
     * A deployment whose build may still run is told by the worker that can cancel it, whose sweep
     * looks after it: with the marker gone nobody would.
     */
    private boolean mayTell(DeploymentRecord record) {
        return !builds.equals(RunningBuilds.NONE) || !mayStillBuild(record);
    }

    private static boolean mayStillBuild(DeploymentRecord record) {
        return record.lastOpenStage().compareTo(Stage.CLAIMED) >= 0 && record.image() == null;
    }

    /** One with an image left the build window before anybody was told of it; a sweep tidies up. */
    private static boolean mayStandInTheWindow(DeploymentRecord record) {
        return record.lastOpenStage() != Stage.RECEIVED && record.image() == null;
    }

    /** Waiting is no failure: the sweep meets the marker and asks again. */
    private boolean isCancelled(DeploymentRecord record) {
        try {
            builds.cancel(record);
            return true;
        } catch (GatewayException e) {
            if (e.kind() != FailureKind.BUSY) {
                throw e;
            }
            LOG.infof("deployment=%s is told later: %s", record.deployment(), e.sentence());
            return false;
        }
    }

    /** With the marker gone, which both share, nobody would come back for the request. */
    private void tellOrigin(DeploymentRecord record) {
        if (RequestName.parse(record.drop().object()).isPresent()) {
            ledger.request(record.deployment()).ifPresent(this::tellOrigin);
        }
    }

    private void tellOrigin(Versioned<RequestRecord> read) {
        RequestRecord told = read.value().deployed();
        if (!read.value().isDone()) {
            var _ = ledger.swap(read, told);
        }
        ledger.answerRequest(told.answerName(), told.answer());
    }

    private void tell(Versioned<DeploymentRecord> done) {
        DeploymentRecord record = done.value();
        Verdict verdict = record.requireVerdict();
        if (mayStillBuild(record) && !isCancelled(record)) {
            return;
        }
        if (mayStandInTheWindow(record)) {
            ledger.leaveBuilding(record.deployment());
        }
        outbox.publish(
                new DeploymentFinished(
                        record.deployment(),
                        record.drop(),
                        record.service(),
                        verdict.outcome(),
                        verdict.reason(),
                        verdict.message(),
                        record.url(),
                        record.correlation()));
        answers.showLast(done);
        tellOrigin(record);
        ledger.unmark(record.deployment());
        LOG.infof(
                "deployment=%s service=%s outcome=%s reason=%s",
                record.deployment(), record.service(), verdict.outcome(), verdict.reason());
    }
}
