package dev.slipway.cli;

import dev.slipway.cli.installation.Cloud;
import dev.slipway.cli.installation.Endpoints;
import dev.slipway.cli.installation.Installation;
import dev.slipway.cli.installation.UpSettings;
import dev.slipway.cli.terminal.Problem;
import dev.slipway.cli.terminal.Terminal;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of a command that can work in either cloud. */
final class Where {
    @Option(
            names = "--project",
            paramLabel = "PROJECT",
            description =
                    "Work in this project of Google Cloud, with your application-default"
                            + " credentials, instead of in the local cloud.")
    private @Nullable String project;

    @Option(
            names = "--bucket",
            paramLabel = "BUCKET",
            description = "With --project: the drop bucket; PROJECT-INSTALLATION-drop.")
    private @Nullable String bucket;

    @Option(
            names = "--installation",
            paramLabel = "NAME",
            description = "With --project: the installation's name; slipway.")
    private @Nullable String installation;

    /** The project's id, in either cloud. */
    String project() {
        return project == null ? Endpoints.PROJECT : project;
    }

    /** The project of Google Cloud that was named; nothing means the local cloud. */
    Optional<Cloud> google(Workbench bench) {
        if (project != null) {
            return Optional.of(
                    Cloud.Google.of(
                            project,
                            installation == null ? "slipway" : installation,
                            bucket,
                            bench.environment()));
        }
        if (bucket != null || installation != null) {
            throw Problem.usage(
                    (bucket != null ? "--bucket" : "--installation")
                            + " says something of Google Cloud, but no project is named",
                    "Name it with --project PROJECT, or leave the option out to use the local"
                            + " cloud.");
        }
        return Optional.empty();
    }

    /** The cloud to work in; the local one has to be up. */
    Cloud running(Workbench bench, Terminal terminal) {
        return google(bench)
                .or(() -> bench.installation(terminal).running().map(Cloud.Local::new))
                .orElseThrow(
                        () -> Problem.failed("slipway is not up", "Start it with ./slipway up."));
    }

    /**
     * The cloud to work in; of the local one only its cloud has to run, whatever its workers do.
     */
    Cloud reachable(Workbench bench, Terminal terminal) {
        return google(bench)
                .or(() -> bench.installation(terminal).reachable().map(Cloud.Local::new))
                .orElseThrow(
                        () -> Problem.failed("slipway is not up", "Start it with ./slipway up."));
    }

    /** The cloud to work in; the local one is started where it is not up. */
    Cloud started(Workbench bench, Terminal terminal) {
        return google(bench).orElseGet(() -> new Cloud.Local(up(bench, terminal)));
    }

    private static Endpoints up(Workbench bench, Terminal terminal) {
        Installation installation = bench.installation(terminal);
        return installation
                .running()
                .orElseGet(
                        () -> {
                            terminal.line("slipway is not up; starting it");
                            return installation.up(UpSettings.defaults());
                        });
    }
}
