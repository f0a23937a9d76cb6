package dev.slipway.cli;

import dev.slipway.cli.answers.Ending;
import dev.slipway.cli.terminal.Terminal;

/** Ctrl-C while something is followed: says that it goes on, and ends with the code for that. */
final class Interrupted implements AutoCloseable {
    private final Thread hook;

    private Interrupted(Thread hook) {
        this.hook = hook;
    }

    /** Until it is closed, an interrupt says this. */
    static Interrupted tells(Terminal terminal, String text) {
        Thread hook = Thread.ofPlatform().unstarted(() -> leave(terminal, text));
        Runtime.getRuntime().addShutdownHook(hook);
        return new Interrupted(hook);
    }

    /** The process is ending already, with a code that is not ours. */
    private static void leave(Terminal terminal, String text) {
        terminal.line(text);
        Runtime.getRuntime().halt(Ending.NOT_FOLLOWED);
    }

    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException _) {
            // it runs already, and ends the process
        }
    }
}
