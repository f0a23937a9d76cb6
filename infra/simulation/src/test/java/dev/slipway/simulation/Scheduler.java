package dev.slipway.simulation;

import java.time.Instant;
import java.util.PriorityQueue;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Virtual time, and tasks that run one at a time in it: each on a virtual thread of its own, which
 * hands control back whenever it sleeps. What happens next depends on the times alone, and those on
 * the seed. The scheduler belongs to the thread that made it, which should be a virtual one too.
 */
final class Scheduler {
    private static final Instant BEGINNING = Instant.parse("2026-01-01T00:00:00Z");

    private record Due(long at, long number, Runnable what) implements Comparable<Due> {
        @Override
        public int compareTo(Due other) {
            int earlier = Long.compare(at, other.at);
            return earlier != 0 ? earlier : Long.compare(number, other.number);
        }
    }

    private final class Task {
        private final WorkerProcess process;
        private final Thread thread;
        private volatile boolean running;
        private volatile boolean over;
        private volatile @Nullable Throwable failure;
        private boolean begun;

        Task(WorkerProcess process, Runnable body) {
            this.process = process;
            this.thread = Thread.ofVirtual().unstarted(() -> live(body));
        }

        private void live(Runnable body) {
            try {
                body.run();
            } catch (Throwable e) { // told to the scheduler, whose thread it is to end
                failure = e;
            } finally {
                over = true;
                handBack();
            }
        }

        private void handBack() {
            running = false;
            LockSupport.unpark(loop);
        }

        private void awaitTurn() {
            while (!running) {
                LockSupport.park(this);
            }
        }

        private void goOn() {
            running = true;
            if (begun) {
                LockSupport.unpark(thread);
            } else {
                begun = true;
                thread.start();
            }
            while (running) {
                LockSupport.park(this);
            }
        }
    }

    private final Thread loop = Thread.currentThread();
    private final PriorityQueue<Due> queue = new PriorityQueue<>();
    private @Nullable Task current;
    private long now;
    private long numbers;

    /** Milliseconds since the beginning. */
    long now() {
        return now;
    }

    /** The same as a time of day. */
    Instant instant() {
        return BEGINNING.plusMillis(now);
    }

    /** Does something that is no task's after so many milliseconds. */
    void after(long millis, Runnable what) {
        queue.add(new Due(now + millis, numbers++, what));
    }

    /** Begins a task of this process, at once but not before whoever runs now hands over. */
    void spawn(WorkerProcess process, Runnable body) {
        Task task = new Task(process, body);
        after(0, () -> wake(task));
    }

    /** The task that calls this goes on after so many milliseconds, if its process lives then. */
    void sleep(long millis) {
        Task task = require();
        after(millis, () -> wake(task));
        task.handBack();
        task.awaitTurn();
    }

    /** The task that calls this never goes on; no {@code finally} of it runs. */
    void abandon() {
        Task task = require();
        task.handBack();
        while (true) {
            LockSupport.park(task);
        }
    }

    private Task require() {
        if (current == null) {
            throw new IllegalStateException("only a task can wait");
        }
        return current;
    }

    private void wake(Task task) {
        if (!task.process.isAlive()) {
            return;
        }
        long frozen = task.process.frozenUntil() - now;
        if (frozen > 0) {
            after(frozen, () -> wake(task));
            return;
        }
        current = task;
        task.goOn();
        current = null;
        if (task.over && task.failure != null) {
            throw new IllegalStateException("a task failed", task.failure);
        }
    }

    /** Does what is due next; false where nothing is. */
    boolean step() {
        Due due = queue.poll();
        if (due == null) {
            return false;
        }
        now = due.at;
        due.what.run();
        return true;
    }
}
