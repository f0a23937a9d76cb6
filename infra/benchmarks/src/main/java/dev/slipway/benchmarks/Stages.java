package dev.slipway.benchmarks;

import dev.slipway.contracts.Answer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** How long deployments were on their way to each stage, by the storage's clock. */
final class Stages {
    private final Map<Answer.State, List<Double>> millis = new EnumMap<>(Answer.State.class);

    /** Adds a deployment's; the way to its first stage starts with the drop's own time. */
    void add(Answer answer) {
        Instant before = Instant.ofEpochMilli(Long.parseLong(answer.order().substring(0, 13)));
        for (Answer.Step step : answer.steps()) {
            double took = Duration.between(before, step.at()).toNanos() / 1e6;
            millis.computeIfAbsent(step.state(), _ -> new ArrayList<>()).add(took);
            before = step.at();
        }
    }

    void print(String name) {
        millis.forEach(
                (state, took) -> {
                    double[] all = took.stream().mapToDouble(Double::doubleValue).toArray();
                    String stage = name + "-to-" + state.name().toLowerCase(Locale.ROOT);
                    Figures.print(stage + "-p50", Figures.percentile(all, 50), "ms");
                    Figures.print(stage + "-p99", Figures.percentile(all, 99), "ms");
                });
    }
}
