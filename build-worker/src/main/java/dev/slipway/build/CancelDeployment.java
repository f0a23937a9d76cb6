package dev.slipway.build;

import dev.slipway.build.decide.BuildDecision;
import dev.slipway.build.gateway.Builds;
import dev.slipway.contracts.DeploymentId;
import dev.slipway.contracts.Outcome;
import dev.slipway.contracts.RequestAnswer.Refusal;
import dev.slipway.kit.Ending;
import dev.slipway.kit.FailureKind;
import dev.slipway.kit.GatewayException;
import dev.slipway.kit.Handled;
import dev.slipway.kit.Message;
import dev.slipway.kit.MessageHandler;
import dev.slipway.kit.RequestNotice;
import dev.slipway.kit.RequestNotices;
import dev.slipway.kit.Requests;
import dev.slipway.kit.SlipwayConfig;
import dev.slipway.ledger.Backoff;
import dev.slipway.ledger.Build;
import dev.slipway.ledger.DeploymentRecord;
import dev.slipway.ledger.Ledger;
import dev.slipway.ledger.Pause;
import dev.slipway.ledger.RequestRecord;
import dev.slipway.ledger.RequestRecord.End;
import dev.slipway.ledger.StoreUnavailable;
import dev.slipway.ledger.Versioned;
import dev.slipway.ledger.Waiting;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * A request to cancel in, the deployment ended and its build stopped out. One that has an image is
 * the deploy-worker's to cancel.
 */
@Singleton
record CancelDeployment(
        RequestNotices notices,
        Ledger ledger,
        Requests requests,
        Ending ending,
        Builds builds,
        SlipwayConfig config,
        Pause pause,
        Backoff backoff)
        implements MessageHandler {
    private static final Logger LOG = Logger.getLogger(CancelDeployment.class);
    private static final int ROUNDS = 30;
    private static final int MOST_LOOKS = 40;
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);
    private static final Duration LONGEST_CEILING = Duration.ofSeconds(4);
    private static final Duration UNTIL_LOOKED_AT_AGAIN = Duration.ofSeconds(10);

    @Override
    public Handled handle(Message message) {
        Optional<RequestNotice> notice = notices.read(message);
        if (notice.isEmpty()) {
            return Handled.unreadable("the message does not say what happened to which object");
        }
        if (requests.take(notice.get()) instanceof Requests.Taken.Open(var read)) {
            run(read.value().request());
        }
        return Handled.DONE;
    }

    /** A marker without a deployment's record: a request to cancel that stands still, perhaps. */
    void resume(DeploymentId request, Instant now) {
        requests.resume(request, now, config.stage().unchangedFor())
                .ifPresent(injected -> run(injected.value().request()));
    }

    private void run(DeploymentId request) {
        for (int round = 0; round < ROUNDS; round++) {
            backoff.before(round);
            Optional<Versioned<RequestRecord>> read = ledger.request(request);
            if (read.isEmpty() || requests.isOver(read.get()) || isSettled(read.get())) {
                return;
            }
        }
        throw new StoreUnavailable(
                "request " + request + " did not settle in " + ROUNDS + " rounds", true, null);
    }

    /** Whether nothing more can be done about it now. */
    private boolean isSettled(Versioned<RequestRecord> read) {
        DeploymentId target = Objects.requireNonNull(read.value().deployment());
        Optional<Versioned<DeploymentRecord>> found =
                ledger.readableDeployment(target)
                        .filter(it -> read.value().service().equals(it.value().service()))
                        .filter(it -> it.value().image() == null);
        if (found.isEmpty()) {
            LOG.debugf("request=%s is the deploy-worker's", read.value().request());
            return true;
        }
        if (!ending.isOver(found.get())) {
            boolean _ = ending.end(found.get(), BuildDecision.cancelled(), null);
            return false;
        }
        DeploymentRecord record = found.get().value();
        return record.requireVerdict().outcome() == Outcome.CANCELLED
                ? finishWhenStopped(read, record)
                : requests.end(read, ended(record.requireVerdict().outcome()));
    }

    private static End ended(Outcome outcome) {
        return End.refused(Refusal.ALREADY_ENDED, "It had ended before, as " + outcome + ".");
    }

    private boolean finishWhenStopped(Versioned<RequestRecord> read, DeploymentRecord record) {
        Build build = record.build();
        if (build == null) {
            return requests.end(read, End.done("It is cancelled; no build of it runs."));
        }
        return isStopped(build)
                ? requests.end(read, End.done("It is cancelled, and its build has stopped."))
                : pause(read);
    }

    private boolean pause(Versioned<RequestRecord> read) {
        Waiting waiting =
                new Waiting(Waiting.Cause.PLATFORM, read.updated().plus(UNTIL_LOOKED_AT_AGAIN));
        Optional<Versioned<RequestRecord>> written =
                ledger.swap(read, read.value().waiting(waiting));
        written.ifPresent(paused -> requests.show(paused.value()));
        return written.isPresent();
    }

    /** Looks for a while: a build takes a moment to stop. */
    private boolean isStopped(Build build) {
        int failures = 0;
        for (int look = 0; look < MOST_LOOKS; look++) {
            try {
                if (builds.get(build.name()).status().isOver()) {
                    return true;
                }
                failures = 0;
                pause.pause(BETWEEN_LOOKS);
            } catch (GatewayException e) {
                if (e.kind() == FailureKind.NOT_FOUND) {
                    return true;
                }
                failures++;
                pause.pause(backoff.jitter().after(failures, BETWEEN_LOOKS, LONGEST_CEILING));
            }
        }
        return false;
    }
}
