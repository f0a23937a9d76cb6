package dev.slipway.local.run;

import dev.slipway.local.State;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.h2.mvstore.MVMap;

/**
 * Which processes run, by id and start time, so that those of a local cloud that was killed can be
 * ended by the next one. A process with another start time is another process.
 */
final class ProcessNotes {
    private final State state;
    private final MVMap<String, byte[]> running;

    ProcessNotes(State state) {
        this.state = state;
        this.running = state.map("run.processes");
    }

    void started(ProcessHandle process) {
        startMillis(process)
                .ifPresent(
                        start -> {
                            running.put(key(process), start.getBytes(StandardCharsets.UTF_8));
                            state.flush();
                        });
    }

    void ended(ProcessHandle process) {
        running.remove(key(process));
    }

    /** Ends what a predecessor left running, with everything that it started. */
    void endLeftovers() {
        for (String pid : List.copyOf(running.keySet())) {
            String start = new String(running.get(pid), StandardCharsets.UTF_8);
            ProcessHandle.of(Long.parseLong(pid))
                    .filter(process -> startMillis(process).equals(Optional.of(start)))
                    .ifPresent(ProcessNotes::kill);
            running.remove(pid);
        }
    }

    private static void kill(ProcessHandle process) {
        List<ProcessHandle> family =
                Stream.concat(Stream.of(process), process.descendants()).toList();
        family.forEach(ProcessHandle::destroyForcibly);
    }

    private static Optional<String> startMillis(ProcessHandle process) {
        return process.info().startInstant().map(Instant::toEpochMilli).map(String::valueOf);
    }

    private static String key(ProcessHandle process) {
        return Long.toString(process.pid());
    }
}
