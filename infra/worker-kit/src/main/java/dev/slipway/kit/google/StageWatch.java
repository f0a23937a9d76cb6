package dev.slipway.kit.google;

import dev.slipway.kit.SlipwayConfig;
import dev.slipway.ledger.Backoff;
import dev.slipway.ledger.Ledger;
import dev.slipway.ledger.Pause;
import dev.slipway.ledger.StagePause;
import dev.slipway.ledger.UnreadableObject;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Pauses and resumes this worker as an operator wants its stage to be: looks into the ledger every
 * so often, and lets nothing begin before the first look.
 */
@Singleton
public class StageWatch {
    private static final Logger LOG = Logger.getLogger(StageWatch.class);
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(5);
    private static final Duration LONGEST_CEILING = Duration.ofSeconds(30);

    private final String stage;
    private final Prerequisites prerequisites;
    private final Ledger ledger;
    private final Pause pause;
    private final Backoff backoff;
    private final List<StageWork> works;
    private volatile Optional<StagePause> seen = Optional.empty();
    private volatile boolean stopping;

    @Inject
    StageWatch(
            SlipwayConfig config,
            Prerequisites prerequisites,
            Ledger ledger,
            Pause pause,
            Backoff backoff,
            Storm inbox,
            SweepTimer sweep) {
        this(config.identity(), prerequisites, ledger, pause, backoff, List.of(inbox, sweep));
    }

    StageWatch(
            String stage,
            Prerequisites prerequisites,
            Ledger ledger,
            Pause pause,
            Backoff backoff,
            List<StageWork> works) {
        this.stage = stage;
        this.prerequisites = prerequisites;
        this.ledger = ledger;
        this.pause = pause;
        this.backoff = backoff;
        this.works = works;
    }

    void start(@Observes StartupEvent event) {
        prerequisites.whenMet(() -> Thread.ofVirtual().name("stage").start(this::lookUntilStopped));
    }

    /** What the last look has shown; empty before the first. */
    Optional<StagePause> seen() {
        return seen;
    }

    private void lookUntilStopped() {
        int failures = 0;
        while (!stopping) {
            failures = looked() ? 0 : failures + 1;
            pause.pause(
                    failures == 0
                            ? BETWEEN_LOOKS
                            : backoff.jitter().after(failures, BETWEEN_LOOKS, LONGEST_CEILING));
        }
    }

    /** Whether it could be seen. */
    private boolean looked() {
        try {
            StagePause found = ledger.stage(stage);
            boolean changed = seen.filter(last -> last.paused() == found.paused()).isEmpty();
            if (changed && !stopping) {
                follow(found);
            }
            seen = Optional.of(found);
            return true;
        } catch (UnreadableObject e) {
            LOG.errorf("alert=unreadable stage=%s %s", stage, e.getMessage());
        } catch (RuntimeException e) {
            LOG.warnf("whether the stage is paused could not be read: %s", e.getMessage());
        }
        return false;
    }

    private void follow(StagePause found) {
        if (found.paused()) {
            LOG.infof("stage=%s is paused since %s", stage, found.since());
            works.forEach(StageWork::pause);
        } else {
            LOG.debugf("stage=%s goes on", stage);
            works.forEach(StageWork::resume);
        }
    }

    void stop() {
        stopping = true;
    }
}
