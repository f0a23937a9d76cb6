package dev.slipway.deploy;

import java.util.function.Supplier;

/** Counts a worker's calls to the outside; at one of them it dies, or something else happens. */
final class Calls {
    /** The process is gone; only a test's own frame may catch it. */
    static final class Crash extends Error {
        private static final long serialVersionUID = 1;
    }

    private long left = Long.MAX_VALUE;
    private boolean afterwards;
    private Runnable happening = () -> {};

    /** Dies at the call with this number, counted from 0. */
    void crashAt(int call, boolean afterItsEffect) {
        left = call;
        afterwards = afterItsEffect;
        happening =
                () -> {
                    throw new Crash();
                };
    }

    /** Lets this happen just before the call with this number; its own calls do not count. */
    void interruptAt(int call, Runnable interruption) {
        left = call;
        afterwards = false;
        happening = interruption;
    }

    /** Whether the call has come. */
    boolean isPast() {
        return left < 0;
    }

    void calm() {
        left = Long.MAX_VALUE;
        happening = () -> {};
    }

    <T> T called(Supplier<T> call) {
        boolean now = left-- == 0;
        if (now && !afterwards) {
            happening.run();
        }
        T answer = call.get();
        if (now && afterwards) {
            happening.run();
        }
        return answer;
    }
}
