package dev.slipway.upload;

import dev.slipway.contracts.Answer;
import dev.slipway.contracts.DeploymentFinished;
import dev.slipway.contracts.DeploymentId;
import dev.slipway.contracts.Json;
import dev.slipway.contracts.ObjectVersion;
import dev.slipway.contracts.PipelineEvent;
import dev.slipway.contracts.ServiceKey;
import dev.slipway.contracts.ServiceName;
import dev.slipway.contracts.SourceStored;
import dev.slipway.kit.Answers;
import dev.slipway.kit.Handled;
import dev.slipway.kit.Later;
import dev.slipway.kit.Message;
import dev.slipway.kit.MessageHandler;
import dev.slipway.kit.SweptStage;
import dev.slipway.ledger.Backoff;
import dev.slipway.ledger.DeploymentRecord;
import dev.slipway.ledger.InMemoryObjectStore;
import dev.slipway.ledger.Ledger;
import dev.slipway.ledger.ServiceEntry;
import dev.slipway.ledger.Versioned;
import dev.slipway.upload.decide.Drop;
import dev.slipway.upload.decide.DropNotice;
import dev.slipway.upload.gateway.InMemoryDrops;
import dev.slipway.upload.gateway.InMemoryStaging;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The upload-worker on in-memory stores and gateways, with a clock that tests move. */
final class Bench {
    static final String REGION = "europe-west1";
    static final String BUCKET = "p-inst-drop";
    static final String STAGING = "run-sources-p-europe-west1";
    static final long MOST_BYTES = 100_000;

    Instant now = Instant.parse("2026-01-01T00:00:00Z");
    final Crashes crashes = new Crashes();
    final InMemoryDrops drops = new InMemoryDrops(BUCKET, () -> now);
    final InMemoryStaging staging = new InMemoryStaging();
    final InMemoryObjectStore answers = new InMemoryObjectStore(() -> now);
    final List<PipelineEvent> published = new ArrayList<>();
    final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    final Backoff backoff = new Backoff(_ -> {}, new Random(1));
    final InMemoryObjectStore kept = new InMemoryObjectStore(() -> now);
    final Ledger ledger = new Ledger(crashes.in(kept), () -> UUID.randomUUID().toString(), backoff);
    final MessageHandler accept;
    final SweptStage resume;

    Bench(Path spool) {
        this(spool, Duration.ZERO);
    }

    /** The same, where the worker's machine has a clock that is ahead by this. */
    Bench(Path spool, Duration ahead) {
        AssembledUploadWorker worker =
                AssembledUploadWorker.on(
                        new AssembledUploadWorker.Ground(
                                new GivenConfig("p", "inst", List.of(REGION, "us-central1")),
                                new GivenUploadConfig(spool, MOST_BYTES),
                                ledger,
                                new Answers(crashes.in(answers), backoff, Later.NOW),
                                crashes.inOutbox(published::add),
                                backoff,
                                () -> now.plus(ahead),
                                Runnable::run,
                                meters),
                        new AssembledUploadWorker.Gateways(
                                crashes.in(drops), crashes.in(staging), Bench::read));
        accept = worker.accept();
        resume = worker.resume();
    }

    /** Drops and announces. */
    DeploymentId drop(String object, byte[] content) {
        ObjectVersion version = drops.put(object, content, null);
        announce(version);
        return DeploymentId.of(version);
    }

    Handled announce(ObjectVersion version) {
        return announce(version, "OBJECT_FINALIZE");
    }

    Handled announce(ObjectVersion version, String event) {
        return accept.handle(
                new Message(
                        "m",
                        Map.of(
                                "event", event,
                                "bucket", version.bucket(),
                                "object", version.object(),
                                "generation", Long.toString(version.generation()),
                                "created", Long.toString(now.toEpochMilli())),
                        new byte[0]));
    }

    private static Optional<DropNotice> read(Message message) {
        Map<String, String> told = message.attributes();
        if (!told.containsKey("event")) {
            return Optional.empty();
        }
        ObjectVersion version =
                new ObjectVersion(
                        text(told, "bucket"),
                        text(told, "object"),
                        Long.parseLong(text(told, "generation")));
        Drop drop =
                told.containsKey("created")
                        ? new Drop(version, Long.parseLong(text(told, "created")), 0, null)
                        : null;
        return Optional.of(
                new DropNotice(text(told, "event").equals("OBJECT_FINALIZE"), version, drop));
    }

    private static String text(Map<String, String> told, String name) {
        return told.getOrDefault(name, "");
    }

    /** What a sweep does with it after this time. */
    void sweepAfter(DeploymentId deployment, Duration later) {
        now = now.plus(later);
        Optional<Versioned<DeploymentRecord>> read = ledger.deployment(deployment);
        if (read.isPresent()) {
            resume.resume(
                    ledger.swap(read.get(), read.get().value().injected()).orElseThrow(), now);
        } else if (ledger.marker(deployment).isPresent()) {
            resume.resumeUnrecorded(deployment, now);
        }
    }

    DeploymentRecord record(DeploymentId deployment) {
        return ledger.deployment(deployment).orElseThrow().value();
    }

    static ServiceKey service(String name) {
        return new ServiceKey(REGION, new ServiceName(name));
    }

    ServiceEntry.@Nullable Newest newest(String service) {
        return ledger.service(service(service)).newest();
    }

    Answer answer(String object) {
        try {
            return Json.read(
                    answers.get(Answer.nameFor(object)).orElseThrow().body(), Answer.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<SourceStored> stored() {
        return published.stream()
                .filter(SourceStored.class::isInstance)
                .map(SourceStored.class::cast)
                .toList();
    }

    List<DeploymentFinished> finished() {
        return published.stream()
                .filter(DeploymentFinished.class::isInstance)
                .map(DeploymentFinished.class::cast)
                .toList();
    }

    double count(String counter, String... tags) {
        return meters.counter(counter, tags).count();
    }
}
