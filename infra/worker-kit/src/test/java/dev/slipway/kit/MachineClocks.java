package dev.slipway.kit;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * What the clocks of two workers' machines show. The first's is set anew in the middle; the
 * storage's is always right.
 */
public enum MachineClocks {
    /** All show the same. */
    EQUAL(0, 0, 0),
    /** Both are late. */
    BEHIND(-6, -6, -6),
    /** Both are early. */
    AHEAD(6, 6, 6),
    /** The workers disagree by half a day. */
    APART(-6, -6, 6),
    /** One that was early is set right. */
    SET_BACK(6, 0, 0),
    /** One that was late is set right. */
    SET_FORWARD(-6, 0, 0);

    private final Duration first;
    private final Duration firstLater;
    private final Duration second;

    MachineClocks(int first, int firstLater, int second) {
        this.first = Duration.ofHours(first);
        this.firstLater = Duration.ofHours(firstLater);
        this.second = Duration.ofHours(second);
    }

    /**
     * The first machine's.
     *
     * @param storages the storage's clock
     * @param set the right time when this one is set anew
     */
    public InstantSource first(InstantSource storages, Instant set) {
        return () -> {
            Instant now = storages.instant();
            return now.plus(now.isBefore(set) ? first : firstLater);
        };
    }

    /**
     * The second machine's.
     *
     * @param storages the storage's clock
     */
    public InstantSource second(InstantSource storages) {
        return () -> storages.instant().plus(second);
    }
}
