package dev.slipway.archive.fuzz;

import dev.slipway.archive.fuzz.Campaign.Total;
import dev.slipway.archive.fuzz.Outcome.Kind;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** The program behind the script {@code fuzz-archives}. */
public final class Fuzz {
    private static final Path MEMORY = Path.of("/dev/shm");

    private Fuzz() {}

    /**
     * {@code run LEGAL MUTATIONS}: so many of both; {@code legal SEED FILE} and {@code mutation
     * SEED FILE}: one of them, whose archive is left in the file.
     */
    public static void main(String[] arguments) throws IOException {
        Path folder = folder();
        boolean well = false;
        try {
            well =
                    switch (arguments[0]) {
                        case "run" ->
                                run(
                                        folder,
                                        Long.parseLong(arguments[1]),
                                        Long.parseLong(arguments[2]));
                        case "legal" -> show(new LegalCheck(folder), arguments);
                        case "mutation" -> show(new MutantCheck(folder), arguments);
                        default -> throw new IllegalArgumentException(arguments[0]);
                    };
        } finally {
            delete(folder);
        }
        System.exit(well ? 0 : 1);
    }

    /** A folder for archives, in memory where there is one. */
    static Path folder() throws IOException {
        return Files.isWritable(MEMORY)
                ? Files.createTempDirectory(MEMORY, "slipway-fuzz")
                : Files.createTempDirectory("slipway-fuzz");
    }

    static void delete(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            all.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static boolean run(Path folder, long legal, long mutations) throws IOException {
        long began = System.nanoTime();
        Total trees = Campaign.run(folder, LegalCheck::new, 0, legal);
        long between = System.nanoTime();
        Total mutants = Campaign.run(folder, MutantCheck::new, 0, mutations);
        long ended = System.nanoTime();
        trees.findings().forEach(finding -> System.out.println("legal " + finding));
        mutants.findings().forEach(finding -> System.out.println("mutation " + finding));
        print("legal", trees.archives());
        print("legal-refused", trees.count(Kind.REFUSED));
        print("legal-other-tree", trees.count(Kind.OTHER_TREE));
        print("legal-rate", perSecond(trees, between - began));
        print("mutations", mutants.archives());
        print("accepted", mutants.accepted());
        print("crashes", trees.count(Kind.CRASH) + mutants.count(Kind.CRASH));
        print("hangs", trees.count(Kind.HANG) + mutants.count(Kind.HANG));
        print("wrong-trees", mutants.count(Kind.OTHER_TREE));
        print("rate", perSecond(mutants, ended - between));
        return trees.findings().isEmpty() && mutants.findings().isEmpty();
    }

    private static long perSecond(Total total, long nanos) {
        return Math.round(total.archives() * 1e9 / nanos);
    }

    private static void print(String name, long value) {
        System.out.println("fuzz." + name + " " + value);
    }

    private static boolean show(Check check, String[] arguments) throws IOException {
        long seed = Long.parseLong(arguments[1]);
        Files.write(Path.of(arguments[2]), check.archive(seed));
        Outcome outcome = check.of(seed);
        System.out.println(outcome);
        return outcome.problem() == null;
    }
}
