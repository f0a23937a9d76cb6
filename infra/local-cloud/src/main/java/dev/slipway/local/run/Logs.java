package dev.slipway.local.run;

import dev.slipway.local.State;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What instances wrote, by revision. */
final class Logs {
    /** Where the local cloud shows a revision's log; followed by region, service and revision. */
    static final String PATH = "/run/logs/";

    private final Path directory;
    private final Map<RevisionName, RevisionLog> logs = new ConcurrentHashMap<>();

    Logs(State state) {
        this.directory = state.directory("run-logs");
    }

    RevisionLog of(RevisionName name) {
        return logs.computeIfAbsent(
                name,
                _ ->
                        new RevisionLog(
                                directory
                                        .resolve(name.service().region())
                                        .resolve(name.service().id())
                                        .resolve(name.id() + ".log")));
    }

    void delete(RevisionName name) {
        try {
            of(name).delete();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot remove the log of " + name.id(), e);
        }
        logs.remove(name);
    }

    String uri(RevisionName name, int cloudPort) {
        return "http://localhost:%d%s%s/%s/%s"
                .formatted(
                        cloudPort, PATH, name.service().region(), name.service().id(), name.id());
    }
}
