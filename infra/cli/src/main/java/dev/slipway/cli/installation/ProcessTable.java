package dev.slipway.cli.installation;

import dev.slipway.cli.installation.Health.Readiness;
import dev.slipway.cli.terminal.Columns;
import dev.slipway.cli.terminal.Elapsed;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** The processes of an installation as a table. */
public record ProcessTable(Installation installation, Health health, InstantSource clock) {
    /** One line for each below a heading. */
    public List<String> of(Endpoints endpoints) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("PROCESS", "PID", "STATE", "UP FOR"));
        endpoints.processes().forEach(process -> rows.add(row(process)));
        return Columns.of(rows);
    }

    private List<String> row(Started process) {
        if (!installation.runs(process)) {
            return List.of(process.name(), "-", "gone", "-");
        }
        Readiness readiness = health.of(process);
        return List.of(
                process.name(),
                Long.toString(process.pid()),
                readiness.ready()
                        ? "ready"
                        : "not ready: " + String.join("; ", readiness.missing()),
                Elapsed.roughly(Duration.between(process.startedAt(), clock.instant())));
    }
}
