package dev.slipway.cli;

import dev.slipway.cli.installation.Installation;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Stops the installation. */
@Command(
        name = "down",
        mixinStandardHelpOptions = true,
        description = {
            "Stops what up started, the workers first; what was deployed is kept.",
            "Exit code: 0 nothing of it runs, 1 something does, 2 wrong usage."
        },
        footer = {
            "",
            "Examples:",
            "  ./slipway down",
            "  ./slipway down --json",
            "  ./slipway down --reset"
        })
final class Down implements Runnable {
    private final Workbench bench;

    @Mixin private final AsJson json = new AsJson();

    @Option(
            names = "--reset",
            description = "Forget everything too: services, images, buckets, logs.")
    private boolean reset;

    Down(Workbench bench) {
        this.bench = bench;
    }

    /** What is printed as JSON. */
    record Document(List<Installation.Ended> stopped, boolean reset) {}

    @Override
    public void run() {
        List<Installation.Ended> stopped = bench.installation(json.terminal(bench)).down(reset);
        if (json.asked()) {
            AsJson.print(bench, new Document(stopped, reset));
        }
    }
}
