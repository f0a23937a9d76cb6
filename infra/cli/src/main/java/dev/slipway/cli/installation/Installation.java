package dev.slipway.cli.installation;

import dev.slipway.cli.terminal.Columns;
import dev.slipway.cli.terminal.Problem;
import dev.slipway.cli.terminal.Terminal;
import dev.slipway.ledger.Pause;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The installation of one home: brings it up, tells about it, takes it down. */
public final class Installation {
    private final Home home;
    private final Terminal terminal;
    private final Processes processes;
    private final StartUp startUp;
    private final Scaling scaling;

    private Installation(
            Home home, Terminal terminal, Processes processes, StartUp startUp, Scaling scaling) {
        this.home = home;
        this.terminal = terminal;
        this.processes = processes;
        this.startUp = startUp;
        this.scaling = scaling;
    }

    /** The installation that this environment names. */
    public static Installation of(
            Map<String, String> environment,
            Checkout checkout,
            Terminal terminal,
            InstantSource clock,
            Pause pause) {
        Home home = Home.of(environment, checkout.root());
        Processes processes = new Processes(clock, pause);
        Launcher launcher = new Launcher(home, environment.getOrDefault("PATH", ""));
        Patience patience = new Patience(home, new Health(), processes, terminal, clock, pause);
        LocalCloudStart cloud =
                new LocalCloudStart(home, checkout, launcher, patience, environment);
        WorkerStart workers =
                new WorkerStart(
                        checkout,
                        FastStart.in(environment),
                        launcher,
                        patience,
                        new Tokens(home, new SecureRandom()));
        return new Installation(
                home,
                terminal,
                processes,
                new StartUp(home, terminal, processes, cloud, workers),
                new Scaling(home, terminal, processes, workers));
    }

    /** Its home. */
    public Home home() {
        return home;
    }

    /** Where it is, if all of it runs. */
    public Optional<Endpoints> running() {
        return home.endpoints()
                .filter(Endpoints::complete)
                .filter(known -> known.processes().stream().allMatch(processes::running));
    }

    /** Where it is, if its local cloud runs. */
    public Optional<Endpoints> reachable() {
        return home.endpoints()
                .filter(
                        known ->
                                Optional.ofNullable(known.localCloud())
                                        .filter(processes::running)
                                        .isPresent());
    }

    /** Whether exactly this process runs. */
    public boolean runs(Started process) {
        return processes.running(process);
    }

    /** Starts what does not run and returns when all of it can work. */
    public Endpoints up(UpSettings settings) {
        home.refuseUnlessOurs();
        try (Home.Lock _ = home.lock(terminal)) {
            Optional<Endpoints> running = running();
            if (running.isPresent()) {
                terminal.line("slipway is up already at " + running.get().endpoint());
                StartUp.tellWhatStays(running.get(), settings, terminal);
                return settings.scale().isEmpty()
                        ? running.get()
                        : scaling.to(running.get(), settings.scale());
            }
            return startUp.run(settings);
        }
    }

    /**
     * Gives stages so many workers: stops the newest ones, or starts further ones.
     *
     * @param counts by identity id; 0 stops a stage
     */
    public Endpoints scale(Map<String, Integer> counts) {
        counts.values().forEach(Scaling::check);
        try (Home.Lock _ = home.lock(terminal)) {
            Endpoints known =
                    reachable()
                            .orElseThrow(
                                    () ->
                                            Problem.failed(
                                                    "slipway is not up",
                                                    "Start it with ./slipway up --scale"
                                                            + " STAGE=N."));
            return scaling.to(known, counts);
        }
    }

    /** Stops everything that was started here: the workers first. */
    public void down(boolean reset) {
        if (!home.directory().toFile().isDirectory()) {
            terminal.line("nothing to stop: " + home.directory() + " does not exist");
            return;
        }
        if (reset) {
            home.refuseUnlessOurs();
        }
        try (Home.Lock _ = home.lock(terminal)) {
            stop(reset ? readable() : home.endpoints());
            if (reset) {
                home.remove();
                terminal.line("removed " + home.directory());
            } else {
                home.forgetProcesses();
            }
        }
    }

    private Optional<Endpoints> readable() {
        try {
            return home.endpoints();
        } catch (Problem e) {
            terminal.line(e.message() + "; whatever it named is not stopped");
            return Optional.empty();
        }
    }

    private void stop(Optional<Endpoints> known) {
        List<Started> all = known.map(Endpoints::processes).orElse(List.of()).reversed();
        if (all.stream().noneMatch(processes::running)) {
            terminal.line("slipway is not up");
        }
        List<List<String>> told = new ArrayList<>();
        List<Started> workers = known.map(Endpoints::workers).orElse(List.of()).reversed();
        told.addAll(stopped(workers));
        told.addAll(stopped(all.stream().filter(process -> !workers.contains(process)).toList()));
        Columns.of(told).forEach(terminal::line);
    }

    private List<List<String>> stopped(List<Started> together) {
        List<List<String>> told = new ArrayList<>();
        List<Processes.Stopped> how = processes.stop(together, Scaling.GRACE);
        for (int i = 0; i < together.size(); i++) {
            Started process = together.get(i);
            switch (how.get(i)) {
                case NOT_RUNNING -> {}
                case BY_ITSELF -> told.add(List.of("stopped", process.name(), pid(process)));
                case KILLED -> told.add(List.of("killed", process.name(), pid(process)));
            }
        }
        return told;
    }

    private static String pid(Started process) {
        return "pid " + process.pid();
    }
}
