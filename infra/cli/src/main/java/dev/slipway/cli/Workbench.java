package dev.slipway.cli;

import dev.slipway.cli.installation.Checkout;
import dev.slipway.cli.installation.Cloud;
import dev.slipway.cli.installation.Installation;
import dev.slipway.cli.terminal.Problem;
import dev.slipway.cli.terminal.Terminal;
import dev.slipway.ledger.Backoff;
import dev.slipway.ledger.Ledger;
import dev.slipway.ledger.Pause;
import dev.slipway.ledger.google.CloudStorageObjectStore;
import java.io.PrintStream;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.UUID;
import java.util.random.RandomGenerator;

/**
 * What commands work with.
 *
 * @param attended whether somebody looks at standard output
 */
record Workbench(
        Map<String, String> environment,
        Checkout checkout,
        PrintStream out,
        PrintStream err,
        boolean attended,
        InstantSource clock,
        Pause pause) {
    /** What the process was given. */
    static Workbench ofThisProcess() {
        return new Workbench(
                System.getenv(),
                Checkout.ofThisProgram(),
                System.out,
                System.err,
                Boolean.getBoolean("slipway.terminal"),
                InstantSource.system(),
                Workbench::sleep);
    }

    /** Answers and results. */
    Terminal terminal() {
        return Terminal.on(out, attended, environment);
    }

    /** Progress of commands whose output is read by a program. */
    Terminal aside() {
        return Terminal.on(err, false, environment);
    }

    Installation installation(Terminal terminal) {
        return Installation.of(environment, checkout, terminal, clock, pause);
    }

    /** The records of a cloud's installation. */
    Ledger ledger(Cloud cloud) {
        return new Ledger(
                new CloudStorageObjectStore(cloud.clients().storage(), cloud.ledgerBucket()),
                () -> UUID.randomUUID().toString(),
                new Backoff(pause, RandomGenerator.getDefault()));
    }

    private static void sleep(Duration duration) {
        try {
            Thread.sleep(duration);
        } catch (InterruptedException e) {
            throw Problem.failed("interrupted", "Run it again.", e);
        }
    }
}
