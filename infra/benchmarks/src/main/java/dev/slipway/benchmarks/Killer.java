package dev.slipway.benchmarks;

import dev.slipway.benchmarks.Workers.Worker;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.random.RandomGenerator;

/**
 * Ends workers with {@code kill -9} and freezes some for longer than an ack deadline, while what is
 * gone is started again and the others work on.
 */
final class Killer {
    private static final Duration FROZEN = Duration.ofSeconds(25);
    private static final Duration LONGEST_START = Duration.ofMinutes(3);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);
    private static final int LONGEST_BREATH_MILLIS = 1200; // about as long as a deployment takes
    private static final int BETWEEN_FREEZES_MILLIS = 5000;

    private final Workers workers;
    private final Restarts restarts;
    private final Work work;
    private final RandomGenerator killing;
    private final RandomGenerator freezing;
    private final Set<Long> frozen = new HashSet<>();
    private final Set<Long> everReady = new HashSet<>();
    private volatile boolean over;

    /** A freeze that began with the last kills would only make the campaign longer. */
    private volatile boolean nearlyOver;

    Killer(Workers workers, Restarts restarts, Work work, SplittableRandom random) {
        this.work = work;
        this.workers = workers;
        this.restarts = restarts;
        this.killing = random.split();
        this.freezing = random.split();
    }

    /** Keeps the workers busy: who is idle loses nothing when it ends. */
    interface Work {
        /** Gives out work for so many of them. */
        void forKills(int kills) throws Exception;
    }

    /** Returns how many were frozen; so many are killed. */
    int run(int kills) throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> starting =
                    threads.submit(
                            () -> {
                                restarts.keepUp(() -> over);
                                return null;
                            });
            Future<Integer> freezes = threads.submit(this::freeze);
            try {
                kill(kills);
            } finally {
                over = true;
            }
            starting.get();
            restarts.toTheEnd();
            return freezes.get();
        }
    }

    private void kill(int kills) throws Exception {
        int killed = 0;
        while (killed < kills) {
            killed += killSome(kills - killed);
            nearlyOver = killed > kills * 3 / 4;
        }
    }

    /** At least half of them work on: who starts, or is frozen, does not. */
    private int killSome(int most) throws Exception {
        int half = workers.all().size() / 2;
        long end = System.nanoTime() + LONGEST_START.toNanos();
        while (System.nanoTime() < end) {
            int spare = working().size() - half;
            if (spare > 0) {
                int count = 1 + killing.nextInt(Math.min(most, spare));
                work.forKills(count);
                Thread.sleep(killing.nextInt(LONGEST_BREATH_MILLIS));
                return killOf(count);
            }
            Thread.sleep(BETWEEN_LOOKS);
        }
        throw new IllegalStateException(
                "half of the workers did not come to work again within " + LONGEST_START);
    }

    private synchronized int killOf(int count) throws IOException, InterruptedException {
        List<Worker> working = working();
        int killed = 0;
        while (killed < count && !working.isEmpty()) {
            signal("KILL", working.remove(killing.nextInt(working.size())).pid());
            killed++;
        }
        return killed;
    }

    private int freeze() throws IOException, InterruptedException {
        int count = 0;
        while (!nearlyOver && !over) {
            long pid = freezeOne();
            if (pid > 0) {
                Thread.sleep(FROZEN);
                thaw(pid);
                count++;
            }
            Thread.sleep(freezing.nextInt(BETWEEN_FREEZES_MILLIS));
        }
        return count;
    }

    private synchronized long freezeOne() throws IOException, InterruptedException {
        List<Worker> working = working();
        if (working.isEmpty()) {
            return 0;
        }
        long pid = working.get(freezing.nextInt(working.size())).pid();
        signal("STOP", pid);
        frozen.add(pid);
        return pid;
    }

    private synchronized void thaw(long pid) throws IOException, InterruptedException {
        signal("CONT", pid);
        frozen.remove(pid);
    }

    private synchronized List<Worker> working() throws IOException, InterruptedException {
        List<Worker> working = new ArrayList<>();
        for (Worker worker : workers.all()) {
            if (!frozen.contains(worker.pid()) && worker.runs() && wasReady(worker)) {
                working.add(worker);
            }
        }
        return working;
    }

    private boolean wasReady(Worker worker) throws InterruptedException {
        if (!everReady.contains(worker.pid()) && worker.ready()) {
            everReady.add(worker.pid());
        }
        return everReady.contains(worker.pid());
    }

    static void signal(String signal, long pid) throws IOException, InterruptedException {
        Process kill = new ProcessBuilder("kill", "-" + signal, Long.toString(pid)).start();
        if (kill.waitFor() != 0) {
            throw new IOException(
                    "kill -" + signal + " " + pid + " ended with " + kill.exitValue());
        }
    }
}
