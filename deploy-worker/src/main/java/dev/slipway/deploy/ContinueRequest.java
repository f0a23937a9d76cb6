package dev.slipway.deploy;

import dev.slipway.contracts.DeploymentId;
import dev.slipway.deploy.Actions.Result;
import dev.slipway.deploy.decide.AfterFailure;
import dev.slipway.deploy.decide.AfterRequestFailure;
import dev.slipway.deploy.decide.RequestDecision;
import dev.slipway.deploy.decide.RequestFacts;
import dev.slipway.deploy.decide.RequestStep;
import dev.slipway.deploy.decide.RequestStep.Await;
import dev.slipway.kit.GatewayException;
import dev.slipway.kit.Requests;
import dev.slipway.ledger.Backoff;
import dev.slipway.ledger.Ledger;
import dev.slipway.ledger.Pause;
import dev.slipway.ledger.RequestRecord;
import dev.slipway.ledger.Stage;
import dev.slipway.ledger.StoreUnavailable;
import dev.slipway.ledger.Versioned;
import dev.slipway.ledger.Waiting;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Carries a request as far as it goes now: read, decide, act, read again. Messages, the sweep and a
 * crashed predecessor's leftovers all come through here.
 */
@Singleton
record ContinueRequest(
        Ledger ledger,
        Requests requests,
        RequestFactsReader facts,
        RequestActions actions,
        DeployConfig config,
        Pause pause,
        Backoff backoff) {
    private static final Logger LOG = Logger.getLogger(ContinueRequest.class);
    private static final int ROUNDS = 300;
    private static final Duration UNTIL_LOOKED_AT_AGAIN = Duration.ofSeconds(10);
    private static final Duration CEILING = Duration.ofSeconds(10);
    private static final Duration LONGEST_CEILING = Duration.ofMinutes(2);

    /**
     * Returns once nothing more can be done about it now, and all that was done is durable.
     *
     * @param sweptAt the storage's time, where a sweep asks
     */
    void run(DeploymentId request, Optional<Instant> sweptAt) {
        new Look(request, sweptAt, new Patience(pause, config.watched())).run();
    }

    /** One look after one request. */
    private final class Look {
        private final DeploymentId request;
        private final Optional<Instant> sweptAt;
        private final Patience patience;
        private int lost;
        private int failures;

        Look(DeploymentId request, Optional<Instant> sweptAt, Patience patience) {
            this.request = request;
            this.sweptAt = sweptAt;
            this.patience = patience;
        }

        void run() {
            for (int round = 0; round < ROUNDS; round++) {
                backoff.before(lost);
                switch (round()) {
                    case SETTLED -> {
                        return;
                    }
                    case MOVED -> {
                        lost = 0;
                        patience.refresh();
                    }
                    case WATCHED -> lost = 0;
                    case LOST -> lost++;
                }
            }
            throw new StoreUnavailable(
                    "request " + request + " did not settle in " + ROUNDS + " rounds", true, null);
        }

        private Result round() {
            Optional<Versioned<RequestRecord>> read = ledger.request(request);
            if (read.isEmpty() || requests.isOver(read.get())) {
                return Result.SETTLED;
            }
            try {
                Result result = look(read.get());
                failures = 0;
                return result;
            } catch (GatewayException e) {
                return failed(read.get(), e);
            }
        }

        private Result look(Versioned<RequestRecord> read) {
            RequestFacts seen = facts.read(read.value(), since(read), now(read));
            RequestStep step = RequestDecision.next(seen);
            return step instanceof Await(Waiting.Cause cause, _) && !patience.lasts()
                    ? actions.pause(read, new Waiting(cause, now(read).plus(UNTIL_LOOKED_AT_AGAIN)))
                    : actions.act(read, step, seen);
        }

        private Waiting later(Versioned<RequestRecord> read, GatewayException failure) {
            Instant now = now(read);
            Instant begun = since(read);
            Duration drawn =
                    backoff.jitter()
                            .lasting(Duration.between(begun, now), CEILING, LONGEST_CEILING);
            return Waiting.from(
                    now, AfterRequestFailure.cause(failure.kind()), drawn, failure.retryAfter());
        }

        /** What was lost or came too late is seen by reading again. */
        private Result failed(Versioned<RequestRecord> read, GatewayException failure) {
            failures++;
            LOG.infof("request=%s %s", request, failure.sentence());
            if (isWorthAnotherLook(failure)) {
                return Result.LOST;
            }
            return AfterRequestFailure.end(
                            read.value(),
                            since(read),
                            now(read),
                            failure.kind(),
                            failure.sentence())
                    .map(end -> actions.finish(read, end))
                    .orElseGet(() -> actions.pause(read, later(read, failure)));
        }

        private boolean isWorthAnotherLook(GatewayException failure) {
            return AfterFailure.isWorthAnotherLook(failure.kind(), failures, failure.retryAfter());
        }

        private Instant since(Versioned<RequestRecord> read) {
            return ledger.since(read, Stage.DEPLOYING.worker());
        }

        /** A sweep knows the storage's time; a message only when the record was last written. */
        private Instant now(Versioned<RequestRecord> read) {
            return sweptAt.filter(now -> now.isAfter(read.updated())).orElse(read.updated());
        }
    }
}
