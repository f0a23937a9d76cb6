package dev.slipway.simulation;

import dev.slipway.contracts.ServiceKey;
import dev.slipway.contracts.ServiceName;
import dev.slipway.ledger.Backoff;
import dev.slipway.ledger.Ledger;
import dev.slipway.upload.decide.Watermark;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One schedule: the workers, the world and what happens to them, from one seed. */
final class Schedule {
    private static final List<String> KINDS = List.of("upload", "build", "deploy");
    private static final long LONGEST = Duration.ofHours(8).toMillis();
    private static final long LOOKED_AT_EVERY = 10_000;

    private final Conditions conditions;
    private final Scheduler scheduler = new Scheduler();
    private final Chance chance;
    private final Timeline timeline;
    private final Doors.Tally tally = new Doors.Tally();
    private final Doors.Ground ground;
    private final List<Asked> asked = new ArrayList<>();
    private final Watchdog watchdog = new Watchdog(asked);
    private final Bus bus;
    private final World world;
    private final List<Worker> workers = new ArrayList<>();
    private final Assembly assembly;
    private final Happenings happenings;
    private long quietSince = Long.MAX_VALUE;
    private long faultsSeen;
    private int processes;

    Schedule(Generator generator, long seed, Path folder, boolean told) {
        this.chance = new Chance(seed);
        this.conditions = generator.conditions(seed, chance);
        this.timeline = new Timeline(scheduler, told);
        this.ground =
                new Doors.Ground(scheduler, conditions.faults(), chance.fork(), timeline, tally);
        this.bus =
                new Bus(
                        scheduler,
                        chance.fork(),
                        conditions,
                        timeline,
                        this::anyOf,
                        watchdog::tooEarly,
                        () -> tally.faults);
        this.world = new World(ground, conditions, bus, watchdog);
        this.assembly =
                new Assembly(
                        new Assembly.Ground(
                                folder, conditions, scheduler, chance, bus, world, watchdog));
        this.happenings =
                new Happenings(
                        scheduler,
                        chance.fork(),
                        new Chance(~seed),
                        conditions,
                        timeline,
                        bus,
                        world,
                        asked);
    }

    /** How it went. */
    record Result(
            @Nullable String violation,
            long effects,
            long faults,
            long millis,
            List<String> timeline) {}

    /** Lives through it; must be called where it was made, on a virtual thread. */
    Result run() {
        String violation = null;
        try {
            live();
            new Final(world, watchdog, happenings, bus).check();
        } catch (Violation e) {
            violation = e.getMessage();
        } catch (RuntimeException e) { // a judge that stumbles has seen what nobody foresaw
            violation = e.getCause() instanceof Violation cause ? cause.getMessage() : told(e);
        }
        return new Result(
                violation, tally.effects, tally.faults, scheduler.now(), timeline.lines());
    }

    private static String told(RuntimeException unforeseen) {
        StringWriter trace = new StringWriter();
        unforeseen.printStackTrace(new PrintWriter(trace));
        return trace.toString();
    }

    private void live() {
        bus.subscribe("source-uploaded", "source-uploaded");
        bus.subscribe("source-stored", "source-stored");
        bus.subscribe("cloud-builds", "build-finished");
        bus.subscribe("image-pushed", "image-pushed");
        bus.subscribe("service-requested", "service-requested");
        bus.subscribe("service-requested", "cancel-requested");
        boolean second = chance.hits(conditions.likely(Trouble.SECOND_REPLICA) * 2);
        KINDS.forEach(kind -> begin(kind, 0));
        if (second) {
            KINDS.forEach(kind -> begin(kind, chance.between(0, 60_000)));
        }
        new Ledger(world.ledger, () -> "installation", new Backoff(_ -> {}, chance.generator()))
                .raiseWatermark(World.BUCKET, Watermark.at(World.BUCKET, scheduler.instant()));
        tally.firstFault = happenings::hurry;
        happenings.begin();
        scheduler.after(LOOKED_AT_EVERY, this::look);
        while (!isOver() && scheduler.step()) {
            if (scheduler.now() > LONGEST) {
                return;
            }
        }
    }

    private boolean isOver() {
        return scheduler.now() - quietSince > happenings.quietFor();
    }

    private void look() {
        boolean quiet =
                happenings.areOver()
                        && bus.isIdle()
                        && world.isQuiet()
                        && tally.late == 0
                        && happenings.drops().stream().allMatch(this::isKnown)
                        && happenings.asked().stream().allMatch(request -> request.isOver(watchdog))
                        && world.ledger.list("open/", 1).isEmpty()
                        && world.ledger.list("building/", 1).isEmpty();
        boolean calm = tally.faults == faultsSeen;
        faultsSeen = tally.faults;
        quietSince = quiet && calm ? Math.min(quietSince, scheduler.now()) : Long.MAX_VALUE;
        scheduler.after(LOOKED_AT_EVERY, this::look);
    }

    private boolean isKnown(Dropped drop) {
        return watchdog.record(drop.deployment()).isPresent() || world.isRemoved(drop.deployment());
    }

    private long untilNextSweep() {
        return quietSince == Long.MAX_VALUE ? 30_000 : 150_000;
    }

    private @Nullable Worker anyOf(String subscription) {
        List<Worker> fed =
                workers.stream()
                        .filter(worker -> worker.process().isAlive())
                        .filter(worker -> worker.consumes(subscription))
                        .toList();
        return fed.isEmpty() ? null : chance.of(fed);
    }

    private void begin(String kind, long delay) {
        scheduler.after(delay, () -> begin(kind));
    }

    private void begin(String kind) {
        WorkerProcess process = new WorkerProcess(kind + "-" + ++processes);
        timeline.note(() -> process.name() + " starts");
        Doors doors = new Doors(ground, process, kind, () -> crash(kind, process));
        Worker worker = new Worker(kind, process, ground, doors);
        workers.add(worker);
        assembly.begin(kind, worker, doors, this::untilNextSweep);
    }

    private void crash(String kind, WorkerProcess process) {
        timeline.note(() -> process.name() + " dies");
        process.kill();
        workers.removeIf(worker -> worker.process() == process);
        begin(kind, chance.skewed(500, 60_000));
    }

    /** The service with this number. */
    static ServiceKey service(int number) {
        return new ServiceKey(SimulatedConfig.REGION, new ServiceName("service-" + number));
    }
}
