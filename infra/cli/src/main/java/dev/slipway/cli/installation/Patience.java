package dev.slipway.cli.installation;

import dev.slipway.cli.installation.Health.Readiness;
import dev.slipway.cli.terminal.Elapsed;
import dev.slipway.cli.terminal.Problem;
import dev.slipway.cli.terminal.Terminal;
import dev.slipway.ledger.Pause;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;

/** Waits until a process can work, and tells why when it cannot. */
final class Patience {
    private static final Duration LONGEST = Duration.ofSeconds(60);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(50);
    private static final int LOG_LINES = 20;

    private final Home home;
    private final Health health;
    private final Processes processes;
    private final Terminal terminal;
    private final InstantSource clock;
    private final Pause pause;

    Patience(
            Home home,
            Health health,
            Processes processes,
            Terminal terminal,
            InstantSource clock,
            Pause pause) {
        this.home = home;
        this.health = health;
        this.processes = processes;
        this.terminal = terminal;
        this.clock = clock;
        this.pause = pause;
    }

    /** Says so once the process is ready; a problem when it ended or takes too long. */
    void awaitReady(Started process) {
        Instant end = clock.instant().plus(LONGEST);
        Readiness last = health.of(process);
        while (!last.ready()) {
            if (!processes.running(process)) {
                throw notReady(process, process.name() + " ended while it started", List.of());
            }
            if (clock.instant().isAfter(end)) {
                String late = process.name() + " is not ready after " + LONGEST.toSeconds() + " s";
                throw notReady(process, late, last.missing());
            }
            terminal.progress("waiting for " + process.name());
            pause.pause(BETWEEN_LOOKS);
            last = health.of(process);
        }
        Duration took = Duration.between(process.startedAt(), clock.instant());
        terminal.line(process.name() + " is ready (" + Elapsed.of(took) + ")");
    }

    boolean runs(Started process) {
        return processes.running(process);
    }

    private Problem notReady(Started process, String what, List<String> missing) {
        List<String> details =
                Stream.concat(
                                missing.stream().map(finding -> "missing: " + finding),
                                LogTail.of(home.log(process.name()), LOG_LINES).stream()
                                        .map(line -> "| " + line))
                        .toList();
        return Problem.failed(
                        what, "Read " + home.log(process.name()) + ", then run ./slipway up again.")
                .withDetails(details);
    }
}
