package dev.slipway.deploy;

import dev.slipway.contracts.DeploymentFinished;
import dev.slipway.contracts.DeploymentId;
import dev.slipway.contracts.ImagePushed;
import dev.slipway.contracts.ObjectVersion;
import dev.slipway.contracts.Outcome;
import dev.slipway.contracts.PipelineEvent;
import dev.slipway.contracts.ServiceKey;
import dev.slipway.contracts.ServiceName;
import dev.slipway.contracts.manifest.Access;
import dev.slipway.contracts.manifest.Manifest;
import dev.slipway.contracts.manifest.Trigger;
import dev.slipway.deploy.decide.RevisionSeen.Failure;
import dev.slipway.deploy.gateway.InMemoryServices;
import dev.slipway.deploy.gateway.InMemoryServices.Fate;
import dev.slipway.deploy.gateway.InMemoryTriggers;
import dev.slipway.deploy.gateway.Services;
import dev.slipway.deploy.gateway.Triggers;
import dev.slipway.kit.Answers;
import dev.slipway.kit.Later;
import dev.slipway.kit.google.StorageRequestNotices;
import dev.slipway.ledger.Backoff;
import dev.slipway.ledger.DeploymentRecord;
import dev.slipway.ledger.InMemoryObjectStore;
import dev.slipway.ledger.Ledger;
import dev.slipway.ledger.Marker;
import dev.slipway.ledger.Order;
import dev.slipway.ledger.Source;
import dev.slipway.ledger.Versioned;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;

/** The deploy-worker on in-memory stores and services, with a clock that tests move. */
final class Bench {
    static final String PROJECT = "p";
    static final String INSTALLATION = "inst";
    static final ServiceKey HELLO = new ServiceKey("europe-west1", new ServiceName("hello"));

    Instant now = Instant.parse("2026-01-01T00:00:00Z");
    final Calls calls = new Calls();
    final InMemoryServices services = new InMemoryServices();
    final InMemoryTriggers triggers = new InMemoryTriggers();
    final List<PipelineEvent> published = new ArrayList<>();
    final InMemoryObjectStore answers = new InMemoryObjectStore(() -> now);
    final Backoff backoff = new Backoff(_ -> {}, new Random(1));
    final InMemoryObjectStore kept = new InMemoryObjectStore(() -> now);
    final Ledger ledger = new Ledger(new CountedStore(kept, calls), this::token, backoff);
    final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    final Map<String, Fate> fates = new HashMap<>();
    final List<Duration> pauses = new ArrayList<>();
    AssembledDeployWorker worker;
    private long drops;
    private int tokens;

    Bench() {
        this(new GivenConfig(PROJECT, INSTALLATION));
    }

    Bench(GivenConfig config) {
        worker = worker(config);
        services.decideStarts(plan -> fates.getOrDefault(plan.image(), new Fate.Starts()));
    }

    AssembledDeployWorker worker(GivenConfig config) {
        return worker(
                config, new CountedServices(services, calls), new CountedTriggers(triggers, calls));
    }

    /** Another worker on the same stores, which reaches Cloud Run and Eventarc through these. */
    AssembledDeployWorker worker(GivenConfig config, Services reached, Triggers asked) {
        return AssembledDeployWorker.on(
                new AssembledDeployWorker.Ground(
                        config,
                        ledger,
                        new Answers(answers, backoff, Later.NOW),
                        published::add,
                        pauses::add,
                        backoff,
                        meters),
                new AssembledDeployWorker.Gateways(
                        reached,
                        asked,
                        (_, revision, _) -> List.of("log of " + revision),
                        new StorageRequestNotices()));
    }

    private String token() {
        return "token-" + ++tokens;
    }

    /** A built drop of the service hello, newer than all before. */
    DeploymentId built() {
        return built("source-" + (drops + 1));
    }

    /** The same, with this content. */
    DeploymentId built(String content) {
        return built(content, Access.PRIVATE);
    }

    /** The same, whose container does not start. */
    DeploymentId builtFailing(Failure.Cause cause) {
        DeploymentId failing = built();
        fates.put(
                Objects.requireNonNull(record(failing).image()),
                new Fate.Fails(cause, "it is broken"));
        return failing;
    }

    /** The same, for whoever may call. */
    DeploymentId built(String content, Access access) {
        return built(content, Given.manifest("hello", access));
    }

    /** The same, with these triggers. */
    DeploymentId built(String content, List<Trigger> events) {
        return built(content, Given.manifest("hello", events));
    }

    private DeploymentId built(String content, Manifest manifest) {
        return built(dropped(), content, manifest);
    }

    /** The order of a drop that storage has just created, and nobody looked at yet. */
    Order dropped() {
        drops++;
        return Order.of(new ObjectVersion("drop", "hello.zip", drops), now.toEpochMilli() + drops);
    }

    /** What a drop of this order comes to that is verified and built only now. */
    DeploymentId builtLate(Order order) {
        return built(
                order, "source-" + order.generation(), Given.manifest("hello", Access.PRIVATE));
    }

    private DeploymentId built(Order order, String content, Manifest manifest) {
        Marker marker = Marker.of(order);
        ledger.mark(marker);
        ledger.keepManifest(manifest.digest(), manifest.normalised());
        Versioned<DeploymentRecord> received =
                ledger.begin(DeploymentRecord.received(marker, HELLO, null));
        Versioned<DeploymentRecord> verified =
                ledger.swap(
                                received,
                                received.value().verified(source(content), manifest.digest(), null))
                        .orElseThrow();
        var _ =
                ledger.swap(verified, verified.value().built("image@" + Given.digest(content)))
                        .orElseThrow();
        ledger.raiseNewest(HELLO, marker.order(), marker.deployment());
        return marker.deployment();
    }

    private Source source(String content) {
        return new Source(
                new ObjectVersion("staging", "services/hello/" + drops, drops),
                Given.digest(content),
                Given.digest("build"),
                1,
                1,
                0,
                "");
    }

    /** Records that Cloud Run is written from now on, as a handler does first. */
    void begin(DeploymentId deployment) {
        Versioned<DeploymentRecord> read = read(deployment);
        var _ = ledger.swap(read, read.value().deploying()).orElseThrow();
    }

    /** What the build-worker says of it, as it stands. */
    ImagePushed pushed(DeploymentId deployment) {
        DeploymentRecord record = record(deployment);
        return new ImagePushed(
                deployment,
                record.requireService(),
                Objects.requireNonNull(record.image()),
                record.requireManifest(),
                record.buildAttempt(),
                record.injection());
    }

    void deploy(DeploymentId deployment) {
        worker.deploy().handle(pushed(deployment));
    }

    /** What a sweep does with it after this time. */
    void sweepAfter(DeploymentId deployment, Duration later) {
        now = now.plus(later);
        Versioned<DeploymentRecord> read = read(deployment);
        worker.resume().resume(ledger.swap(read, read.value().injected()).orElseThrow(), now);
    }

    DeploymentRecord record(DeploymentId deployment) {
        return read(deployment).value();
    }

    Versioned<DeploymentRecord> read(DeploymentId deployment) {
        return ledger.deployment(deployment).orElseThrow();
    }

    String revision(DeploymentId deployment) {
        return Objects.requireNonNull(record(deployment).revision());
    }

    /** All outcomes that were published of it. */
    List<Outcome> outcomes(DeploymentId deployment) {
        return published.stream()
                .filter(event -> event.deployment().equals(deployment))
                .filter(DeploymentFinished.class::isInstance)
                .map(event -> ((DeploymentFinished) event).outcome())
                .distinct()
                .toList();
    }
}
