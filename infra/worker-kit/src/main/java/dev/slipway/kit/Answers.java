package dev.slipway.kit;

import dev.slipway.contracts.Answer;
import dev.slipway.contracts.DeploymentId;
import dev.slipway.contracts.Json;
import dev.slipway.ledger.Backoff;
import dev.slipway.ledger.DeploymentRecord;
import dev.slipway.ledger.Marker;
import dev.slipway.ledger.ObjectStore;
import dev.slipway.ledger.Order;
import dev.slipway.ledger.StoreUnavailable;
import dev.slipway.ledger.UnreadableObject;
import dev.slipway.ledger.Versioned;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/**
 * The answers beside the drops, {@code status/<object>.json}: written by swap, forward only, never
 * over the answer to a newer generation. States in between may be skipped, and are where the next
 * one follows soon; the last one may not.
 */
public final class Answers {
    private static final Logger LOG = Logger.getLogger(Answers.class);
    private static final int TRIES = 20;

    /** Above it, states in between are left out. */
    private static final int MOST_NOT_SHOWN = 1000;

    private final ObjectStore dropBucket;
    private final Backoff backoff;
    private final Later later;
    private final Map<DeploymentId, Versioned<DeploymentRecord>> notShownYet =
            new ConcurrentHashMap<>();

    /**
     * Answers in this bucket.
     *
     * @param later when states in between are shown, if nothing newer is to be shown by then
     */
    public Answers(ObjectStore dropBucket, Backoff backoff, Later later) {
        this.dropBucket = dropBucket;
        this.backoff = backoff;
        this.later = later;
    }

    /**
     * Shows where a deployment is; a busy or failing store only costs this state, not the
     * deployment. What waits is shown at once, since it likely waits for long.
     */
    public void show(Versioned<DeploymentRecord> record) {
        DeploymentId deployment = record.value().deployment();
        if (record.value().waiting() != null) {
            notShownYet.remove(deployment);
            tryToShow(record);
        } else if (notShownYet.size() < MOST_NOT_SHOWN
                && notShownYet.put(deployment, record) == null) {
            later.run(() -> showNewest(deployment));
        }
    }

    private void showNewest(DeploymentId deployment) {
        Versioned<DeploymentRecord> newest = notShownYet.remove(deployment);
        if (newest != null) {
            tryToShow(newest);
        }
    }

    private void tryToShow(Versioned<DeploymentRecord> record) {
        try {
            var _ = write(AnswerOf.record(record));
        } catch (StoreUnavailable e) {
            LOG.debugf(
                    "the answer of %s is not shown now: %s",
                    record.value().deployment(), e.getMessage());
        }
    }

    /**
     * Shows that a deployment waits for somebody to mend what the ledger holds, where an answer to
     * it stands; what that says otherwise stays.
     */
    public void showBlocked(Marker open, UnreadableObject by) {
        try {
            dropBucket
                    .get(Answer.nameFor(open.object()))
                    .flatMap(standing -> Answer.parse(standing.body()))
                    .filter(told -> told.deployment().equals(open.deployment().value()))
                    .filter(told -> !by.awaited().equals(told.waitingFor()))
                    .ifPresent(told -> write(told.waitingFor(by.awaited())));
        } catch (StoreUnavailable e) {
            LOG.debugf("the answer of %s is not shown now: %s", open.drop(), e.getMessage());
        }
    }

    /**
     * Shows how a deployment ended; returns once that, or the answer to a newer generation, stands.
     */
    public void showLast(Versioned<DeploymentRecord> record) {
        notShownYet.remove(record.value().deployment());
        Answer answer = AnswerOf.record(record);
        if (backoff.whileBusy(() -> writeFirst(answer))) {
            return;
        }
        for (int attempt = 0; attempt < TRIES; attempt++) {
            backoff.before(attempt);
            if (backoff.whileBusy(() -> write(answer))) {
                return;
            }
        }
        throw new StoreUnavailable(
                "the answer "
                        + Answer.nameFor(answer.object())
                        + " was changed by others in "
                        + TRIES
                        + " tries",
                true,
                null);
    }

    /** Where a deployment was quick nothing was shown before: that is tried without looking. */
    private boolean writeFirst(Answer answer) {
        return dropBucket.create(Answer.nameFor(answer.object()), Json.write(answer))
                instanceof ObjectStore.Written;
    }

    /** Whether this answer, or one that it must not cover, stands now. */
    private boolean write(Answer answer) {
        String name = Answer.nameFor(answer.object());
        byte[] body = Json.write(answer);
        Optional<ObjectStore.Stored> standing = dropBucket.get(name);
        if (standing.isPresent() && !follows(answer, body, standing.get().body())) {
            return true;
        }
        ObjectStore.Write write =
                standing.map(old -> dropBucket.swap(name, old.generation(), body))
                        .orElseGet(() -> dropBucket.create(name, body));
        return write instanceof ObjectStore.Written;
    }

    /** What is no answer is somebody's own file, or a torn one: the name is ours. */
    private static boolean follows(Answer answer, byte[] body, byte[] standing) {
        return Answer.parse(standing)
                .flatMap(Dated::of)
                .map(old -> follows(answer, old) || differsOnTheWay(answer, old, body, standing))
                .orElse(true);
    }

    private static boolean follows(Answer answer, Dated old) {
        int newer = Order.parse(answer.order()).compareTo(old.order);
        return newer > 0 || (newer == 0 && answer.state().compareTo(old.answer.state()) > 0);
    }

    /** What is waited for changes while the state does not; how it ended never changes. */
    private static boolean differsOnTheWay(Answer answer, Dated old, byte[] body, byte[] standing) {
        return answer.state() != Answer.State.DONE
                && answer.state() == old.answer.state()
                && Order.parse(answer.order()).equals(old.order)
                && !Arrays.equals(body, standing);
    }

    private record Dated(Answer answer, Order order) {
        static Optional<Dated> of(Answer answer) {
            try {
                return Optional.of(new Dated(answer, Order.parse(answer.order())));
            } catch (IllegalArgumentException _) {
                return Optional.empty();
            }
        }
    }
}
