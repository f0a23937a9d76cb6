package dev.slipway.build;

import dev.slipway.build.decide.BuildNotice;
import dev.slipway.build.decide.BuildSeen;
import dev.slipway.build.gateway.Builds;
import dev.slipway.build.gateway.InMemoryBuilds;
import dev.slipway.contracts.DeploymentId;
import dev.slipway.contracts.Digest;
import dev.slipway.contracts.ObjectVersion;
import dev.slipway.contracts.PipelineEvent;
import dev.slipway.contracts.ServiceKey;
import dev.slipway.contracts.ServiceName;
import dev.slipway.contracts.SourceStored;
import dev.slipway.kit.Answers;
import dev.slipway.kit.EventHandler;
import dev.slipway.kit.GivenConfig;
import dev.slipway.kit.Later;
import dev.slipway.kit.Message;
import dev.slipway.kit.MessageHandler;
import dev.slipway.kit.SweptStage;
import dev.slipway.kit.google.StorageRequestNotices;
import dev.slipway.ledger.Backoff;
import dev.slipway.ledger.CrashingStore;
import dev.slipway.ledger.DeploymentRecord;
import dev.slipway.ledger.InMemoryObjectStore;
import dev.slipway.ledger.Ledger;
import dev.slipway.ledger.Marker;
import dev.slipway.ledger.Order;
import dev.slipway.ledger.ServiceEntry;
import dev.slipway.ledger.Source;
import dev.slipway.ledger.Versioned;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.UnaryOperator;

/** The build-worker on in-memory stores and gateways, with a clock that tests move. */
final class Bench {
    static final String REGION = "europe-west1";
    static final String DIGEST = "sha256:" + "a".repeat(64);
    private static final byte[] MANIFEST =
            "{\"profile\":\"run\",\"function\":\"hello\",\"build\":{\"env\":{\"A\":\"b\"}}}"
                    .getBytes(StandardCharsets.UTF_8);

    Instant now = Instant.parse("2026-01-01T00:00:00Z");
    final InMemoryObjectStore kept = new InMemoryObjectStore(() -> now);
    final CrashingStore store = new CrashingStore(kept);
    final InMemoryObjectStore answers = new InMemoryObjectStore(() -> now);
    final InMemoryBuilds builds = new InMemoryBuilds(() -> now);
    final List<PipelineEvent> published = new ArrayList<>();
    final List<String> repositories = new ArrayList<>();
    final Backoff backoff = new Backoff(_ -> {}, new Random(1));
    final Ledger ledger = new Ledger(store, this::token, backoff);
    final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    final EventHandler<SourceStored> start;
    final MessageHandler finish;
    final MessageHandler cancel;
    final SweptStage resume;
    private final int quota;
    private long drops;
    private int tokens;

    Bench() {
        this(10);
    }

    Bench(int quota) {
        this(quota, UnaryOperator.identity());
    }

    /** The same, where the worker reaches the builds through this. */
    Bench(int quota, UnaryOperator<Builds> door) {
        this.quota = quota;
        AssembledBuildWorker worker = worker(door.apply(builds), () -> now, Duration.ZERO);
        start = worker.start();
        finish = worker.finish();
        cancel = worker.cancel();
        resume = worker.resume();
    }

    /**
     * Another worker on the same stores.
     *
     * @param clock its machine's
     * @param listGoodFor how old its list of those that build may be
     */
    AssembledBuildWorker worker(Builds reached, InstantSource clock, Duration listGoodFor) {
        return AssembledBuildWorker.on(
                new AssembledBuildWorker.Ground(
                        GivenConfig.of("build"),
                        quota,
                        ledger,
                        new Answers(answers, backoff, Later.NOW),
                        published::add,
                        _ -> {},
                        backoff,
                        clock,
                        meters),
                new AssembledBuildWorker.Gateways(
                        reached,
                        (region, name) -> repositories.add(region + "/" + name),
                        url -> List.of("log of " + url),
                        Bench::read,
                        new StorageRequestNotices()),
                listGoodFor);
    }

    private String token() {
        return "token-" + ++tokens;
    }

    /** A verified drop of this service, newer than all before. */
    DeploymentId verified(String service) {
        return verified(service, "source-" + (drops + 1));
    }

    /** The same, with this content. */
    DeploymentId verified(String service, String content) {
        Versioned<DeploymentRecord> received = received(service);
        ServiceKey key = received.value().requireService();
        ledger.keepManifest(Digest.of(MANIFEST), MANIFEST);
        ServiceEntry.Newest newest = ledger.service(key).newest();
        var _ =
                ledger.swap(
                                received,
                                received.value()
                                        .verified(
                                                source(service, content),
                                                Digest.of(MANIFEST),
                                                newest == null ? null : newest.deployment()))
                        .orElseThrow();
        return received.value().deployment();
    }

    /** A drop of this service that was not verified yet. */
    Versioned<DeploymentRecord> received(String service) {
        drops++;
        ServiceKey key = new ServiceKey(REGION, new ServiceName(service));
        Marker marker =
                Marker.of(
                        Order.of(
                                new ObjectVersion("drop", service + ".zip", drops),
                                now.toEpochMilli() + drops));
        ledger.mark(marker);
        return ledger.begin(DeploymentRecord.received(marker, key, null));
    }

    private Source source(String service, String content) {
        return new Source(
                new ObjectVersion("staging", "services/" + service + "/" + drops, drops),
                Digest.of(content),
                Digest.of("build"),
                1,
                1,
                0,
                "");
    }

    /** What the upload-worker says of it, as it stands. */
    SourceStored stored(DeploymentId deployment) {
        DeploymentRecord record = record(deployment);
        return new SourceStored(
                deployment,
                record.requireService(),
                record.requireSource().staged(),
                record.requireSource().digest(),
                record.requireManifest(),
                record.buildAttempt(),
                record.injection());
    }

    void start(DeploymentId deployment) {
        start.handle(stored(deployment));
    }

    /** What Cloud Build says of a build, as it stands. */
    void tell(String build) {
        finish.handle(news(build));
    }

    /** The same, for whoever hears it. */
    Message news(String build) {
        BuildSeen seen = builds.get(build);
        String text = build + " " + seen.status() + " " + builds.planOf(build).tag();
        return new Message("m", Map.of(), text.getBytes(StandardCharsets.UTF_8));
    }

    private static Optional<BuildNotice> read(Message message) {
        String[] words = new String(message.data(), StandardCharsets.UTF_8).split(" ", 3);
        return words.length < 3
                ? Optional.empty()
                : Optional.of(
                        new BuildNotice(
                                words[0],
                                BuildSeen.Status.valueOf(words[1]),
                                List.of("other", words[2])));
    }

    /** What a sweep does with it after this time. */
    void sweepAfter(DeploymentId deployment, Duration later) {
        now = now.plus(later);
        Versioned<DeploymentRecord> read = ledger.deployment(deployment).orElseThrow();
        resume.resume(ledger.swap(read, read.value().injected()).orElseThrow(), now);
    }

    /** A record that no program can read any more. */
    void tear(DeploymentId deployment) {
        store.swap(
                "deployments/" + deployment,
                read(deployment).generation(),
                "{".getBytes(StandardCharsets.UTF_8));
    }

    DeploymentRecord record(DeploymentId deployment) {
        return ledger.deployment(deployment).orElseThrow().value();
    }

    Versioned<DeploymentRecord> read(DeploymentId deployment) {
        return ledger.deployment(deployment).orElseThrow();
    }

    /** The name of the newest build. */
    String lastBuild() {
        return builds.names().getLast();
    }

    double count(String counter) {
        return meters.counter(counter).count();
    }
}
