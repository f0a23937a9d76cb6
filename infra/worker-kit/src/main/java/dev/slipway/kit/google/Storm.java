package dev.slipway.kit.google;

import dev.slipway.kit.Breaker;
import dev.slipway.ledger.Pause;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.jboss.logging.Logger;

/**
 * Lets the inbox hold still while an API fails without which the stage can do nothing, so that no
 * message is pulled only to be put off. It pulls again as soon as a trial is due, since somebody
 * has to make it; the sweep goes on all the while.
 */
@Singleton
class Storm implements StageWork {
    private static final Logger LOG = Logger.getLogger(Storm.class);

    private final StageWork inbox;
    private final Pause pause;
    private final Set<String> raging = new HashSet<>();
    private boolean wanted;

    @Inject
    Storm(PubSubInbox inbox, Pause pause, Breakers breakers) {
        this((StageWork) inbox, pause, breakers);
    }

    Storm(StageWork inbox, Pause pause, Breakers breakers) {
        this.inbox = inbox;
        this.pause = pause;
        breakers.tell(it -> Thread.ofVirtual().name("storm").start(() -> sitOut(it)));
    }

    @Override
    public synchronized void resume() {
        wanted = true;
        if (raging.isEmpty()) {
            inbox.resume();
        }
    }

    @Override
    public synchronized void pause() {
        wanted = false;
        inbox.pause();
    }

    private void sitOut(Breaker breaker) {
        begins(breaker.api());
        for (Duration left = breaker.openFor(); left.isPositive(); left = breaker.openFor()) {
            pause.pause(left);
        }
        ends(breaker.api());
    }

    private synchronized void begins(String api) {
        if (raging.add(api) && raging.size() == 1 && wanted) {
            LOG.infof("nothing is pulled until %s is tried again", api);
            inbox.pause();
        }
    }

    private synchronized void ends(String api) {
        if (raging.remove(api) && raging.isEmpty() && wanted) {
            LOG.infof("pulling again, so that %s is tried", api);
            inbox.resume();
        }
    }
}
