package dev.slipway.build;

import dev.slipway.build.decide.Window;
import dev.slipway.contracts.DeploymentId;
import dev.slipway.ledger.Ledger;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Set;

/**
 * Who builds, from a list that may be a little old and what this process did since. It saves a list
 * for every deployment and decides only how many are let in; one that seems full is looked at
 * again.
 */
@Singleton
final class BuildWindow {
    private static final Duration LIST_GOOD_FOR = Duration.ofSeconds(1);

    private final Ledger ledger;
    private final int limit;
    private final InstantSource clock;
    private final Duration listGoodFor;
    private final Set<DeploymentId> inside = new HashSet<>();
    private Instant listedAt = Instant.MAX;

    @Inject
    BuildWindow(Ledger ledger, BuildConfig config, InstantSource clock) {
        this(ledger, 2 * config.quota(), clock, LIST_GOOD_FOR);
    }

    /**
     * @param limit how many are let in
     * @param listGoodFor how old a list may be; zero lists each time
     */
    BuildWindow(Ledger ledger, int limit, InstantSource clock, Duration listGoodFor) {
        this.ledger = ledger;
        this.limit = limit;
        this.clock = clock;
        this.listGoodFor = listGoodFor;
    }

    /** The window as this deployment finds it. */
    Window seenBy(DeploymentId deployment) {
        Set<DeploymentId> now = inside();
        return new Window(now.size(), limit, now.contains(deployment));
    }

    /** How many more may come in. */
    int free() {
        return limit - inside().size();
    }

    void enter(DeploymentId deployment, int buildAttempt) {
        ledger.enterBuilding(deployment, buildAttempt);
        synchronized (inside) {
            inside.add(deployment);
        }
    }

    void leave(DeploymentId deployment) {
        ledger.leaveBuilding(deployment);
        synchronized (inside) {
            inside.remove(deployment);
        }
    }

    private Set<DeploymentId> inside() {
        synchronized (inside) {
            if (inside.size() < limit - 1 && isGood(clock.instant())) {
                return Set.copyOf(inside);
            }
        }
        return listed();
    }

    /** A clock that was set back must not keep a list good for hours. */
    private boolean isGood(Instant now) {
        return !now.isBefore(listedAt) && now.isBefore(listedAt.plus(listGoodFor));
    }

    /** Nobody waits for somebody else's list; what is entered meanwhile is seen the next time. */
    private Set<DeploymentId> listed() {
        Instant begun = clock.instant();
        Set<DeploymentId> listed = Set.copyOf(ledger.building());
        synchronized (inside) {
            inside.clear();
            inside.addAll(listed);
            listedAt = begun;
        }
        return listed;
    }
}
