package dev.slipway.simulation;

import java.util.List;
import java.util.function.Function;

/**
 * How it comes to an answer that says a certain reason.
 *
 * @param what happens
 * @param live lives through it, and returns what the answer is about
 * @param names what the answer has to name
 */
record Story<T>(String what, Function<Chain, T> live, List<String> names) {
    static <T> Story<T> of(String what, Function<Chain, T> live, String... names) {
        return new Story<>(what, live, List.of(names));
    }

    @Override
    public String toString() {
        return what;
    }
}
