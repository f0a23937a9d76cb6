package dev.slipway.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * How soon an answer stands beside a drop, and says REJECTED of a bad one, from the end of the
 * upload. Good and bad ones in turn, each when the one before is over.
 */
final class SeenWithin {
    private static final double NANOS = 1e9;
    private static final Await AWAIT = Await.looking(Duration.ofMillis(5), Duration.ofMinutes(2));

    private final RawCloud raw;
    private final List<Double> seen = new ArrayList<>();
    private final List<Double> rejected = new ArrayList<>();
    private final List<Double> verified = new ArrayList<>();

    SeenWithin(Cloud cloud) {
        this.raw = new RawCloud(cloud);
    }

    void run(int pairs) throws Exception {
        byte[] good = Archives.saying("seen");
        List<byte[]> bad =
                List.of(
                        "no archive at all".getBytes(UTF_8),
                        Arrays.copyOf(good, good.length / 2),
                        new byte[0]);
        for (int i = 0; i < pairs; i++) {
            good("seen-good-" + i + ".tar.gz", good);
            bad("seen-bad-" + i + ".tar.gz", bad.get(i % bad.size()));
        }
        Figures.print("seen-p50", Figures.percentile(values(seen), 50), "s");
        Figures.print("seen-max", Figures.percentile(values(seen), 100), "s");
        Figures.print("rejected-max", Figures.percentile(values(rejected), 100), "s");
        Figures.print("verified-max", Figures.percentile(values(verified), 100), "s");
    }

    private void good(String object, byte[] archive) throws Exception {
        long uploaded = upload(object, archive);
        awaitState(object, state -> !state.equals("RECEIVED"));
        verified.add(seconds(uploaded));
        requireOutcome(object, "LIVE");
    }

    private void bad(String object, byte[] archive) throws Exception {
        long uploaded = upload(object, archive);
        awaitState(object, "DONE"::equals);
        rejected.add(seconds(uploaded));
        requireOutcome(object, "REJECTED");
    }

    /** When its upload ended; it returns when an answer is seen. */
    private long upload(String object, byte[] archive) throws Exception {
        AWAIT.holds("the end of all before", () -> raw.open().isEmpty());
        raw.upload(object, archive);
        long uploaded = System.nanoTime();
        AWAIT.found("an answer to " + object, () -> raw.answer(object));
        seen.add(seconds(uploaded));
        return uploaded;
    }

    private void awaitState(String object, Predicate<String> wanted) throws Exception {
        AWAIT.holds(
                "another state of " + object,
                () -> wanted.test(field(raw.answer(object), "state")));
    }

    private void requireOutcome(String object, String outcome) throws Exception {
        awaitState(object, "DONE"::equals);
        Optional<JsonNode> answer = raw.answer(object);
        if (!field(answer, "outcome").equals(outcome)) {
            throw new IllegalStateException("not " + outcome + ": " + answer);
        }
    }

    private static String field(Optional<JsonNode> answer, String field) {
        return answer.orElseThrow().path(field).asText();
    }

    private static double seconds(long since) {
        return (System.nanoTime() - since) / NANOS;
    }

    private static double[] values(List<Double> list) {
        return list.stream().mapToDouble(Double::doubleValue).toArray();
    }
}
