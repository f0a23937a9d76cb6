package dev.slipway.benchmarks;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;

/**
 * Looks for things until they are there.
 *
 * @param longest that anything may take
 * @param between what is done from one look to the next
 */
record Await(Duration longest, Pause between) {
    /** What is done while something is waited for. */
    @FunctionalInterface
    interface Pause {
        void run() throws Exception;
    }

    static Await looking(Duration every, Duration longest) {
        return new Await(longest, () -> Thread.sleep(every));
    }

    /**
     * What is found at last.
     *
     * @throws IllegalStateException when it is not found in time
     */
    <T> T found(String what, Callable<Optional<T>> look) throws Exception {
        long end = System.nanoTime() + longest.toNanos();
        while (System.nanoTime() < end) {
            Optional<T> found = look.call();
            if (found.isPresent()) {
                return found.get();
            }
            between.run();
        }
        throw new IllegalStateException(what + " did not come within " + longest);
    }

    /**
     * Returns when it holds.
     *
     * @throws IllegalStateException when it does not in time
     */
    void holds(String what, Callable<Boolean> condition) throws Exception {
        found(what, () -> condition.call() ? Optional.of(true) : Optional.empty());
    }
}
