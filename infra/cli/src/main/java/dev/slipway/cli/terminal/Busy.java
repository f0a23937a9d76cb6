package dev.slipway.cli.terminal;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Shows that something goes on, once it has for a second, until it is closed. */
public final class Busy implements AutoCloseable {
    private static final String SPINNER = "|/-\\";
    private static final Duration UNSAID = Duration.ofSeconds(1);
    private static final Duration BETWEEN = Duration.ofMillis(100);

    private final Thread shows;

    private Busy(Thread shows) {
        this.shows = shows;
    }

    /**
     * From now on.
     *
     * @param what goes on, in a few words
     */
    public static Busy with(String what, Terminal terminal, InstantSource clock) {
        Instant began = clock.instant();
        return new Busy(
                Thread.ofVirtual()
                        .start(
                                () -> {
                                    if (terminal.live()) {
                                        show(what, terminal, clock, began);
                                    }
                                }));
    }

    private static void show(String what, Terminal terminal, InstantSource clock, Instant began) {
        try {
            Thread.sleep(UNSAID);
            for (int looks = 0; ; looks++) {
                Duration since = Duration.between(began, clock.instant());
                char spin = SPINNER.charAt(looks % SPINNER.length());
                terminal.progress(spin + " " + what + "  " + Elapsed.of(since));
                Thread.sleep(BETWEEN);
            }
        } catch (InterruptedException _) {
            terminal.clear(); // closed
        }
    }

    @Override
    public void close() {
        shows.interrupt();
        try {
            shows.join();
        } catch (InterruptedException e) {
            throw Problem.failed("interrupted", "Run it again.", e);
        }
    }
}
