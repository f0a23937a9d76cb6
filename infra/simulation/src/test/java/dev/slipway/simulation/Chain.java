package dev.slipway.simulation;

import dev.slipway.build.AssembledBuildWorker;
import dev.slipway.build.decide.BuildNotice;
import dev.slipway.build.decide.BuildSeen;
import dev.slipway.build.gateway.Builds;
import dev.slipway.build.gateway.InMemoryBuilds;
import dev.slipway.contracts.Answer;
import dev.slipway.contracts.DeploymentFinished;
import dev.slipway.contracts.DeploymentId;
import dev.slipway.contracts.Digest;
import dev.slipway.contracts.ImagePushed;
import dev.slipway.contracts.Json;
import dev.slipway.contracts.ObjectVersion;
import dev.slipway.contracts.PipelineEvent;
import dev.slipway.contracts.Request;
import dev.slipway.contracts.RequestAnswer;
import dev.slipway.contracts.RequestName;
import dev.slipway.contracts.ServiceKey;
import dev.slipway.contracts.ServiceName;
import dev.slipway.contracts.SourceStored;
import dev.slipway.deploy.AssembledDeployWorker;
import dev.slipway.deploy.gateway.InMemoryServices;
import dev.slipway.deploy.gateway.InMemoryTriggers;
import dev.slipway.deploy.gateway.Services;
import dev.slipway.deploy.gateway.Triggers;
import dev.slipway.kit.Answers;
import dev.slipway.kit.GatewayException;
import dev.slipway.kit.Later;
import dev.slipway.kit.Message;
import dev.slipway.kit.RequestNotice;
import dev.slipway.kit.Sweep;
import dev.slipway.kit.SweptStage;
import dev.slipway.ledger.Backoff;
import dev.slipway.ledger.DeploymentRecord;
import dev.slipway.ledger.InMemoryObjectStore;
import dev.slipway.ledger.Ledger;
import dev.slipway.ledger.ObjectStore;
import dev.slipway.ledger.Pause;
import dev.slipway.ledger.StoreUnavailable;
import dev.slipway.ledger.Versioned;
import dev.slipway.upload.Archives;
import dev.slipway.upload.AssembledUploadWorker;
import dev.slipway.upload.decide.Drop;
import dev.slipway.upload.decide.DropNotice;
import dev.slipway.upload.decide.Watermark;
import dev.slipway.upload.gateway.Drops;
import dev.slipway.upload.gateway.InMemoryDrops;
import dev.slipway.upload.gateway.InMemoryStaging;
import dev.slipway.upload.gateway.Staging;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;

/**
 * The whole chain without a scheduler: one worker of each kind, what they publish is handled at
 * once and in turn, and the only things that go wrong are those that a test arranges in the models.
 * The clock stands still but for pauses, and for what a test lets pass.
 */
final class Chain {
    static final ServiceKey HELLO =
            new ServiceKey(SimulatedConfig.REGION, new ServiceName("hello"));
    private static final String LEDGER =
            SimulatedConfig.PROJECT + "-" + SimulatedConfig.INSTALLATION + "-ledger";
    private static final int BUILD_QUOTA = 10;

    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    final InMemoryDrops drops = new InMemoryDrops(World.BUCKET, () -> now);
    final InMemoryStaging staging = new InMemoryStaging();
    final InMemoryBuilds builds = new InMemoryBuilds(() -> now);
    final InMemoryServices services = new InMemoryServices();
    final InMemoryTriggers triggers = new InMemoryTriggers();
    final List<DeploymentFinished> finished = new ArrayList<>();
    final List<String> notAcknowledged = new ArrayList<>();
    private final InMemoryObjectStore kept = new InMemoryObjectStore(() -> now);
    private final InMemoryObjectStore answered = new InMemoryObjectStore(() -> now);
    private final Pause pause = time -> now = now.plus(time);
    private final Backoff backoff = new Backoff(pause, new Random(1));
    private final Counter counter = new Counter();
    private final Ledger ledger =
            new Ledger(counter.counted("ledger", ObjectStore.class, kept), this::token, backoff);
    private final Answers answers =
            new Answers(
                    counter.counted("answers", ObjectStore.class, answered), backoff, Later.NOW);
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final Map<String, Object> told = new HashMap<>();
    private final Deque<Runnable> due = new ArrayDeque<>();
    private final List<Sweep> sweeps = new ArrayList<>();
    private final AssembledUploadWorker upload;
    private final AssembledBuildWorker build;
    private final AssembledDeployWorker deploy;
    private Consumer<String> builder = this::succeed;
    private int tokens;
    private int asked;

    Chain(Path folder) {
        ledger.raiseWatermark(World.BUCKET, Watermark.at(World.BUCKET, now));
        upload = upload(config("upload", folder));
        build = build(config("build", folder));
        deploy = deploy(config("deploy", folder));
        builds.listen(this::buildChanged);
    }

    private static SimulatedConfig config(String identity, Path folder) {
        return new SimulatedConfig(identity, false, folder);
    }

    private AssembledUploadWorker upload(SimulatedConfig config) {
        AssembledUploadWorker worker =
                AssembledUploadWorker.on(
                        new AssembledUploadWorker.Ground(
                                config,
                                config,
                                ledger,
                                answers,
                                this::publish,
                                backoff,
                                () -> now,
                                Runnable::run,
                                meters),
                        new AssembledUploadWorker.Gateways(
                                counter.counted("drops", Drops.class, drops),
                                counter.counted("staging", Staging.class, staging),
                                message -> content(message, DropNotice.class)));
        sweep(config, worker.resume());
        return worker;
    }

    private AssembledBuildWorker build(SimulatedConfig config) {
        AssembledBuildWorker worker =
                AssembledBuildWorker.on(
                        new AssembledBuildWorker.Ground(
                                config,
                                BUILD_QUOTA,
                                ledger,
                                answers,
                                this::publish,
                                pause,
                                backoff,
                                () -> now,
                                meters),
                        new AssembledBuildWorker.Gateways(
                                counter.counted("builds", Builds.class, builds),
                                (_, _) -> {},
                                url -> List.of("the last line of " + url),
                                message -> content(message, BuildNotice.class),
                                message -> content(message, RequestNotice.class)));
        sweep(config, worker.resume());
        return worker;
    }

    private AssembledDeployWorker deploy(SimulatedConfig config) {
        AssembledDeployWorker worker =
                AssembledDeployWorker.on(
                        new AssembledDeployWorker.Ground(
                                config, ledger, answers, this::publish, pause, backoff, meters),
                        new AssembledDeployWorker.Gateways(
                                counter.counted("services", Services.class, services),
                                counter.counted("triggers", Triggers.class, triggers),
                                (_, revision, _) -> List.of("the last line of " + revision),
                                message -> content(message, RequestNotice.class)));
        sweep(config, worker.resume());
        return worker;
    }

    private void sweep(SimulatedConfig config, SweptStage stage) {
        sweeps.add(
                new Sweep(
                        ledger,
                        config.identity(),
                        stage.stages(),
                        config.unchangedFor(),
                        config.identity() + "-1",
                        Runnable::run,
                        stage,
                        () -> false));
    }

    private String token() {
        return "t" + ++tokens;
    }

    private Message message(Object content) {
        Message message = Worker.numbered(told.size());
        told.put(message.id(), content);
        return message;
    }

    private <T> Optional<T> content(Message message, Class<T> kind) {
        return Optional.ofNullable(told.get(message.id())).map(kind::cast);
    }

    private void publish(PipelineEvent event) {
        switch (event) {
            case SourceStored stored -> due.add(() -> build.start().handle(stored));
            case ImagePushed pushed -> due.add(() -> deploy.deploy().handle(pushed));
            case DeploymentFinished ended -> finished.add(ended);
        }
    }

    private void buildChanged(BuildSeen seen) {
        BuildNotice notice =
                new BuildNotice(
                        seen.name(), seen.status(), List.of(builds.planOf(seen.name()).tag()));
        due.add(() -> Worker.done(build.finish().handle(message(notice))));
        if (seen.status() == BuildSeen.Status.QUEUED) {
            due.add(() -> builder.accept(seen.name()));
        }
    }

    private void succeed(String name) {
        builds.succeed(name, Digest.of(staging.read(builds.planOf(name).source())).value());
    }

    /** What becomes of builds from now on, unless they succeed. */
    void buildsGo(Consumer<String> how) {
        builder = how;
    }

    /** Handles all that was published; what a worker cannot do now its sweep does later. */
    private void settle() {
        while (!due.isEmpty()) {
            try {
                due.removeFirst().run();
            } catch (GatewayException | StoreUnavailable e) {
                notAcknowledged.add(String.valueOf(e.getMessage()));
            }
        }
    }

    /** Lets the time pass, in which the workers sweep. */
    void pass(Duration time) {
        Instant until = now.plus(time);
        while (now.isBefore(until)) {
            now = now.plusSeconds(30);
            sweeps.forEach(Sweep::round);
            settle();
        }
    }

    /** An archive that no worker has heard of yet. */
    Drop put(String object, byte[] content) {
        now = now.plusSeconds(1);
        return drops.find(drops.put(object, content, null)).orElseThrow();
    }

    /** What storage says of it. */
    DeploymentId announce(Drop drop) {
        DropNotice notice = new DropNotice(true, drop.version(), drop);
        due.add(() -> Worker.done(upload.accept().handle(message(notice))));
        settle();
        return DeploymentId.of(drop.version());
    }

    /** Drops an archive, and lets everybody go as far as they come. */
    DeploymentId drop(String object, byte[] content) {
        return announce(put(object, content));
    }

    /** Drops a function with this code for the service hello. */
    DeploymentId hello(String code) {
        return drop("hello/" + code + ".zip", Archives.function(code));
    }

    /** Asks something of the service hello. */
    ObjectVersion ask(Request request) {
        return ask(Json.write(request));
    }

    /** The same, whatever this may be. */
    ObjectVersion ask(byte[] body) {
        now = now.plusSeconds(1);
        String object = RequestName.of(HELLO, "r" + ++asked).object();
        kept.create(object, body);
        long generation = kept.get(object).orElseThrow().generation();
        ObjectVersion version = new ObjectVersion(LEDGER, object, generation);
        RequestNotice notice = new RequestNotice(true, version);
        due.add(() -> Worker.done(build.cancel().handle(message(notice))));
        due.add(() -> Worker.done(deploy.request().handle(message(notice))));
        settle();
        return version;
    }

    /** What the workers called meanwhile, and how often. */
    Map<String, Integer> calls(Runnable task) {
        return counter.during(task);
    }

    DeploymentRecord record(DeploymentId deployment) {
        return ledger.deployment(deployment).map(Versioned::value).orElseThrow();
    }

    /** Whether anybody still has to do something about this drop or request. */
    boolean isOpen(DeploymentId id) {
        return ledger.marker(id).isPresent();
    }

    /** What stands in the drop bucket about it. */
    Answer answer(DeploymentId deployment) {
        String name = Answer.nameFor(record(deployment).drop().object());
        return answered.get(name).flatMap(read -> Answer.parse(read.body())).orElseThrow();
    }

    /** What stands beside a request. */
    RequestAnswer answer(ObjectVersion request) {
        return kept.get(RequestName.answerTo(request.object()))
                .flatMap(read -> RequestAnswer.parse(read.body()))
                .orElseThrow();
    }
}
