package dev.slipway.cli;

import dev.slipway.cli.terminal.Problem;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The command people type. */
@Command(
        name = "slipway",
        mixinStandardHelpOptions = true,
        version = "slipway 0.1.0-SNAPSHOT",
        synopsisSubcommandLabel = "COMMAND",
        sortOptions = false,
        description = "Turns a source archive dropped into a bucket into a live service.",
        footer = {
            "",
            "Examples:",
            "  ./slipway drop infra/samples/hello-node   deploy a folder and follow it until it is live",
            "  ./slipway drop hello.zip --service hello  deploy an archive under a name of its own",
            "  ./slipway check hello.zip                 what a drop of it would be told",
            "  ./slipway init hello                      write a folder to begin with",
            "  ./slipway status                          what runs, and what was deployed",
            "  ./slipway rollback hello                  let what was live before serve again",
            "  eval \"$(./slipway up --env)\"              point curl and gcloud here",
            "  ./slipway down --reset                    stop everything and forget it",
            "",
            "Environment:",
            "  SLIPWAY_HOME              where the state is kept; .slipway of the checkout",
            "  SLIPWAY_BUILD=never       use what is built, even if its sources are newer",
            "  SLIPWAY_LOCAL_CLOUD_ARGS  further arguments of the local cloud",
            "  NO_COLOR                  no colours"
        })
public final class Slipway implements Runnable {
    @Option(
            names = "--debug",
            scope = ScopeType.INHERIT,
            description = "Show what a failure looks like inside.")
    private boolean debug;

    @Spec private @Nullable CommandSpec spec;

    private Slipway() {}

    /**
     * Runs one command and exits with its code: 0 well, 1 not, 2 wrong usage, 3 not followed to its
     * end.
     */
    public static void main(String[] args) {
        int code = run(Workbench.ofThisProcess(), args);
        System.out.flush();
        Runtime.getRuntime().exit(code);
    }

    static int run(Workbench bench, String... args) {
        return line(bench).execute(args);
    }

    /** The command with all its commands. */
    static CommandLine line(Workbench bench) {
        Slipway slipway = new Slipway();
        CommandLine line =
                new CommandLine(slipway)
                        .addSubcommand(new Up(bench))
                        .addSubcommand(Drop.command(bench))
                        .addSubcommand(new Check(bench))
                        .addSubcommand(new Status(bench))
                        .addSubcommand(new Demo(bench))
                        .addSubcommand(new ListThem(bench))
                        .addSubcommand(new Rollback(bench))
                        .addSubcommand(new Hold(bench))
                        .addSubcommand(new Release(bench))
                        .addSubcommand(new Redeploy(bench))
                        .addSubcommand(new Undeploy(bench))
                        .addSubcommand(new Cancel(bench))
                        .addSubcommand(new Redrive(bench))
                        .addSubcommand(new Call(bench))
                        .addSubcommand(new Logs(bench))
                        .addSubcommand(new Scale(bench))
                        .addSubcommand(new PauseStage(bench))
                        .addSubcommand(new ResumeStage(bench))
                        .addSubcommand(new Down(bench))
                        .addSubcommand(new Init(bench))
                        .setOut(new PrintWriter(bench.out(), true, bench.out().charset()))
                        .setErr(new PrintWriter(bench.err(), true, bench.err().charset()))
                        .setCaseInsensitiveEnumValuesAllowed(true)
                        .setUsageHelpAutoWidth(false)
                        .setUsageHelpWidth(100)
                        .setExecutionStrategy(slipway::quietly)
                        .setParameterExceptionHandler(new Mistyped())
                        .setExecutionExceptionHandler(slipway.telling(bench));
        if (!bench.attended() || bench.environment().containsKey("NO_COLOR")) {
            line.setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF));
        }
        return line;
    }

    /** Google's clients log what the command tells in its own words. */
    private int quietly(ParseResult parsed) {
        if (!debug) {
            Logger.getLogger("").setLevel(Level.OFF);
        }
        return new CommandLine.RunLast().execute(parsed);
    }

    private IExecutionExceptionHandler telling(Workbench bench) {
        PrintStream err = bench.err();
        return (failure, command, _) -> {
            if (debug) {
                failure.printStackTrace(err);
            }
            Problem problem =
                    failure instanceof Problem known
                            ? known
                            : Problem.failed(
                                    "it failed unexpectedly: " + failure,
                                    "Run it again with --debug to see where.");
            if (command.getParseResult().hasMatchedOption(AsJson.NAME)) {
                AsJson.print(bench, Map.of("error", problem.asDocument()));
            }
            err.println("slipway: " + problem.message());
            problem.details().forEach(detail -> err.println("  " + detail));
            if (!problem.nextStep().isEmpty()) {
                err.println("  " + problem.nextStep());
            }
            return problem.exitCode();
        };
    }

    @Override
    public void run() {
        if (spec != null) {
            spec.commandLine().usage(spec.commandLine().getOut());
        }
    }
}
