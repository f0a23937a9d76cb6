package dev.slipway.cli;

import dev.slipway.cli.installation.Cloud;
import dev.slipway.cli.terminal.Elapsed;
import dev.slipway.cli.terminal.Terminal;
import dev.slipway.ledger.StagePause;
import java.time.Duration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Lets a paused stage go on. */
@Command(
        name = "resume",
        mixinStandardHelpOptions = true,
        description = {
            "Lets all workers of a paused stage go on. Deadlines of what waited in it count from"
                    + " now. Workers see it within 5 s.",
            "Exit code: 0 it is not paused, 1 it still is, 2 wrong usage."
        },
        footer = {
            "",
            "Examples:",
            "  ./slipway resume build",
            "  ./slipway resume deploy-worker --project my-project"
        })
final class ResumeStage implements Runnable {
    private final Workbench bench;

    @Mixin private final Where where = new Where();
    @Mixin private final AsJson json = new AsJson();

    @Parameters(
            index = "0",
            paramLabel = "STAGE",
            converter = StageName.Typed.class,
            description = "upload, build or deploy.")
    private StageName stage = new StageName("");

    ResumeStage(Workbench bench) {
        this.bench = bench;
    }

    @Override
    public void run() {
        Terminal terminal = json.terminal(bench);
        Cloud cloud = where.reachable(bench, terminal);
        StagePause before = Stages.of(bench, cloud, stage);
        StagePause resumed = Stages.set(bench, cloud, stage, false);
        boolean seen = Stages.awaitSeen(bench, cloud, stage, false, terminal);
        if (json.asked()) {
            AsJson.print(bench, new Stages.Document(stage.id(), resumed, seen));
            return;
        }
        terminal.line(
                stage.worker()
                        + (before.paused()
                                ? " goes on" + after(before, resumed)
                                : " was not paused")
                        + (seen ? "" : "; its workers see it within 5 s"));
    }

    private static String after(StagePause before, StagePause resumed) {
        return before.since() == null || resumed.since() == null
                ? ""
                : ", after a pause of "
                        + Elapsed.of(Duration.between(before.since(), resumed.since()));
    }
}
