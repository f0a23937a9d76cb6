package dev.slipway.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.contracts.ObjectVersion;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Many drops of one service at once: each has its one verdict, and the last is live. */
final class ThousandDrops {
    private static final String FINISHED = "thousand-drops-finished";
    private static final String WRITES = "thousand-drops-writes";
    private static final String SERVICE = "thousand";
    private static final String REGION = "europe-west1";
    private static final int UPLOADS_AT_ONCE = 16;
    private static final Duration LONGEST = Duration.ofMinutes(10);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);

    private final Cloud cloud;
    private final RawCloud raw;
    private final Map<String, Set<String>> outcomes = new HashMap<>();

    ThousandDrops(Cloud cloud) {
        this.cloud = cloud;
        this.raw = new RawCloud(cloud);
    }

    void run(int count) throws Exception {
        raw.subscribe(FINISHED, cloud.topology().topic("deployment-finished").name());
        raw.tellWrites("services/", WRITES, WRITES);
        List<Drops.Source> sources = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            sources.add(Drops.Source.of(SERVICE + "/" + i, "drop " + i));
        }
        long start = System.nanoTime();
        List<ObjectVersion> drops =
                new Drops(new Clients(cloud).storage(), cloud.drops())
                        .upload(sources, UPLOADS_AT_ONCE);
        Figures.print("dropped-within", seconds(start), "s");
        while (outcomes.size() < count || !raw.ledger("open/").isEmpty()) {
            if (seconds(start) > LONGEST.toSeconds()) {
                break; // what has no verdict yet is counted below
            }
            look();
        }
        Figures.print("all-ended-within", seconds(start), "s");
        judge(drops);
    }

    private static double seconds(long start) {
        return (System.nanoTime() - start) / 1e9;
    }

    private void look() throws Exception {
        for (JsonNode message : raw.take(raw.full(FINISHED))) {
            JsonNode event =
                    RawCloud.json(Base64.getDecoder().decode(message.path("data").asText()));
            outcomes.computeIfAbsent(event.at("/drop/object").asText(), _ -> new HashSet<>())
                    .add(event.path("outcome").asText());
        }
        Thread.sleep(BETWEEN_LOOKS);
    }

    private void judge(List<ObjectVersion> drops) throws Exception {
        String last =
                drops.stream()
                        .max(Comparator.comparingLong(ObjectVersion::generation))
                        .orElseThrow()
                        .object();
        Map<String, Integer> counts = new TreeMap<>();
        outcomes.values().forEach(said -> counts.merge(String.join("+", said), 1, Integer::sum));
        counts.forEach((outcome, number) -> Figures.print(outcome, number, "drops"));
        Figures.print("without-verdict", drops.size() - outcomes.size(), "drops");
        Figures.print(
                "with-two-verdicts",
                (double) outcomes.values().stream().filter(said -> said.size() > 1).count(),
                "drops");
        boolean live = outcomes.getOrDefault(last, Set.of()).equals(Set.of("LIVE"));
        Figures.print("last-not-live", live ? 0 : 1, "drops");
        Figures.print("builds-started", raw.builds(REGION).size(), "builds");
        int writes = 0;
        for (List<JsonNode> more = told(); !more.isEmpty(); more = told()) {
            writes += more.size();
        }
        Figures.print("writes-to-services", writes, "writes");
    }

    private List<JsonNode> told() throws Exception {
        return raw.take(raw.full(WRITES));
    }
}
