package dev.slipway.simulation;

import java.nio.file.Path;
import java.util.List;

/** What is called from one class loader into another: only the JDK's types pass. */
public final class Hunt {
    private Hunt() {}

    /**
     * Lives through schedules.
     *
     * @return a line {@code GENERATOR SEED violation} for each that violated something
     */
    public static List<String> run(String folder, String generator, long from, long to) {
        Simulate.silence();
        return new Campaign(Path.of(folder), List.of(Generator.valueOf(generator)))
                .run(from, to, Integer.MAX_VALUE, _ -> {}).failed().stream()
                        .map(Campaign.Failed::toString)
                        .toList();
    }
}
