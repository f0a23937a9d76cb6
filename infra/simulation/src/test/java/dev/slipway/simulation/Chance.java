package dev.slipway.simulation;

import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/** All that is random in a schedule, from its seed. */
final class Chance {
    private final SplittableRandom random;

    Chance(long seed) {
        this.random = new SplittableRandom(seed);
    }

    /** The generator itself, for code that takes one. */
    RandomGenerator generator() {
        return random;
    }

    /** Another one, which goes its own way. */
    Chance fork() {
        return new Chance(random.nextLong());
    }

    /** True so often. */
    boolean hits(double probability) {
        return probability > 0 && random.nextDouble() < probability;
    }

    /** From the first to the last, both among them. */
    int between(int first, int last) {
        return random.nextInt(first, last + 1);
    }

    /** Mostly near the least, seldom near the most: latencies are like that. */
    long skewed(long least, long most) {
        double part = random.nextDouble();
        return least + (long) ((most - least) * part * part * part);
    }

    /** One of them. */
    <T> T of(List<T> all) {
        return all.get(random.nextInt(all.size()));
    }
}
