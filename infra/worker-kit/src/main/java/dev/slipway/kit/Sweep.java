package dev.slipway.kit;

import dev.slipway.contracts.DeploymentId;
import dev.slipway.ledger.DeploymentRecord;
import dev.slipway.ledger.Ledger;
import dev.slipway.ledger.Stage;
import dev.slipway.ledger.SweepTurn;
import dev.slipway.ledger.UnreadableObject;
import dev.slipway.ledger.Versioned;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import org.jboss.logging.Logger;

/**
 * Looks at the open deployments of one stage and puts those back to work that stand still. With it
 * alone, the bus wiped, every open deployment reaches its outcome.
 */
public final class Sweep {
    private static final Logger LOG = Logger.getLogger(Sweep.class);

    /**
     * What a worker does with a deployment of its stage, exactly as if a message had asked for it.
     */
    public interface Resume {
        /**
         * Continues a deployment that stands still.
         *
         * @param read the record, with its new injection number
         * @param now by the storage's clock; what is past its deadline ends with a reason
         */
        void resume(Versioned<DeploymentRecord> read, Instant now);

        /**
         * A marker of which there is no deployment's record: that was not written yet, or the
         * marker is a request's.
         *
         * @param now by the storage's clock
         */
        default void resumeUnrecorded(DeploymentId deployment, Instant now) {}

        /**
         * A deployment of any stage: what it came of may not have been told so.
         *
         * @param now by the storage's clock
         */
        default void resumeOrigin(DeploymentRecord deployment, Instant now) {}

        /** What else this worker looks after from time to time; called once a sweep. */
        default void converge(Instant now) {}
    }

    private final Ledger ledger;
    private final String name;
    private final Set<Stage> stages;
    private final Duration unchangedFor;
    private final String sweeper;
    private final Resume resume;
    private final BooleanSupplier paused;
    private final Executor executor;
    private final BiConsumer<DeploymentId, UnreadableObject> blocked;
    private final Set<DeploymentId> inHand = ConcurrentHashMap.newKeySet();
    private long seen;

    /**
     * A sweep.
     *
     * @param name the worker's identity id; one process at a time sweeps under it
     * @param stages what this worker continues
     * @param sweeper a name of this process's own
     * @param executor runs what is continued; a deployment in hand is not continued a second time
     * @param paused whether nothing more is to be taken up, also of a round that has begun
     */
    public Sweep(
            Ledger ledger,
            String name,
            Set<Stage> stages,
            Duration unchangedFor,
            String sweeper,
            Executor executor,
            Resume resume,
            BooleanSupplier paused) {
        this(ledger, name, stages, unchangedFor, sweeper, executor, resume, paused, (_, _) -> {});
    }

    /**
     * The same.
     *
     * @param blocked told in each round of whoever cannot go on before an object is mended
     */
    public Sweep(
            Ledger ledger,
            String name,
            Set<Stage> stages,
            Duration unchangedFor,
            String sweeper,
            Executor executor,
            Resume resume,
            BooleanSupplier paused,
            BiConsumer<DeploymentId, UnreadableObject> blocked) {
        this.ledger = ledger;
        this.name = name;
        this.stages = Set.copyOf(stages);
        this.unchangedFor = unchangedFor;
        this.sweeper = sweeper;
        this.executor = executor;
        this.resume = resume;
        this.paused = paused;
        this.blocked = blocked;
    }

    /** One round, if it is this process's turn. */
    public void round() {
        SweepTurn turn = ledger.sweep(name, sweeper, seen);
        seen = turn.generation();
        switch (turn) {
            case SweepTurn.Mine(_, Instant now) -> {
                ledger.openDeployments().stream()
                        .filter(inHand::add)
                        .forEach(deployment -> takeUp(deployment, now));
                resume.converge(now);
            }
            case SweepTurn.Theirs(_) -> LOG.debugf("another %s-worker sweeps", name);
        }
    }

    private void takeUp(DeploymentId deployment, Instant now) {
        try {
            executor.execute(() -> look(deployment, now));
        } catch (RejectedExecutionException e) {
            inHand.remove(deployment);
            throw e;
        }
    }

    private void look(DeploymentId deployment, Instant now) {
        try {
            if (!paused.getAsBoolean()) {
                lookAtOrTell(deployment, now);
            }
        } catch (RuntimeException e) {
            LOG.warnf(
                    "deployment=%s could not be continued by the sweep: %s",
                    deployment, e.getMessage());
        } finally {
            inHand.remove(deployment);
        }
    }

    private void lookAtOrTell(DeploymentId deployment, Instant now) {
        try {
            lookAt(deployment, now);
        } catch (UnreadableObject e) {
            LOG.errorf("alert=unreadable deployment=%s %s", deployment, e.getMessage());
            blocked.accept(deployment, e);
        }
    }

    private void lookAt(DeploymentId deployment, Instant now) {
        Optional<Versioned<DeploymentRecord>> read = ledger.deployment(deployment);
        if (read.isEmpty()) {
            resume.resumeUnrecorded(deployment, now);
            return;
        }
        resume.resumeOrigin(read.get().value(), now);
        if (isDue(read.get(), now)) {
            inject(read.get(), now);
        }
    }

    private boolean isDue(Versioned<DeploymentRecord> read, Instant now) {
        DeploymentRecord record = read.value();
        if (!stages.contains(record.lastOpenStage())) {
            return false;
        }
        return record.waiting() == null
                ? !now.isBefore(read.updated().plus(unchangedFor))
                : !now.isBefore(record.waiting().notBefore());
    }

    private void inject(Versioned<DeploymentRecord> read, Instant now) {
        ledger.swap(read, read.value().injected())
                .ifPresent(
                        injected -> {
                            LOG.infof(
                                    "deployment=%s stage=%s injection=%d continued by the sweep",
                                    read.value().deployment(),
                                    read.value().stage(),
                                    injected.value().injection());
                            resume.resume(injected, now);
                        });
    }
}
