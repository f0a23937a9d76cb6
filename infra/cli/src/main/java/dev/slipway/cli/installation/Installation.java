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

    /**
     * A process that was stopped.
     *
     * @param killed whether it had to be, because it did not end by itself
     */
    public record Ended(String name, long pid, boolean killed) {}

    /** Stops everything that was started here: the workers first. */
    public List<Ended> down(boolean reset) {
        if (!home.directory().toFile().isDirectory()) {
            terminal.line("nothing to stop: " + home.directory() + " does not exist");
            return List.of();
        }
        if (reset) {
            home.refuseUnlessOurs();
        }
        try (Home.Lock _ = home.lock(terminal)) {
            List<Ended> stopped = stop(reset ? readable() : home.endpoints());
            if (reset) {
                home.remove();
                terminal.line("removed " + home.directory());
            } else {
                home.forgetProcesses();
            }
            return stopped;
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

    private List<Ended> stop(Optional<Endpoints> known) {
        List<Started> all = known.map(Endpoints::processes).orElse(List.of()).reversed();
        if (all.stream().noneMatch(processes::running)) {
            terminal.line("slipway is not up");
        }
        List<Ended> stopped = new ArrayList<>();
        List<Started> workers = known.map(Endpoints::workers).orElse(List.of()).reversed();
        stopped.addAll(stopped(workers));
        stopped.addAll(
                stopped(all.stream().filter(process -> !workers.contains(process)).toList()));
        Columns.of(stopped.stream().map(Installation::cells).toList()).forEach(terminal::line);
        return List.copyOf(stopped);
    }

    private List<Ended> stopped(List<Started> together) {
        List<Ended> stopped = new ArrayList<>();
        List<Processes.Stopped> how = processes.stop(together, Scaling.GRACE);
        for (int i = 0; i < together.size(); i++) {
            Started process = together.get(i);
            switch (how.get(i)) {
                case NOT_RUNNING -> {}
                case BY_ITSELF -> stopped.add(new Ended(process.name(), process.pid(), false));
                case KILLED -> stopped.add(new Ended(process.name(), process.pid(), true));
            }
        }
        return stopped;
    }

    private static List<String> cells(Ended ended) {
        return List.of(ended.killed() ? "killed" : "stopped", ended.name(), "pid " + ended.pid());
    }
}
