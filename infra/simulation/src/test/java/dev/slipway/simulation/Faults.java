package dev.slipway.simulation;

import java.util.List;

/** Decides how calls go. */
interface Faults {
    /** How this call goes. */
    Fate fate(Effect effect);

    /**
     * Some of those that a condition holds for fail, at most so many.
     *
     * @param kinds how they fail
     */
    static Faults some(Chance chance, double probability, int most, List<Fate> kinds, Where where) {
        return new Faults() {
            private int left = most;

            @Override
            public Fate fate(Effect effect) {
                if (left == 0 || kinds.isEmpty() || !where.holds(effect)) {
                    return Fate.OK;
                }
                if (!chance.hits(probability)) {
                    return Fate.OK;
                }
                left--;
                return chance.of(kinds);
            }
        };
    }

    /**
     * The call with this number, counted from 0 among those of one worker, goes so, and then also
     * the one that much later.
     */
    static Faults at(String worker, int number, Fate fate, int again) {
        return new Faults() {
            private int seen = -1;

            @Override
            public Fate fate(Effect effect) {
                if (!effect.worker().equals(worker)) {
                    return Fate.OK;
                }
                seen++;
                return seen == number || seen == number + again ? fate : Fate.OK;
            }
        };
    }

    /** Which calls. */
    @FunctionalInterface
    interface Where {
        boolean holds(Effect effect);
    }
}
