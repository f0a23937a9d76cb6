package dev.slipway.kit;

import dev.slipway.contracts.Answer;
import dev.slipway.contracts.Answer.State;
import dev.slipway.contracts.Answer.Step;
import dev.slipway.contracts.ServiceKey;
import dev.slipway.contracts.Verdict;
import dev.slipway.ledger.Build;
import dev.slipway.ledger.DeploymentRecord;
import dev.slipway.ledger.Moment;
import dev.slipway.ledger.Source;
import dev.slipway.ledger.Stage;
import dev.slipway.ledger.Versioned;
import dev.slipway.ledger.Waiting;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a record looks like to the one who dropped the archive. */
final class AnswerOf {
    private AnswerOf() {}

    static Answer record(Versioned<DeploymentRecord> read) {
        DeploymentRecord record = read.value();
        Optional<Verdict> verdict = Optional.ofNullable(record.verdict());
        Optional<ServiceKey> service = Optional.ofNullable(record.service());
        return new Answer(
                record.deployment().value(),
                record.order().text(),
                record.drop().object(),
                Long.toString(record.drop().generation()),
                service.map(key -> key.service().value()).orElse(null),
                service.map(ServiceKey::region).orElse(null),
                state(record.stage()),
                steps(record, read.updated()),
                Optional.ofNullable(record.source()).map(Source::archive).orElse(null),
                Optional.ofNullable(record.waiting()).map(Waiting::words).orElse(null),
                verdict.map(Verdict::outcome).orElse(null),
                verdict.map(Verdict::reason).orElse(null),
                verdict.map(v -> v.reason().turn()).orElse(null),
                verdict.map(Verdict::message).orElse(null),
                verdict.map(Verdict::entry).orElse(null),
                verdict.map(Verdict::line).orElse(null),
                verdict.map(Verdict::field).orElse(null),
                verdict.map(v -> v.reason().nextStep()).orElse(null),
                record.url(),
                verdict.map(Verdict::logUrl).orElse(buildLog(record)),
                verdict.map(Verdict::logTail).orElse(List.of()),
                record.correlation());
    }

    private static @Nullable String buildLog(DeploymentRecord record) {
        return Optional.ofNullable(record.build()).map(Build::logUrl).orElse(null);
    }

    private static List<Step> steps(DeploymentRecord record, Instant updated) {
        Map<State, Instant> first = new EnumMap<>(State.class);
        for (Moment moment : record.history()) {
            first.putIfAbsent(state(moment.stage()), moment.at());
        }
        first.putIfAbsent(state(record.stage()), record.since(updated));
        return first.entrySet().stream()
                .map(entry -> new Step(entry.getKey(), entry.getValue()))
                .toList();
    }

    private static State state(Stage stage) {
        return switch (stage) {
            case RECEIVED -> State.RECEIVED;
            case VERIFIED, CLAIMED -> State.VERIFIED;
            case BUILDING -> State.BUILDING;
            case BUILT -> State.BUILT;
            case DEPLOYING -> State.DEPLOYING;
            case DONE -> State.DONE;
        };
    }
}
