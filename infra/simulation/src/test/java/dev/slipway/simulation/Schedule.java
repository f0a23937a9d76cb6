package dev.slipway.simulation;

import dev.slipway.build.AssembledBuildWorker;
import dev.slipway.build.decide.BuildNotice;
import dev.slipway.build.gateway.BuildLogs;
import dev.slipway.build.gateway.Builds;
import dev.slipway.build.gateway.ImageRepositories;
import dev.slipway.contracts.ImagePushed;
import dev.slipway.contracts.PipelineEvent;
import dev.slipway.contracts.ServiceKey;
import dev.slipway.contracts.ServiceName;
import dev.slipway.contracts.SourceStored;
import dev.slipway.deploy.AssembledDeployWorker;
import dev.slipway.deploy.gateway.RevisionLogs;
import dev.slipway.deploy.gateway.Services;
import dev.slipway.deploy.gateway.Triggers;
import dev.slipway.kit.Answers;
import dev.slipway.kit.Later;
import dev.slipway.kit.Outbox;
import dev.slipway.kit.RequestNotice;
import dev.slipway.kit.SweptStage;
import dev.slipway.ledger.Backoff;
import dev.slipway.ledger.Ledger;
import dev.slipway.ledger.ObjectStore;
import dev.slipway.ledger.Pause;
import dev.slipway.simulation.Effect.Door;
import dev.slipway.upload.AssembledUploadWorker;
import dev.slipway.upload.decide.DropNotice;
import dev.slipway.upload.decide.Watermark;
import dev.slipway.upload.gateway.Drops;
import dev.slipway.upload.gateway.Staging;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One schedule: the workers, the world and what happens to them, from one seed. */
final class Schedule {
    private static final List<String> KINDS = List.of("upload", "build", "deploy");
    private static final long LONGEST = Duration.ofHours(8).toMillis();
    private static final long LOOKED_AT_EVERY = 10_000;
    private static final int BUILD_QUOTA = 1;
    private static final MeterRegistry METERS = new SimpleMeterRegistry();

    private final Path folder;
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
    private final Builds builds;
    private final ObjectStore ledger;
    private final List<Worker> workers = new ArrayList<>();
    private final Map<Long, Object> told = new HashMap<>();
    private final Happenings happenings;
    private long quietSince = Long.MAX_VALUE;
    private long faultsSeen;
    private int processes;
    private long tokens;

    Schedule(Generator generator, long seed, Path folder, boolean told) {
        this.folder = folder;
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
        this.builds = world.listed();
        this.ledger = new Watched(world.ledger, watchdog);
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
        Inside inside = new Inside(kind, worker, doors);
        SweptStage swept =
                switch (kind) {
                    case "upload" -> inside.upload();
                    case "build" -> inside.build();
                    case "deploy" -> inside.deploy();
                    default -> throw new IllegalArgumentException(kind);
                };
        worker.sweep(inside.ledger, swept, inside.config, chance, this::untilNextSweep);
    }

    private void crash(String kind, WorkerProcess process) {
        timeline.note(() -> process.name() + " dies");
        process.kill();
        workers.removeIf(worker -> worker.process() == process);
        begin(kind, chance.skewed(500, 60_000));
    }

    /** What one process is made of. */
    private final class Inside {
        private final Worker worker;
        private final Doors doors;
        private final SimulatedConfig config;
        private final Pause pause;
        private final Backoff backoff;
        private final InstantSource clock;
        private final Ledger ledger;
        private final Answers answers;
        private final Outbox outbox;

        Inside(String kind, Worker worker, Doors doors) {
            this.worker = worker;
            this.doors = doors;
            this.config =
                    new SimulatedConfig(
                            kind, conditions.likely(Trouble.STRANGER_WIPES) > 0, folder);
            this.pause = duration -> scheduler.sleep(duration.toMillis());
            this.backoff = new Backoff(pause, chance.fork().generator());
            long skew =
                    chance.hits(conditions.likely(Trouble.CLOCKS_DISAGREE))
                            ? chance.between(-100_000_000, 100_000_000)
                            : 0;
            this.clock = () -> scheduler.instant().plusMillis(skew);
            this.ledger =
                    new Ledger(
                            doors.behind(Door.LEDGER, ObjectStore.class, Schedule.this.ledger),
                            () -> "t" + ++tokens,
                            backoff);
            Later later =
                    chance.hits(conditions.likely(Trouble.PROGRESS_SHOWN)) ? Later.NOW : _ -> {};
            this.answers =
                    new Answers(
                            doors.behind(Door.ANSWERS, ObjectStore.class, world.answers),
                            backoff,
                            later);
            this.outbox = doors.behind(Door.BUS, Outbox.class, this::publish);
        }

        private void publish(PipelineEvent event) {
            watchdog.published(event);
            switch (event) {
                case SourceStored stored -> bus.publish("source-stored", stored);
                case ImagePushed pushed -> bus.publish("image-pushed", pushed);
                default -> bus.publish("deployment-finished", event);
            }
        }

        SweptStage upload() {
            AssembledUploadWorker assembled =
                    AssembledUploadWorker.on(
                            new AssembledUploadWorker.Ground(
                                    config,
                                    config,
                                    ledger,
                                    answers,
                                    outbox,
                                    backoff,
                                    clock,
                                    listing -> scheduler.spawn(worker.process(), listing),
                                    METERS),
                            new AssembledUploadWorker.Gateways(
                                    doors.behind(Door.DROPS, Drops.class, world.drops),
                                    doors.behind(Door.STAGING, Staging.class, world.staging),
                                    message -> told(message.id(), DropNotice.class)));
            worker.feed(
                    "source-uploaded",
                    notice -> Worker.done(assembled.accept().handle(tell(notice))));
            return assembled.resume();
        }

        SweptStage build() {
            BuildLogs logs = url -> List.of(url);
            ImageRepositories repositories = (_, _) -> {};
            AssembledBuildWorker assembled =
                    AssembledBuildWorker.on(
                            new AssembledBuildWorker.Ground(
                                    config,
                                    BUILD_QUOTA,
                                    ledger,
                                    answers,
                                    outbox,
                                    pause,
                                    backoff,
                                    clock,
                                    METERS),
                            new AssembledBuildWorker.Gateways(
                                    doors.behind(Door.BUILDS, Builds.class, builds),
                                    doors.behind(
                                            Door.REPOSITORIES,
                                            ImageRepositories.class,
                                            repositories),
                                    doors.behind(Door.LOGS, BuildLogs.class, logs),
                                    message -> told(message.id(), BuildNotice.class),
                                    message -> told(message.id(), RequestNotice.class)));
            worker.feed(
                    "cancel-requested",
                    notice -> Worker.done(assembled.cancel().handle(tell(notice))));
            worker.feed("source-stored", stored -> assembled.start().handle(Worker.stored(stored)));
            worker.feed(
                    "build-finished",
                    notice -> Worker.done(assembled.finish().handle(tell(notice))));
            return assembled.resume();
        }

        SweptStage deploy() {
            RevisionLogs logs = (_, revision, _) -> List.of(revision);
            AssembledDeployWorker assembled =
                    AssembledDeployWorker.on(
                            new AssembledDeployWorker.Ground(
                                    config, ledger, answers, outbox, pause, backoff, METERS),
                            new AssembledDeployWorker.Gateways(
                                    doors.behind(Door.SERVICES, Services.class, world.services),
                                    doors.behind(Door.TRIGGERS, Triggers.class, world.triggers),
                                    doors.behind(Door.LOGS, RevisionLogs.class, logs),
                                    message -> told(message.id(), RequestNotice.class)));
            worker.feed(
                    "service-requested",
                    notice -> Worker.done(assembled.request().handle(tell(notice))));
            worker.feed("image-pushed", pushed -> assembled.deploy().handle(Worker.pushed(pushed)));
            return assembled.resume();
        }

        private dev.slipway.kit.Message tell(Object content) {
            long number = told.size();
            told.put(number, content);
            return Worker.numbered(number);
        }
    }

    private <T> Optional<T> told(String number, Class<T> kind) {
        return Optional.ofNullable(told.get(Long.valueOf(number))).map(kind::cast);
    }

    /** The service with this number. */
    static ServiceKey service(int number) {
        return new ServiceKey(SimulatedConfig.REGION, new ServiceName("service-" + number));
    }
}
