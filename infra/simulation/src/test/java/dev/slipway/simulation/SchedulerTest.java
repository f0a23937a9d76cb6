package dev.slipway.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SchedulerTest {
    private final List<String> said = new ArrayList<>();

    private void live(Runnable life) throws InterruptedException {
        Thread thread = Thread.ofVirtual().start(life);
        thread.join();
    }

    @Test
    void tasksTakeTurnsInVirtualTime() throws InterruptedException {
        live(
                () -> {
                    Scheduler scheduler = new Scheduler();
                    WorkerProcess process = new WorkerProcess("p");
                    scheduler.spawn(process, () -> speak(scheduler, "a", 30));
                    scheduler.spawn(process, () -> speak(scheduler, "b", 20));
                    while (scheduler.step()) {}
                });

        assertThat(said).containsExactly("a 0", "b 0", "b 20", "a 30", "b 40", "a 60");
    }

    private void speak(Scheduler scheduler, String name, long pause) {
        said.add(name + " " + scheduler.now());
        scheduler.sleep(pause);
        said.add(name + " " + scheduler.now());
        scheduler.sleep(pause);
        said.add(name + " " + scheduler.now());
    }

    @Test
    void aTaskOfADeadProcessNeverGoesOnAndRunsNoFinally() throws InterruptedException {
        live(
                () -> {
                    Scheduler scheduler = new Scheduler();
                    WorkerProcess process = new WorkerProcess("p");
                    scheduler.spawn(process, () -> end(scheduler));
                    scheduler.after(5, process::kill);
                    while (scheduler.step()) {}
                });

        assertThat(said).containsExactly("begun");
    }

    private void end(Scheduler scheduler) {
        try {
            said.add("begun");
            scheduler.sleep(10);
            said.add("gone on");
        } finally {
            said.add("finally");
        }
    }

    @Test
    void aTaskOfAFrozenProcessGoesOnLater() throws InterruptedException {
        live(
                () -> {
                    Scheduler scheduler = new Scheduler();
                    WorkerProcess process = new WorkerProcess("p");
                    scheduler.spawn(process, () -> speak(scheduler, "a", 10));
                    process.freezeUntil(1_000);
                    while (scheduler.step()) {}
                });

        assertThat(said).containsExactly("a 1000", "a 1010", "a 1020");
    }
}
