package dev.slipway.cli;

import dev.slipway.cli.terminal.Terminal;
import dev.slipway.contracts.Json;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine.Option;

/**
 * The option {@code --json}: standard output then holds JSON alone, one document a line, and what
 * people read goes to standard error.
 */
final class AsJson {
    static final String NAME = "--json";

    @Option(
            names = NAME,
            description = "Print JSON, one document a line; progress goes to standard error.")
    private boolean asked;

    /** Whether a program reads the output. */
    boolean asked() {
        return asked;
    }

    /** Where people are told what goes on. */
    Terminal terminal(Workbench bench) {
        return asked ? bench.aside() : bench.terminal();
    }

    /** One document, written whole. */
    static void print(Workbench bench, Object document) {
        synchronized (bench.out()) {
            bench.out().println(new String(Json.write(document), StandardCharsets.UTF_8));
            bench.out().flush();
        }
    }
}
