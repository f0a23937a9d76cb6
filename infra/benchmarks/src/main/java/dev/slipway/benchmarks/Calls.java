package dev.slipway.benchmarks;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Calls by kind, as the local cloud counts them at {@code /metrics}. */
record Calls(Map<Kind, Long> counts) {
    private static final Pattern LINE =
            Pattern.compile(
                    "slipway_local_calls_total\\{caller=\"([^\"]*)\",api=\"([^\"]*)\","
                            + "method=\"([^\"]*)\",status=\"(\\d+)\"} (\\d+)");
    private static final Pattern MESSAGES =
            Pattern.compile(
                    "slipway_local_messages_(\\w+)_total\\{(?:topic|subscription)=\"([^\"]*)\"}"
                            + " (\\d+)");

    /** Stands for a message's caller, who is nobody in particular. */
    static final String MESSAGE = "message";

    /** One kind of call. */
    record Kind(String caller, String api, String method, int status) implements Comparable<Kind> {
        @Override
        public int compareTo(Kind other) {
            return toString().compareTo(other.toString());
        }

        @Override
        public String toString() {
            return api + " " + method + (status == 200 ? "" : " " + status);
        }
    }

    Calls {
        counts = Map.copyOf(counts);
    }

    static Calls parse(String metrics) {
        Map<Kind, Long> counts = new HashMap<>();
        metrics.lines()
                .forEach(
                        line -> {
                            Matcher call = LINE.matcher(line);
                            Matcher message = MESSAGES.matcher(line);
                            if (call.matches()) {
                                Kind kind =
                                        new Kind(
                                                call.group(1),
                                                call.group(2),
                                                call.group(3),
                                                Integer.parseInt(call.group(4)));
                                counts.put(kind, Long.parseLong(call.group(5)));
                            } else if (message.matches()) {
                                Kind kind =
                                        new Kind(MESSAGE, message.group(1), message.group(2), 200);
                                counts.put(kind, Long.parseLong(message.group(3)));
                            }
                        });
        return new Calls(counts);
    }

    /** What came on top of an earlier count. */
    Calls since(Calls before) {
        Map<Kind, Long> more = new HashMap<>();
        counts.forEach(
                (kind, count) -> {
                    long added = count - before.counts.getOrDefault(kind, 0L);
                    if (added > 0) {
                        more.put(kind, added);
                    }
                });
        return new Calls(more);
    }

    Calls only(Predicate<Kind> wanted) {
        Map<Kind, Long> some = new HashMap<>(counts);
        some.keySet().removeIf(wanted.negate());
        return new Calls(some);
    }

    /** The same, whoever called. */
    Map<String, Long> byKind() {
        Map<String, Long> all = new TreeMap<>();
        counts.forEach((kind, count) -> all.merge(kind.toString(), count, Long::sum));
        return all;
    }

    /** The same text as the local cloud's, as far as {@link #parse} reads it. */
    String text() {
        StringBuilder text = new StringBuilder();
        counts.forEach(
                (kind, count) ->
                        text.append(
                                kind.caller().equals(MESSAGE)
                                        ? "slipway_local_messages_%s_total{topic=\"%s\"} %d\n"
                                                .formatted(kind.api(), kind.method(), count)
                                        : "slipway_local_calls_total{caller=\"%s\",api=\"%s\",method=\"%s\",status=\"%d\"} %d\n"
                                                .formatted(
                                                        kind.caller(),
                                                        kind.api(),
                                                        kind.method(),
                                                        kind.status(),
                                                        count)));
        return text.toString();
    }

    long total() {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }
}
