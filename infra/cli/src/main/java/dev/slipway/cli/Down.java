package dev.slipway.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Stops the installation. */
@Command(
        name = "down",
        mixinStandardHelpOptions = true,
        description = "Stops what up started, the workers first; what was deployed is kept.",
        footer = {"", "Examples:", "  ./slipway down", "  ./slipway down --reset"})
final class Down implements Runnable {
    private final Workbench bench;

    @Option(
            names = "--reset",
            description = "Forget everything too: services, images, buckets, logs.")
    private boolean reset;

    Down(Workbench bench) {
        this.bench = bench;
    }

    @Override
    public void run() {
        bench.installation(bench.terminal()).down(reset);
    }
}
