package dev.slipway.cli.answers;

import dev.slipway.contracts.DeploymentId;
import dev.slipway.contracts.RequestKind;
import dev.slipway.ledger.DeploymentRecord;
import dev.slipway.ledger.Ledger;
import dev.slipway.ledger.RequestRecord;
import dev.slipway.ledger.StagePause;
import dev.slipway.ledger.UnreadableObject;
import dev.slipway.ledger.Versioned;
import dev.slipway.ledger.Waiting;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A deployment that is under way, or a request.
 *
 * @param service absent where its name yields none
 * @param stage as the record has it, of a request its kind; absent before there is one
 * @param since when the stage was entered
 * @param dropped when its drop arrived
 * @param waitingFor why nothing happens now
 * @param notBefore when it is looked at again, where it waits for something
 */
public record OpenDeployment(
        String deployment,
        @Nullable String object,
        @Nullable String service,
        @Nullable String region,
        @Nullable String stage,
        @Nullable Instant since,
        @Nullable Instant dropped,
        @Nullable String waitingFor,
        @Nullable Instant notBefore) {
    private static final int AT_ONCE = 16;

    /** Reads so many of the ledger's open deployments at most; the oldest first. */
    public static List<OpenDeployment> of(Ledger ledger, List<DeploymentId> open, int atMost) {
        Map<String, StagePause> pauses =
                Stream.of("upload", "build", "deploy")
                        .collect(Collectors.toMap(stage -> stage, ledger::stage));
        try (ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE)) {
            List<CompletableFuture<OpenDeployment>> asked =
                    open.stream()
                            .limit(atMost)
                            .map(
                                    id ->
                                            CompletableFuture.supplyAsync(
                                                    () -> of(ledger, id, pauses), threads))
                            .toList();
            return asked.stream()
                    .map(CompletableFuture::join)
                    .sorted(
                            Comparator.comparing(
                                    OpenDeployment::dropped,
                                    Comparator.nullsFirst(Comparator.naturalOrder())))
                    .toList();
        }
    }

    private static OpenDeployment of(
            Ledger ledger, DeploymentId id, Map<String, StagePause> pauses) {
        try {
            return ledger.deployment(id)
                    .map(read -> of(read, pauses))
                    .or(() -> ledger.request(id).map(read -> ofRequest(read, pauses)))
                    .orElseGet(() -> unrecorded(id, null));
        } catch (UnreadableObject e) {
            return unrecorded(id, e.awaited());
        }
    }

    private static OpenDeployment unrecorded(DeploymentId id, @Nullable String waitingFor) {
        return new OpenDeployment(id.value(), null, null, null, null, null, null, waitingFor, null);
    }

    private static OpenDeployment of(
            Versioned<DeploymentRecord> read, Map<String, StagePause> pauses) {
        DeploymentRecord record = read.value();
        return new OpenDeployment(
                record.deployment().value(),
                record.drop().object(),
                record.service() == null ? null : record.service().service().value(),
                record.service() == null ? null : record.service().region(),
                record.stage().name().toLowerCase(Locale.ROOT),
                record.since(read.updated()),
                Instant.ofEpochMilli(record.order().timeCreated()),
                waitingFor(record.stage().worker(), record.waiting(), pauses).orElse(null),
                record.waiting() == null ? null : record.waiting().notBefore());
    }

    private static OpenDeployment ofRequest(
            Versioned<RequestRecord> read, Map<String, StagePause> pauses) {
        RequestRecord record = read.value();
        return new OpenDeployment(
                record.request().value(),
                record.object().object(),
                record.service().service().value(),
                record.service().region(),
                Optional.ofNullable(record.kind()).map(RequestKind::text).orElse(null),
                read.updated(),
                Instant.ofEpochMilli(record.order().timeCreated()),
                waitingFor("deploy", record.waiting(), pauses).orElse(null),
                record.waiting() == null ? null : record.waiting().notBefore());
    }

    private static Optional<String> waitingFor(
            String worker, @Nullable Waiting waiting, Map<String, StagePause> pauses) {
        if (Optional.ofNullable(pauses.get(worker)).filter(StagePause::paused).isPresent()) {
            return Optional.of("the resume of " + worker + "-worker, which is paused");
        }
        return Optional.ofNullable(waiting).map(Waiting::words);
    }
}
