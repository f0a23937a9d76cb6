package dev.slipway.simulation;

import dev.slipway.build.AssembledBuildWorker;
import dev.slipway.build.decide.BuildNotice;
import dev.slipway.build.gateway.BuildLogs;
import dev.slipway.build.gateway.Builds;
import dev.slipway.build.gateway.ImageRepositories;
import dev.slipway.contracts.ImagePushed;
import dev.slipway.contracts.PipelineEvent;
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
import dev.slipway.upload.gateway.Drops;
import dev.slipway.upload.gateway.Staging;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the processes of a schedule are made of: the workers' own code behind doors that fail. */
final class Assembly {
    private static final int BUILD_QUOTA = 1;
    private static final MeterRegistry METERS = new SimpleMeterRegistry();

    private final Ground ground;
    private final Builds builds;
    private final ObjectStore ledger;
    private final Map<Long, Object> told = new HashMap<>();
    private long tokens;

    /** What all processes of one schedule stand on. */
    record Ground(
            Path folder,
            Conditions conditions,
            Scheduler scheduler,
            Chance chance,
            Bus bus,
            World world,
            Watchdog watchdog) {}

    Assembly(Ground ground) {
        this.ground = ground;
        this.builds = ground.world().listed();
        this.ledger = new Watched(ground.world().ledger, ground.watchdog());
    }

    /** Feeds the worker and lets it sweep at this pace. */
    void begin(String kind, Worker worker, Doors doors, Worker.Pace pace) {
        Inside inside = new Inside(kind, worker, doors);
        SweptStage swept =
                switch (kind) {
                    case "upload" -> inside.upload();
                    case "build" -> inside.build();
                    case "deploy" -> inside.deploy();
                    default -> throw new IllegalArgumentException(kind);
                };
        worker.sweep(inside.ledger, swept, inside.config, ground.chance(), pace);
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
                            kind,
                            ground.conditions().likely(Trouble.STRANGER_WIPES) > 0,
                            ground.folder());
            this.pause = duration -> ground.scheduler().sleep(duration.toMillis());
            this.backoff = new Backoff(pause, ground.chance().fork().generator());
            long skew =
                    ground.chance().hits(ground.conditions().likely(Trouble.CLOCKS_DISAGREE))
                            ? ground.chance().between(-100_000_000, 100_000_000)
                            : 0;
            this.clock = () -> ground.scheduler().instant().plusMillis(skew);
            this.ledger =
                    new Ledger(
                            doors.behind(Door.LEDGER, ObjectStore.class, Assembly.this.ledger),
                            () -> "t" + ++tokens,
                            backoff);
            Later later =
                    ground.chance().hits(ground.conditions().likely(Trouble.PROGRESS_SHOWN))
                            ? Later.NOW
                            : _ -> {};
            this.answers =
                    new Answers(
                            doors.behind(Door.ANSWERS, ObjectStore.class, ground.world().answers),
                            backoff,
                            later);
            this.outbox = doors.behind(Door.BUS, Outbox.class, this::publish);
        }

        private void publish(PipelineEvent event) {
            ground.watchdog().published(event);
            switch (event) {
                case SourceStored stored -> ground.bus().publish("source-stored", stored);
                case ImagePushed pushed -> ground.bus().publish("image-pushed", pushed);
                default -> ground.bus().publish("deployment-finished", event);
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
                                    listing -> ground.scheduler().spawn(worker.process(), listing),
                                    METERS),
                            new AssembledUploadWorker.Gateways(
                                    doors.behind(Door.DROPS, Drops.class, ground.world().drops),
                                    doors.behind(
                                            Door.STAGING, Staging.class, ground.world().staging),
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
                                    doors.behind(
                                            Door.SERVICES, Services.class, ground.world().services),
                                    doors.behind(
                                            Door.TRIGGERS, Triggers.class, ground.world().triggers),
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
}
