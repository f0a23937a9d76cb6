package dev.slipway.cli;

import dev.slipway.cli.check.CheckDocument;
import dev.slipway.cli.check.CheckText;
import dev.slipway.cli.check.Checked;
import dev.slipway.cli.check.Rehearsal;
import dev.slipway.cli.drop.Planned;
import dev.slipway.cli.drop.RegionName;
import dev.slipway.cli.installation.Endpoints;
import dev.slipway.cli.installation.Home;
import dev.slipway.cli.terminal.Busy;
import dev.slipway.cli.terminal.Terminal;
import dev.slipway.contracts.manifest.Policy;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Tells what drops of folders and archives would be told, without dropping them. */
@Command(
        name = "check",
        mixinStandardHelpOptions = true,
        description = {
            "Verifies folders and archives as a drop of them would be, slipway.yaml included, and"
                    + " says what its answer would say. Nothing is started, uploaded or kept; no"
                    + " installation is needed.",
            "It knows the limits and rules that apply where an operator says nothing else. Your"
                    + " operator may allow other regions, forbid public access or set other limits"
                    + " of size. What only a build or a rollout finds out is not checked.",
            "Exit code: 0 all would be accepted, 1 one at least would be rejected or cannot be"
                    + " read, 2 wrong usage."
        },
        footer = {
            "",
            "Examples:",
            "  ./slipway check infra/samples/hello-node",
            "  ./slipway check hello.zip --service greeter --region us-central1",
            "  ./slipway check a.zip b.tar.gz web/ --json",
            "  ./slipway check web/ --project my-project --allow-public"
        })
final class Check implements Callable<Integer> {
    private static final int ALL_ACCEPTED = 0;
    private static final int REJECTED = 1;

    private final Workbench bench;

    @Mixin private final AsJson json = new AsJson();

    @Parameters(
            arity = "1..*",
            paramLabel = "SOURCE",
            description = "Folders, and archives: told by their content, whatever their name is.")
    private List<Path> places = List.of();

    @Option(
            names = "--service",
            paramLabel = "NAME",
            description = "The service it is meant for; the folder's or archive's own name.")
    private @Nullable String service;

    @Option(
            names = "--region",
            paramLabel = "REGION",
            description =
                    "Where it is meant to go, which is taken as allowed; the first region of this"
                            + " machine's installation, or europe-west1 where there is none.")
    private @Nullable String region;

    @Option(
            names = "--project",
            paramLabel = "PROJECT",
            description =
                    "The project of Google Cloud it is meant for: its topics may be named, and"
                            + " public access may not be asked for. The local cloud's otherwise.")
    private @Nullable String project;

    @Option(
            names = "--allow-public",
            description = "With --project: its operator allows public access.")
    private boolean allowPublic;

    Check(Workbench bench) {
        this.bench = bench;
    }

    @Override
    public Integer call() {
        Terminal terminal = json.terminal(bench);
        Rehearsal rehearsal = rehearsal(terminal);
        List<Planned> planned = Planned.toCheck(places, service);
        boolean allAccepted = true;
        for (Planned one : planned) {
            one.named().remark().ifPresent(terminal::line);
            Checked checked = checked(one, rehearsal, terminal);
            tell(one, rehearsal.region(), checked, terminal);
            allAccepted &= checked instanceof Checked.Accepted;
        }
        return allAccepted ? ALL_ACCEPTED : REJECTED;
    }

    private Rehearsal rehearsal(Terminal terminal) {
        List<String> regions = regions(terminal);
        String where = region == null ? regions.getFirst() : region;
        RegionName.check(where);
        Set<String> allowed = new HashSet<>(regions);
        allowed.add(where);
        return new Rehearsal(
                where,
                new Policy(
                        allowed,
                        project == null || allowPublic,
                        project == null ? Endpoints.PROJECT : project));
    }

    /** Those of this machine's installation are noted down, whether it runs or not. */
    private List<String> regions(Terminal terminal) {
        return Optional.of(bench.installation(terminal).home())
                .filter(_ -> project == null)
                .flatMap(Home::endpoints)
                .map(Endpoints::regions)
                .orElse(Endpoints.REGIONS);
    }

    private Checked checked(Planned planned, Rehearsal rehearsal, Terminal terminal) {
        String what = "checking " + planned.source().path().getFileName();
        try (Busy _ = Busy.with(what, terminal, bench.clock())) {
            return rehearsal.of(planned);
        }
    }

    private void tell(Planned planned, String where, Checked checked, Terminal terminal) {
        if (json.asked()) {
            AsJson.print(bench, CheckDocument.of(planned, where, checked));
            return;
        }
        List<String> lines = CheckText.of(planned, checked);
        terminal.line(
                switch (checked) {
                    case Checked.Accepted _ -> lines.getFirst();
                    case Checked.Rejected _ -> terminal.bad(lines.getFirst());
                });
        lines.stream().skip(1).forEach(terminal::line);
    }
}
