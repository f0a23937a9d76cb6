package dev.slipway.simulation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.logging.LogManager;
import java.util.logging.Logger;

/** The program behind the scripts {@code simulate} and {@code mutants}. */
public final class Simulate {
    private static final Path MEMORY = Path.of("/dev/shm");
    private static final int MOST_VIOLATIONS = 20;
    private static final long CHUNK = 200;
    private static final long TOLD_EVERY = 10_000;

    private Simulate() {}

    /**
     * {@code run FROM TO}: the schedules of these seeds; {@code show GENERATOR SEED}: one of them
     * with all that happens; {@code mutants SCHEDULES}: how often each generator catches each
     * mutant; {@code pins MOST}: for each mutant the first schedule found that catches it.
     */
    public static void main(String[] arguments) throws IOException {
        silence();
        Path folder = folder();
        switch (arguments[0]) {
            case "run" -> run(folder, Long.parseLong(arguments[1]), Long.parseLong(arguments[2]));
            case "show" ->
                    show(folder, Generator.valueOf(arguments[1]), Long.parseLong(arguments[2]));
            case "pins" -> pins(folder, Long.parseLong(arguments[1]), arguments);
            case "mutants" -> mutants(folder, Long.parseLong(arguments[1]), arguments);
            default -> throw new IllegalArgumentException(arguments[0]);
        }
    }

    /** The handlers' own lines are of no use here, and writing them takes longer than all else. */
    static void silence() {
        LogManager.getLogManager().reset();
        Logger.getLogger("").setLevel(java.util.logging.Level.OFF);
    }

    /** A folder for archives, in memory where there is one. */
    static Path folder() throws IOException {
        Path folder =
                Files.isWritable(MEMORY)
                        ? Files.createTempDirectory(MEMORY, "slipway-simulation")
                        : Files.createTempDirectory("slipway-simulation");
        folder.toFile().deleteOnExit();
        return folder;
    }

    private static void run(Path folder, long from, long to) {
        Campaign campaign = new Campaign(folder, Arrays.asList(Generator.values()));
        long began = System.nanoTime();
        Campaign.Outcome outcome =
                campaign.run(from, to, MOST_VIOLATIONS, over -> progress(from, over));
        double seconds = (System.nanoTime() - began) / 1e9;
        outcome.failed().forEach(System.out::println);
        print("simulate.schedules", (double) outcome.schedules(), "schedules");
        print("simulate.violations", outcome.failed().size(), "schedules (bar ≤ 0)");
        print("simulate.bound", 300.0 / outcome.schedules(), "% of schedules at most, at 95 %");
        print("simulate.rate", outcome.schedules() / seconds, "schedules/s (bar ≥ 250)");
        print("simulate.effects", 1.0 * outcome.effects() / outcome.schedules(), "each");
        print("simulate.faults", 1.0 * outcome.faults() / outcome.schedules(), "each");
        if (!outcome.failed().isEmpty()) {
            show(
                    folder,
                    outcome.failed().getFirst().generator(),
                    outcome.failed().getFirst().seed());
            System.exit(1);
        }
    }

    private static void progress(long from, long over) {
        if (over % TOLD_EVERY == 0) {
            System.err.println("simulated up to about seed " + (from + over));
        }
    }

    private static void print(String name, double value, String unit) {
        System.out.println(
                String.format(
                        Locale.ROOT,
                        value == Math.rint(value) ? "%s %.0f %s" : "%s %.4f %s",
                        name,
                        value,
                        unit));
    }

    private static void show(Path folder, Generator generator, long seed) {
        Schedule.Result result =
                new Campaign(folder, List.of(generator)).once(generator, seed, true);
        result.timeline().forEach(System.out::println);
        System.out.println(generator + " " + seed + " " + result.violation());
    }

    private static void mutants(Path folder, long schedules, String[] arguments)
            throws IOException {
        System.out.println("mutant generator caught of first-seed invariant");
        for (Mutant mutant : Mutant.values()) {
            if (arguments.length > 2 && !mutant.name().equals(arguments[2])) {
                continue;
            }
            try (MutantClasses classes = MutantClasses.of(mutant, folder)) {
                for (Generator generator : Generator.values()) {
                    row(
                            mutant,
                            generator,
                            schedules,
                            classes.hunt(folder, generator, 0, schedules));
                }
            }
        }
    }

    /** For each mutant the first schedule that catches it, as few as possible. */
    private static void pins(Path folder, long most, String[] arguments) throws IOException {
        for (Mutant mutant : Mutant.values()) {
            if (arguments.length > 2 && !Arrays.asList(arguments).contains(mutant.name())) {
                continue;
            }
            try (MutantClasses classes = MutantClasses.of(mutant, folder)) {
                System.out.println(mutant + " " + pin(classes, folder, most));
            }
        }
    }

    private static String pin(MutantClasses classes, Path folder, long most) {
        for (long from = 0; from < most; from += CHUNK) {
            for (Generator generator :
                    List.of(
                            Generator.FOCUS,
                            Generator.SWARM,
                            Generator.UNIFORM,
                            Generator.DIRECTED)) {
                List<String> caught = classes.hunt(folder, generator, from, from + CHUNK);
                if (!caught.isEmpty()) {
                    return caught.getFirst();
                }
            }
        }
        return "is not caught";
    }

    private static void row(
            Mutant mutant, Generator generator, long schedules, List<String> caught) {
        String first =
                caught.stream()
                        .min(Comparator.comparingLong(Simulate::seed))
                        .map(line -> seed(line) + " " + invariant(line))
                        .orElse("- -");
        System.out.println(
                String.join(
                        " ",
                        mutant.name(),
                        generator.name(),
                        Integer.toString(caught.size()),
                        Long.toString(schedules),
                        first));
    }

    private static String invariant(String line) {
        String violation = line.split(" ", 3)[2];
        return violation.substring(0, violation.indexOf(':'));
    }

    private static long seed(String line) {
        return Long.parseLong(line.split(" ", 3)[1]);
    }
}
