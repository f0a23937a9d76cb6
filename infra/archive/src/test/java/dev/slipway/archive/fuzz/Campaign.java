package dev.slipway.archive.fuzz;

import dev.slipway.archive.fuzz.Outcome.Kind;
import dev.slipway.archive.fuzz.Outcome.Problem;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** Many seeds, as many at once as there are cores. */
final class Campaign {
    private static final int MOST_FINDINGS = 20;
    private static final Duration LONGEST = Duration.ofSeconds(10);
    private static final Duration LOOK_EVERY = Duration.ofMillis(200);

    private final Checks checks;
    private final long to;
    private final AtomicLong next;
    private final AtomicLong over = new AtomicLong();
    private final AtomicLong accepted = new AtomicLong();
    private final List<Finding> findings = Collections.synchronizedList(new ArrayList<>());

    /** What a thread does; it gets a folder of its own. */
    @FunctionalInterface
    interface Checks {
        Check in(Path folder) throws IOException;
    }

    /** A seed whose archive was not dealt with as it should. */
    record Finding(long seed, Problem problem) {
        @Override
        public String toString() {
            return seed + " " + problem.kind() + " " + problem.what();
        }
    }

    /** What it came to, after so many archives. */
    record Total(long archives, long accepted, List<Finding> findings) {
        long count(Kind kind) {
            return findings.stream().filter(finding -> finding.problem().kind() == kind).count();
        }
    }

    private Campaign(Checks checks, long from, long to) {
        this.checks = checks;
        this.next = new AtomicLong(from);
        this.to = to;
    }

    /** The seeds from the first on, without the last; it ends early after many findings. */
    static Total run(Path folder, Checks checks, long from, long to) throws IOException {
        return new Campaign(checks, from, to).run(folder);
    }

    private Total run(Path folder) throws IOException {
        List<Run> runs = new ArrayList<>();
        for (int core = 0; core < Runtime.getRuntime().availableProcessors(); core++) {
            Path own = Files.createDirectories(folder.resolve(Integer.toString(core)));
            runs.add(new Run(checks.in(own)));
        }
        List<Thread> threads =
                runs.stream().map(run -> Thread.ofPlatform().daemon().start(run)).toList();
        for (int at = 0; at < runs.size(); at++) {
            while (!hasEnded(threads.get(at))) {
                if (runs.get(at).hangs()) {
                    add(runs.get(at).seed, Kind.HANG, "took more than " + LONGEST);
                    break;
                }
            }
        }
        return new Total(over.get(), accepted.get(), List.copyOf(findings));
    }

    private static boolean hasEnded(Thread thread) {
        try {
            return thread.join(LOOK_EVERY);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private void add(long seed, Kind kind, String what) {
        findings.add(new Finding(seed, new Problem(kind, what)));
    }

    private final class Run implements Runnable {
        private final Check check;
        private volatile long seed;
        private volatile long began = System.nanoTime();

        Run(Check check) {
            this.check = check;
        }

        boolean hangs() {
            return System.nanoTime() - began > LONGEST.toNanos();
        }

        @Override
        public void run() {
            for (long mine = next.getAndIncrement();
                    mine < to && findings.size() < MOST_FINDINGS;
                    mine = next.getAndIncrement()) {
                seed = mine;
                began = System.nanoTime();
                one(mine);
                over.incrementAndGet();
            }
        }

        /** Running out of memory is an error to report, too. */
        private void one(long mine) {
            try {
                Outcome outcome = check.of(mine);
                accepted.addAndGet(outcome.accepted() ? 1 : 0);
                Problem problem = outcome.problem();
                if (problem != null) {
                    findings.add(new Finding(mine, problem));
                }
            } catch (Exception | StackOverflowError | OutOfMemoryError | AssertionError e) {
                StringWriter trace = new StringWriter();
                e.printStackTrace(new PrintWriter(trace));
                add(mine, Kind.CRASH, trace.toString());
            }
        }
    }
}
