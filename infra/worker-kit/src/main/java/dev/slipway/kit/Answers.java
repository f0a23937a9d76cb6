package dev.slipway.kit;

import dev.slipway.contracts.Answer;
import dev.slipway.contracts.Json;
import dev.slipway.ledger.Backoff;
import dev.slipway.ledger.DeploymentRecord;
import dev.slipway.ledger.ObjectStore;
import dev.slipway.ledger.Order;
import dev.slipway.ledger.StoreUnavailable;
import dev.slipway.ledger.Versioned;
import java.io.IOException;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * The answers beside the drops, {@code status/<object>.json}: written by swap, forward only, never
 * over the answer to a newer generation. States in between may be skipped; the last one may not.
 */
public final class Answers {
    private static final Logger LOG = Logger.getLogger(Answers.class);
    private static final int TRIES = 20;

    private final ObjectStore dropBucket;
    private final Backoff backoff;

    /** Answers in this bucket. */
    public Answers(ObjectStore dropBucket, Backoff backoff) {
        this.dropBucket = dropBucket;
        this.backoff = backoff;
    }

    /**
     * Shows where a deployment is; a busy or failing store only costs this state, not the
     * deployment.
     */
    public void show(Versioned<DeploymentRecord> record) {
        try {
            write(AnswerOf.record(record), 1);
        } catch (StoreUnavailable e) {
            LOG.debugf(
                    "the answer of %s is not shown now: %s",
                    record.value().deployment(), e.getMessage());
        }
    }

    /**
     * Shows how a deployment ended; returns once that, or the answer to a newer generation, stands.
     */
    public void showLast(Versioned<DeploymentRecord> record) {
        write(AnswerOf.record(record), TRIES);
    }

    private void write(Answer answer, int tries) {
        String name = Answer.nameFor(answer.object());
        byte[] body = Json.write(answer);
        for (int attempt = 0; attempt < tries; attempt++) {
            backoff.before(attempt);
            Optional<ObjectStore.Stored> standing = dropBucket.get(name);
            if (standing.isPresent() && !follows(answer, standing.get())) {
                return;
            }
            ObjectStore.Write write =
                    standing.map(old -> dropBucket.swap(name, old.generation(), body))
                            .orElseGet(() -> dropBucket.create(name, body));
            if (write instanceof ObjectStore.Written) {
                return;
            }
        }
        if (tries > 1) {
            throw new StoreUnavailable(
                    "the answer " + name + " was changed by others in " + tries + " tries",
                    true,
                    null);
        }
    }

    private static boolean follows(Answer answer, ObjectStore.Stored standing) {
        Answer old;
        try {
            old = Json.read(standing.body(), Answer.class);
        } catch (IOException _) {
            return true; // somebody's own file, or a torn one: the name is ours
        }
        int newer = Order.parse(answer.order()).compareTo(Order.parse(old.order()));
        return newer > 0 || (newer == 0 && answer.state().compareTo(old.state()) > 0);
    }
}
