package dev.slipway.build;

import dev.slipway.build.Actions.Result;
import dev.slipway.build.decide.AfterFailure;
import dev.slipway.build.decide.Asked;
import dev.slipway.build.decide.BuildDecision;
import dev.slipway.build.decide.BuildFacts;
import dev.slipway.build.decide.BuildStep;
import dev.slipway.build.decide.Window;
import dev.slipway.build.gateway.Builds;
import dev.slipway.contracts.DeploymentId;
import dev.slipway.kit.Ending;
import dev.slipway.kit.GatewayException;
import dev.slipway.ledger.Backoff;
import dev.slipway.ledger.Build;
import dev.slipway.ledger.DeploymentRecord;
import dev.slipway.ledger.Ledger;
import dev.slipway.ledger.ServiceEntry;
import dev.slipway.ledger.ServiceRead;
import dev.slipway.ledger.Stage;
import dev.slipway.ledger.StoreUnavailable;
import dev.slipway.ledger.Versioned;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Carries a deployment's build as far as it goes now: read, decide, act, read again. Messages, the
 * sweep and a crashed predecessor's leftovers all come through here.
 */
@Singleton
record ContinueBuild(
        Ledger ledger,
        Ending ending,
        Builds builds,
        BuildPlans plans,
        Supersession supersession,
        Actions actions,
        WaitingLine line,
        BuildWindow window,
        Backoff backoff) {
    private static final Logger LOG = Logger.getLogger(ContinueBuild.class);
    private static final int ROUNDS = 30;
    private static final int MOST_LET_IN = 20;

    /** Returns once nothing more can be done about it now, and all that was done is durable. */
    void run(DeploymentId deployment, Asked asked) {
        run(deployment, asked, Optional.empty());
    }

    /**
     * The same.
     *
     * @param known the record as it was just read or written; what is done about it is a swap
     */
    void run(DeploymentId deployment, Asked asked, Optional<Versioned<DeploymentRecord>> known) {
        if (advance(deployment, asked, known)) {
            fillPlaces();
        }
    }

    /** Whether a place may have become free. */
    private boolean advance(
            DeploymentId deployment, Asked asked, Optional<Versioned<DeploymentRecord>> first) {
        Optional<Versioned<DeploymentRecord>> known = first;
        int lost = 0;
        for (int round = 0; round < ROUNDS; round++) {
            backoff.before(lost);
            Optional<Versioned<DeploymentRecord>> read =
                    known.or(() -> ledger.deployment(deployment));
            known = Optional.empty();
            switch (step(deployment, asked, read)) {
                case SETTLED -> {
                    return false;
                }
                case FREED -> {
                    return true;
                }
                case MOVED -> lost = 0;
                case LOST -> lost++;
            }
        }
        throw new StoreUnavailable(
                "deployment " + deployment + " did not settle in " + ROUNDS + " rounds",
                true,
                null);
    }

    private Result step(
            DeploymentId deployment, Asked asked, Optional<Versioned<DeploymentRecord>> read) {
        if (read.isEmpty()) {
            LOG.errorf("alert=unrecorded deployment=%s has no record", deployment);
            return Result.SETTLED;
        }
        if (ending.isOver(read.get())) {
            line.leave(read.get().value());
            return Result.SETTLED;
        }
        ServiceEntry entry = makeRoom(read.get().value());
        return actions.act(read.get(), decide(read.get(), asked, entry));
    }

    /**
     * Whoever handles VERIFIED first grows {@code services/}, then ends those before it; what then
     * stands there.
     */
    private ServiceEntry makeRoom(DeploymentRecord record) {
        if (record.service() == null) {
            return new ServiceEntry(null, null);
        }
        ServiceRead read = ledger.readService(record.service());
        if (record.stage() != Stage.VERIFIED) {
            return read.value();
        }
        ServiceEntry entry =
                ledger.raiseNewest(record.service(), read, record.order(), record.deployment());
        if (!entry.outranks(record.order())) {
            supersession.endOlderThan(record);
        }
        return entry;
    }

    private BuildStep decide(Versioned<DeploymentRecord> read, Asked asked, ServiceEntry entry) {
        BuildFacts facts = facts(read, asked, entry);
        if (facts.record().stage() != Stage.BUILDING || isOutranked(facts)) {
            return BuildDecision.next(facts);
        }
        Build build = Objects.requireNonNull(facts.record().build());
        try {
            return BuildDecision.next(facts.seeing(builds.get(build.name())));
        } catch (GatewayException e) {
            return AfterFailure.toRead(
                            new AfterFailure.Failed(
                                    e.kind(), e.sentence(), e.retryAfter(), backoff.jitter()),
                            facts)
                    .orElseThrow(() -> e);
        }
    }

    private static boolean isOutranked(BuildFacts facts) {
        return facts.entry().outranks(facts.record().order());
    }

    private BuildFacts facts(Versioned<DeploymentRecord> read, Asked asked, ServiceEntry entry) {
        DeploymentRecord record = read.value();
        boolean verified = record.stage() == Stage.VERIFIED;
        return new BuildFacts(
                record,
                asked,
                ledger.since(read),
                now(read.updated(), asked),
                entry,
                verified ? ledger.image(record.requireSource()) : Optional.empty(),
                verified ? window.seenBy(record.deployment()) : new Window(0, 0, false),
                Optional.empty(),
                record.stage() == Stage.BUILDING ? plans.imageUri(record) : "");
    }

    /** A sweep knows the storage's time; a message only when the record was last written. */
    private static Instant now(Instant updated, Asked asked) {
        return asked instanceof Asked.BySweep(Instant now) && now.isAfter(updated) ? now : updated;
    }

    /** Lets in those that wait, the oldest first; what goes wrong with them is the sweep's. */
    private void fillPlaces() {
        for (int letIn = 0; letIn < MOST_LET_IN; letIn++) {
            Optional<DeploymentId> next = nextInLine();
            if (next.isEmpty()) {
                return;
            }
            try {
                advance(next.get(), new Asked.ByMessage(), Optional.empty());
            } catch (RuntimeException e) {
                LOG.warnf(
                        "deployment=%s could not be let in now, the sweep will: %s",
                        next.get(), e.getMessage());
            }
        }
    }

    /** Where the window was not full, nobody whom this process does not know can be waiting. */
    private Optional<DeploymentId> nextInLine() {
        int free = window.free();
        return free < 1 ? Optional.empty() : line.next(free == 1);
    }
}
