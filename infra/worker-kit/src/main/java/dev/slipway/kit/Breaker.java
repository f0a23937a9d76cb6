package dev.slipway.kit;

import dev.slipway.ledger.Jitter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Keeps calls away from an API that fails all of them: after some failures in a row it is open for
 * a while and calls fail at once, then one trial decides. Each trial that fails lets it be open for
 * longer, mostly, and an API that says when to come again is left alone until then. It saves work;
 * nothing relies on it.
 *
 * <p>Our own, since SmallRye Fault Tolerance guards beans by what their methods are annotated with,
 * is open for a fixed time, and takes neither our clock nor our chance, so no test could move it.
 */
public final class Breaker {
    /** One deployment alone, trying again and again, does not keep the others from an API. */
    public static final int ENOUGH = 10;

    private static final Logger LOG = Logger.getLogger(Breaker.class);
    private static final Duration SHORTEST = Duration.ofSeconds(2);
    private static final Duration LONGEST = Duration.ofSeconds(64);

    /** A trial that has no answer by then, its thread perhaps lost, makes way for another. */
    private static final Duration TRIAL_LASTS = Duration.ofMinutes(1);

    private final String api;
    private final InstantSource clock;
    private final RandomGenerator random;
    private final Consumer<Breaker> shut;
    private int failures;
    private int openings;
    private int failedTrials;
    private @Nullable Instant openedAt;
    private @Nullable Instant trialAt;
    private Duration lasts = Duration.ZERO;

    /**
     * A closed one.
     *
     * @param shut is told each time it begins to let nothing more through, be it that it opens or
     *     that a trial is made; it must return at once
     */
    public Breaker(
            String api, InstantSource clock, RandomGenerator random, Consumer<Breaker> shut) {
        this.api = api;
        this.clock = clock;
        this.random = random;
        this.shut = shut;
    }

    /** What it guards. */
    public String api() {
        return api;
    }

    /** Whether the last that is known of the API is that it fails. */
    public synchronized boolean isOpen() {
        return openedAt != null;
    }

    /**
     * How long calls still fail at once; zero where it is closed, or a trial is due. A trial may be
     * over at any time, so that while one is made it is worth looking again soon.
     */
    public synchronized Duration openFor() {
        Duration trial = left(trialAt, TRIAL_LASTS);
        if (trial.isPositive()) {
            return trial.compareTo(SHORTEST) < 0 ? trial : SHORTEST;
        }
        return left(openedAt, lasts);
    }

    /** A clock that was set back must not keep it open: then it is tried at once. */
    private Duration left(@Nullable Instant from, Duration whole) {
        Instant now = clock.instant();
        return from == null || now.isBefore(from) || !now.isBefore(from.plus(whole))
                ? Duration.ZERO
                : Duration.between(now, from.plus(whole));
    }

    /**
     * Lets a call through.
     *
     * @return how often it had opened by then: what was asked before says nothing of what is now
     * @throws GatewayException {@code BUSY}, where none is let through now
     */
    synchronized int admit(String call) {
        if (openedAt != null) {
            Duration left = openFor();
            if (left.isPositive()) {
                throw refused(call, left);
            }
            trialAt = clock.instant();
            shut.accept(this);
        }
        return openings;
    }

    private GatewayException refused(String call, Duration left) {
        String why = "it failed each time of late and is not asked now";
        return new GatewayException(FailureKind.BUSY, call + " at " + api, why, null, left);
    }

    /** The API did what was asked, or knew why not. */
    synchronized void answered() {
        if (openedAt != null) {
            LOG.infof("api=%s answers again", api);
        }
        openedAt = null;
        trialAt = null;
        failures = 0;
        failedTrials = 0;
    }

    /** A call that was let through has failed. */
    synchronized void failed(int admitted, GatewayException failure) {
        switch (failure.kind()) {
            case TRANSIENT, BUSY -> {
                if (admitted == openings && (openedAt != null || ++failures >= ENOUGH)) {
                    open(failure);
                }
            }
            case CONFLICT, DENIED, NOT_FOUND, ALREADY_EXISTS, REFUSED -> answered();
        }
    }

    /** A call that was let through ended otherwise, which says nothing of the API. */
    synchronized void abandoned(int admitted) {
        trialAt = admitted == openings ? null : trialAt;
    }

    /** Jittered, so that not all processes try at the same moment, also where they are told one. */
    private void open(GatewayException failure) {
        Duration asked = failure.retryAfter();
        Duration drawn = new Jitter(random.nextDouble()).after(++failedTrials, SHORTEST, LONGEST);
        lasts = drawn.plus(asked.compareTo(LONGEST) > 0 ? LONGEST : asked);
        openings++;
        failures = 0;
        trialAt = null;
        openedAt = clock.instant();
        LOG.warnf("api=%s is not asked for %d ms: %s", api, lasts.toMillis(), failure.sentence());
        shut.accept(this);
    }
}
