package dev.slipway.cli.installation;

import dev.slipway.cli.terminal.Problem;
import dev.slipway.ledger.Pause;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The processes of an installation, told from others that got their pid later. */
public final class Processes {
    private static final Duration START_TOLERANCE = Duration.ofSeconds(2);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(50);

    private final InstantSource clock;
    private final Pause pause;

    /** Looks at this machine's processes. */
    public Processes(InstantSource clock, Pause pause) {
        this.clock = clock;
        this.pause = pause;
    }

    /** The process as it was noted down, from its handle. */
    static Started noted(String name, ProcessHandle handle, String healthUrl) {
        Instant start =
                handle.info()
                        .startInstant()
                        .orElseThrow(
                                () ->
                                        Problem.failed(
                                                name + " ended as soon as it was started",
                                                "Read its log, then run ./slipway up again."));
        return new Started(name, handle.pid(), start, healthUrl);
    }

    /** Whether exactly this process still runs. */
    public boolean running(Started process) {
        return handle(process).isPresent();
    }

    private static Optional<ProcessHandle> handle(Started process) {
        return ProcessHandle.of(process.pid())
                .filter(ProcessHandle::isAlive)
                .filter(handle -> same(process, handle.info()));
    }

    /** A killed process that nobody collects keeps its pid and start, but has no command. */
    private static boolean same(Started process, ProcessHandle.Info info) {
        return info.command().isPresent()
                && info.startInstant()
                        .filter(
                                start ->
                                        Duration.between(start, process.startedAt())
                                                        .abs()
                                                        .compareTo(START_TOLERANCE)
                                                < 0)
                        .isPresent();
    }

    /** How a process was stopped. */
    enum Stopped {
        NOT_RUNNING,
        BY_ITSELF,
        KILLED
    }

    /** Asks the process to end, and ends it when it has not after {@code grace}. */
    Stopped stop(Started process, Duration grace) {
        return stop(List.of(process), grace).getFirst();
    }

    /** The same with several at once, each of which has this grace. */
    List<Stopped> stop(List<Started> all, Duration grace) {
        List<Optional<ProcessHandle>> handles = all.stream().map(Processes::handle).toList();
        handles.forEach(handle -> handle.ifPresent(ProcessHandle::destroy));
        List<Stopped> stopped = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            stopped.add(end(all.get(i), handles.get(i), grace));
        }
        return stopped;
    }

    private Stopped end(Started process, Optional<ProcessHandle> asked, Duration grace) {
        if (asked.isEmpty()) {
            return Stopped.NOT_RUNNING;
        }
        if (gone(process, grace)) {
            return Stopped.BY_ITSELF;
        }
        asked.get().destroyForcibly();
        gone(process, grace);
        return Stopped.KILLED;
    }

    private boolean gone(Started process, Duration within) {
        var end = clock.instant().plus(within);
        while (running(process)) {
            if (clock.instant().isAfter(end)) {
                return false;
            }
            pause.pause(BETWEEN_LOOKS);
        }
        return true;
    }
}
