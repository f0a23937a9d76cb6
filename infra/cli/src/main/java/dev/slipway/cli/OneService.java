package dev.slipway.cli;

import dev.slipway.cli.installation.Cloud;
import dev.slipway.cli.services.Services;
import dev.slipway.contracts.ServiceKey;
import dev.slipway.ledger.Ledger;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The service that a command is about, as people name it. */
final class OneService {
    @Parameters(index = "0", paramLabel = "SERVICE", description = "The service's name.")
    private String name = "";

    @Option(
            names = "--region",
            paramLabel = "REGION",
            description = "Where it is, if it is in several regions.")
    private @Nullable String region;

    /**
     * The service that was meant.
     *
     * @throws dev.slipway.cli.terminal.Problem if there is none, or more than one
     */
    ServiceKey in(Cloud cloud, Ledger ledger) {
        return new Services(cloud, ledger).named(name, region);
    }

    /** As it was typed. */
    String name() {
        return name;
    }
}
