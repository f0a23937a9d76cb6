package dev.slipway.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/** What happened in a schedule, for people; kept only where somebody is to read it. */
final class Timeline {
    private final boolean kept;
    private final Scheduler scheduler;
    private final List<String> lines = new ArrayList<>();

    Timeline(Scheduler scheduler, boolean kept) {
        this.scheduler = scheduler;
        this.kept = kept;
    }

    void note(Supplier<String> what) {
        if (kept) {
            lines.add(
                    String.format(
                            Locale.ROOT, "%9.3f s  %s", scheduler.now() / 1000.0, what.get()));
        }
    }

    List<String> lines() {
        return List.copyOf(lines);
    }
}
