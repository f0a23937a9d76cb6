package dev.slipway.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Many drops of one service at once: each has its one verdict, and the last is live. */
final class ThousandDrops {
    private static final String FINISHED = "thousand-drops-finished";
    private static final String WRITES = "thousand-drops-writes";
    private static final String SERVICE = "thousand";
    private static final String REGION = "europe-west1";
    private static final int UPLOADS_AT_ONCE = 100;
    private static final Duration LONGEST = Duration.ofMinutes(10);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);

    private final String finishedTopic;
    private final RawCloud raw;
    private final Seen seen = Seen.nothing();

    ThousandDrops(Cloud cloud) {
        this.finishedTopic = cloud.topology().topic("deployment-finished").name();
        this.raw = new RawCloud(cloud);
    }

    void run(int count) throws Exception {
        raw.subscribe(FINISHED, finishedTopic);
        raw.tellWrites("services/", WRITES, WRITES);
        List<byte[]> archives = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            archives.add(Archives.saying("drop " + i));
        }
        int buildsBefore = raw.builds(REGION).size();
        long start = System.nanoTime();
        List<JsonNode> drops = drop(archives);
        Figures.print("dropped-within", seconds(start), "s");
        while (!seen.isEveryDropTold() || !raw.open().isEmpty()) {
            if (seconds(start) > LONGEST.toSeconds()) {
                break; // what has no verdict yet is counted below
            }
            look();
        }
        Figures.print("all-ended-within", seconds(start), "s");
        judge(drops);
        Figures.print("builds-started", raw.builds(REGION).size() - buildsBefore, "builds");
        Figures.print("writes-to-services", writes(), "writes");
    }

    private static double seconds(long start) {
        return (System.nanoTime() - start) / 1e9;
    }

    private List<JsonNode> drop(List<byte[]> archives) throws Exception {
        List<Future<JsonNode>> uploads = new ArrayList<>();
        List<JsonNode> drops = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(UPLOADS_AT_ONCE)) {
            for (byte[] archive : archives) {
                String object = "%s/%d.tar.gz".formatted(SERVICE, uploads.size());
                uploads.add(threads.submit(() -> raw.upload(object, archive)));
            }
            for (Future<JsonNode> upload : uploads) {
                drops.add(upload.get());
            }
        }
        drops.forEach(seen::dropped);
        return drops;
    }

    private void look() throws Exception {
        for (JsonNode message : raw.take(raw.full(FINISHED))) {
            seen.told(message);
        }
        Thread.sleep(BETWEEN_LOOKS);
    }

    private void judge(List<JsonNode> drops) throws Exception {
        Map<String, Integer> counts = new TreeMap<>();
        for (JsonNode drop : drops) {
            counts.merge(outcome(drop), 1, Integer::sum);
        }
        Integer untold = counts.remove("");
        counts.forEach((outcome, number) -> Figures.print(outcome, number, "drops"));
        Figures.print("without-verdict", untold == null ? 0 : untold, "drops");
        Figures.print("with-two-verdicts", (double) seen.doubled(), "drops");
        JsonNode last =
                drops.stream()
                        .max(Comparator.comparingLong(it -> it.path("generation").asLong()))
                        .orElseThrow();
        Figures.print("last-not-live", outcome(last).equals("LIVE") ? 0 : 1, "drops");
    }

    /** LIVE, or whatever a drop was told, all of it; nothing while it was told nothing. */
    private String outcome(JsonNode drop) {
        Set<String> told = seen.outcomesOf(drop);
        return String.join(
                "+", told.stream().map(it -> it.substring(0, it.indexOf(' '))).sorted().toList());
    }

    private int writes() throws Exception {
        int writes = 0;
        String told = raw.full(WRITES);
        for (List<JsonNode> more = raw.take(told); !more.isEmpty(); more = raw.take(told)) {
            writes += more.size();
        }
        return writes;
    }
}
