package dev.slipway.cli;

import dev.slipway.cli.installation.Cloud;
import dev.slipway.cli.terminal.Terminal;
import dev.slipway.ledger.StagePause;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Pauses one stage. */
@Command(
        name = "pause",
        mixinStandardHelpOptions = true,
        description = {
            "Lets all workers of one stage finish what they have in hand and take up nothing"
                    + " more, wherever they run, until it is resumed. The other stages go on,"
                    + " and no deadline runs meanwhile. Workers see it within 5 s.",
            "Exit code: 0 it is paused, 1 not, 2 wrong usage."
        },
        footer = {
            "",
            "Examples:",
            "  ./slipway pause build",
            "  ./slipway pause deploy-worker --project my-project",
            "  ./slipway resume build"
        })
final class PauseStage implements Runnable {
    private final Workbench bench;

    @Mixin private final Where where = new Where();
    @Mixin private final AsJson json = new AsJson();

    @Parameters(
            index = "0",
            paramLabel = "STAGE",
            converter = StageName.Typed.class,
            description = "upload, build or deploy.")
    private StageName stage = new StageName("");

    PauseStage(Workbench bench) {
        this.bench = bench;
    }

    @Override
    public void run() {
        Terminal terminal = json.terminal(bench);
        Cloud cloud = where.reachable(bench, terminal);
        StagePause before = Stages.of(bench, cloud, stage);
        StagePause paused = Stages.set(bench, cloud, stage, true);
        boolean seen = Stages.awaitSeen(bench, cloud, stage, true, terminal);
        if (json.asked()) {
            AsJson.print(bench, new Stages.Document(stage.id(), paused, seen));
            return;
        }
        terminal.line(
                stage.worker()
                        + (before.paused() ? " was paused already, since " : " is paused since ")
                        + paused.since()
                        + (seen ? "" : "; its workers see it within 5 s"));
        terminal.line("what it has in hand is finished, nothing more is taken up");
        terminal.line("  ./slipway resume " + stage.id());
    }
}
