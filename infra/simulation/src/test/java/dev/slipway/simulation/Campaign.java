package dev.slipway.simulation;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongConsumer;

/** Many schedules, as many at once as there are cores. */
final class Campaign {
    private final Path folder;
    private final List<Generator> generators;

    /**
     * A campaign.
     *
     * @param folder what archives pass through
     * @param generators whose turn it is goes round with the seed
     */
    Campaign(Path folder, List<Generator> generators) {
        this.folder = folder;
        this.generators = List.copyOf(generators);
    }

    /**
     * What a campaign came to.
     *
     * @param failed what violated something
     */
    record Outcome(long schedules, long effects, long faults, List<Failed> failed) {}

    /** A schedule that violated an invariant. */
    record Failed(Generator generator, long seed, String violation) {
        @Override
        public String toString() {
            return generator + " " + seed + " " + violation;
        }
    }

    private Generator generator(long seed) {
        return generators.get((int) Math.floorMod(seed, (long) generators.size()));
    }

    /**
     * Lives through the schedules of these seeds.
     *
     * @param mostFailures none is begun after so many violations
     * @param progress hears after each schedule how many are over
     */
    Outcome run(long from, long to, int mostFailures, LongConsumer progress) {
        Tally tally = new Tally(from, to, mostFailures, progress);
        List<Thread> lives = new ArrayList<>();
        AtomicReference<Throwable> failure = new AtomicReference<>();
        for (int core = 0; core < Runtime.getRuntime().availableProcessors(); core++) {
            Thread life = Thread.ofVirtual().unstarted(tally::live);
            life.setUncaughtExceptionHandler((_, e) -> failure.set(e));
            lives.add(life);
            life.start();
        }
        lives.forEach(Campaign::join);
        if (failure.get() != null) {
            throw new IllegalStateException(failure.get());
        }
        return tally.outcome();
    }

    /** Lives through one schedule, on a virtual thread of its own. */
    Schedule.Result once(Generator generator, long seed, boolean told) {
        AtomicReference<Schedule.Result> result = new AtomicReference<>();
        AtomicReference<Throwable> failure = new AtomicReference<>();
        Thread life =
                Thread.ofVirtual()
                        .unstarted(
                                () ->
                                        result.set(
                                                new Schedule(generator, seed, folder, told).run()));
        life.setUncaughtExceptionHandler((_, e) -> failure.set(e));
        life.start();
        join(life);
        if (failure.get() != null) {
            throw new IllegalStateException(generator + " " + seed, failure.get());
        }
        return Objects.requireNonNull(result.get());
    }

    private static void join(Thread life) {
        try {
            life.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** What all cores add to. */
    private final class Tally {
        private final AtomicLong next;
        private final long to;
        private final int mostFailures;
        private final LongConsumer progress;
        private final AtomicLong schedules = new AtomicLong();
        private final AtomicLong effects = new AtomicLong();
        private final AtomicLong faults = new AtomicLong();
        private final List<Failed> failed = Collections.synchronizedList(new ArrayList<>());

        Tally(long from, long to, int mostFailures, LongConsumer progress) {
            this.next = new AtomicLong(from);
            this.to = to;
            this.mostFailures = mostFailures;
            this.progress = progress;
        }

        void live() {
            while (failed.size() < mostFailures) {
                long seed = next.getAndIncrement();
                if (seed >= to) {
                    return;
                }
                add(seed, new Schedule(generator(seed), seed, folder, false).run());
            }
        }

        private void add(long seed, Schedule.Result result) {
            effects.addAndGet(result.effects());
            faults.addAndGet(result.faults());
            if (result.violation() != null) {
                failed.add(new Failed(generator(seed), seed, result.violation()));
            }
            progress.accept(schedules.incrementAndGet());
        }

        Outcome outcome() {
            return new Outcome(schedules.get(), effects.get(), faults.get(), List.copyOf(failed));
        }
    }
}
