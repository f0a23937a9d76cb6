package dev.slipway.cli.installation;

import dev.slipway.cli.installation.Health.Readiness;
import dev.slipway.cli.terminal.Columns;
import dev.slipway.cli.terminal.Elapsed;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** The processes of an installation, and as a table. */
public record ProcessTable(Installation installation, Health health, InstantSource clock) {
    /**
     * One process as it is now.
     *
     * @param running whether it still runs
     * @param ready whether it can work
     * @param paused whether its stage is paused, so that it takes up nothing
     * @param missing what it lacks for that, in its own words
     */
    public record Row(
            String name,
            long pid,
            Instant startedAt,
            boolean running,
            boolean ready,
            boolean paused,
            List<String> missing) {}

    /** The local cloud first. */
    public List<Row> rows(Endpoints endpoints) {
        return endpoints.processes().stream().map(this::row).toList();
    }

    private Row row(Started process) {
        boolean running = installation.runs(process);
        Readiness readiness = running ? health.of(process) : new Readiness(false, false, List.of());
        return new Row(
                process.name(),
                process.pid(),
                process.startedAt(),
                running,
                readiness.ready(),
                readiness.paused(),
                readiness.missing());
    }

    /** One line for each below a heading. */
    public List<String> of(Endpoints endpoints) {
        List<List<String>> table = new ArrayList<>();
        table.add(List.of("PROCESS", "PID", "STATE", "UP FOR"));
        rows(endpoints).forEach(row -> table.add(cells(row)));
        endpoints.stages().stream()
                .filter(stage -> endpoints.wanted(stage) == 0)
                .forEach(
                        stage ->
                                table.add(
                                        List.of(
                                                Started.workerName(stage, 1),
                                                "-",
                                                "scaled to 0",
                                                "-")));
        return Columns.of(table);
    }

    private List<String> cells(Row row) {
        if (!row.running()) {
            return List.of(row.name(), "-", "gone", "-");
        }
        return List.of(
                row.name(),
                Long.toString(row.pid()),
                state(row),
                Elapsed.roughly(Duration.between(row.startedAt(), clock.instant())));
    }

    private static String state(Row row) {
        if (!row.ready()) {
            return "not ready: " + String.join("; ", row.missing());
        }
        return row.paused() ? "paused" : "ready";
    }
}
