package dev.slipway.cli.installation;

import dev.slipway.cli.terminal.Problem;
import dev.slipway.cli.terminal.Terminal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Gives stages more or fewer workers. */
final class Scaling {
    /** How long a worker may finish what it has in hand before it is killed. */
    static final Duration GRACE = Duration.ofSeconds(25);

    /** Each worker may take 256 MB. */
    private static final int MOST = 16;

    private final Home home;
    private final Terminal terminal;
    private final Processes processes;
    private final WorkerStart workers;

    Scaling(Home home, Terminal terminal, Processes processes, WorkerStart workers) {
        this.home = home;
        this.terminal = terminal;
        this.processes = processes;
        this.workers = workers;
    }

    /** Refuses a count that no stage can have. */
    static void check(int count) {
        if (count < 0 || count > MOST) {
            throw Problem.usage(
                    count + " is no number of workers of a stage; one has 0 to " + MOST,
                    "Choose another one; with 0 the stage is stopped.");
        }
    }

    /** Stops those that are too many, the newest first, and starts those that are missing. */
    Endpoints to(Endpoints known, Map<String, Integer> counts) {
        Endpoints wanted = known.scaled(counts);
        List<Started> running =
                new ArrayList<>(wanted.workers().stream().filter(processes::running).toList());
        home.write(wanted.with(running));
        for (String stage : counts.keySet()) {
            stopFrom(wanted, stage, running);
        }
        Endpoints complete = workers.start(wanted.with(running), running, home::write);
        home.write(complete);
        workers.awaitReady(complete);
        return complete;
    }

    private void stopFrom(Endpoints wanted, String stage, List<Started> running) {
        List<Started> tooMany =
                running.stream()
                        .filter(worker -> worker.stage().equals(stage))
                        .filter(worker -> worker.number() > wanted.wanted(stage))
                        .toList()
                        .reversed();
        for (Started worker : tooMany) {
            terminal.progress("waiting for " + worker.name() + " to finish what it has in hand");
            String how =
                    switch (processes.stop(worker, GRACE)) {
                        case NOT_RUNNING -> "gone already";
                        case BY_ITSELF -> "stopped";
                        case KILLED -> "killed";
                    };
            terminal.line(how + "  " + worker.name() + "  pid " + worker.pid());
            running.remove(worker);
            home.write(wanted.with(running));
        }
    }
}
