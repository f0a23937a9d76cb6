package dev.slipway.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Many drops while workers die: nothing is lost, nothing is twice, no service goes back. */
final class KillCampaign {
    private static final String SUBSCRIPTION = "kill-campaign-finished";
    private static final String REGION = "europe-west1";
    private static final String PREFIX = "kill-";
    private static final int DROPS_A_SERVICE = 5;
    private static final int ONE_IN = 3;
    private static final int LONGEST_BREATH_MILLIS = 1000;
    private static final Duration LONGEST = Duration.ofMinutes(10);

    /** A second, other outcome would come when somebody takes up what is over. */
    private static final Duration AFTERWARDS = Duration.ofSeconds(20);

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);

    private final Cloud cloud;
    private final RawCloud raw;
    private final Path home;
    private final Path command;
    private final long seed;
    private final Map<String, String> orders = new HashMap<>();
    private final Map<String, Set<String>> outcomes = new HashMap<>();
    private final Map<String, String> deployments = new HashMap<>();
    private final Map<String, List<String>> liveRevisions = new HashMap<>();

    /**
     * @param command that starts workers again
     */
    KillCampaign(Cloud cloud, Path home, Path command, long seed) {
        this.cloud = cloud;
        this.raw = new RawCloud(cloud);
        this.home = home;
        this.command = command;
        this.seed = seed;
    }

    void run(int kills) throws Exception {
        raw.subscribe(SUBSCRIPTION, cloud.topology().topic("deployment-finished").name());
        SplittableRandom random = new SplittableRandom(seed);
        long start = System.nanoTime();
        Workers workers = new Workers(home);
        Killer killer = new Killer(workers, new Restarts(workers, command), random.split());
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Integer> killing = threads.submit(() -> killer.run(kills));
            Future<?> dropping = threads.submit(() -> drop(2 * kills, random.split()));
            while (!killing.isDone() || !dropping.isDone()) {
                look();
            }
            dropping.get();
            Figures.print("frozen", killing.get(), "workers");
        }
        Figures.print("killed-and-dropped-within", seconds(start), "s");
        lookUntil(System.nanoTime() + LONGEST.toNanos(), this::settled);
        Figures.print("settled-within", seconds(start), "s");
        lookUntil(System.nanoTime() + AFTERWARDS.toNanos(), () -> false);
        judge();
    }

    private static double seconds(long start) {
        return (System.nanoTime() - start) / 1e9;
    }

    private void lookUntil(long end, Callable<Boolean> over) throws Exception {
        while (!over.call() && System.nanoTime() < end) {
            look();
        }
    }

    private Void drop(int count, SplittableRandom random) throws Exception {
        int services = Math.max(1, count / DROPS_A_SERVICE);
        String service = PREFIX;
        for (int i = 0; i < count; i++) {
            if (i == 0 || random.nextInt(ONE_IN) > 0) {
                Thread.sleep(random.nextInt(LONGEST_BREATH_MILLIS));
                service = PREFIX + random.nextInt(services);
            } // else one overtakes another of its service
            String object = random.nextBoolean() ? service : service + "/" + i;
            JsonNode put = raw.upload(object + ".tar.gz", Archives.saying("drop " + i));
            String order =
                    "%013d-%020d-%s"
                            .formatted(
                                    Instant.parse(put.path("timeCreated").asText()).toEpochMilli(),
                                    put.path("generation").asLong(),
                                    put.path("name").asText());
            synchronized (orders) {
                orders.put(key(put), order);
            }
        }
        return null;
    }

    private static String key(JsonNode object) {
        String name = object.has("object") ? "object" : "name";
        return object.path(name).asText() + "#" + object.path("generation").asText();
    }

    private void look() throws Exception {
        for (JsonNode message : raw.take(raw.full(SUBSCRIPTION))) {
            JsonNode event =
                    RawCloud.json(Base64.getDecoder().decode(message.path("data").asText()));
            String deployment = event.path("deployment").asText();
            String id = message.path("attributes").path("ce-id").asText();
            outcomes.computeIfAbsent(deployment, _ -> new HashSet<>())
                    .add(
                            String.join(
                                    " ",
                                    event.path("outcome").asText(),
                                    event.path("reason").asText(),
                                    id));
            deployments.put(key(event.path("drop")), deployment);
        }
        for (JsonNode service : raw.services(REGION)) {
            if (!service.path("name").asText().contains("/services/" + PREFIX)) {
                continue; // it was there before
            }
            List<String> seen =
                    liveRevisions.computeIfAbsent(
                            service.path("name").asText(), _ -> new ArrayList<>());
            for (JsonNode traffic : service.path("trafficStatuses")) {
                String revision = traffic.path("revision").asText();
                if (traffic.path("percent").asInt() == 100
                        && (seen.isEmpty() || !seen.getLast().equals(revision))) {
                    seen.add(revision);
                }
            }
        }
        Thread.sleep(BETWEEN_LOOKS);
    }

    private boolean settled() throws Exception {
        return deployments.keySet().containsAll(orders.keySet()) && raw.ledger("open/").isEmpty();
    }

    private void judge() throws Exception {
        Figures.print("drops", orders.size(), "drops");
        Figures.print("lost", lost(), "drops");
        Figures.print("unanswered", unanswered(), "objects");
        Figures.print(
                "doubled",
                (double) outcomes.values().stream().filter(all -> all.size() > 1).count(),
                "deployments");
        Figures.print("backwards", backwards(), "services");
        Figures.print("not-the-newest", notTheNewest(), "services");
        int dead = 0;
        for (String subscription : raw.deadLetters()) {
            dead += raw.take(subscription).size();
        }
        Figures.print("dead-letters", dead, "messages");
        Figures.print("open-markers", raw.ledger("open/").size(), "markers");
    }

    private int lost() throws Exception {
        Set<String> records = new HashSet<>(raw.ledger("deployments/"));
        int lost = 0;
        for (String drop : orders.keySet()) {
            String deployment = deployments.get(drop);
            String record = "deployments/" + deployment;
            if (deployment == null
                    || !records.contains(record)
                    || !outcomes.getOrDefault(deployment, Set.of()).stream()
                            .allMatch(said -> says(said, record))) {
                System.err.println("lost: " + drop + " " + deployment);
                lost++;
            }
        }
        return lost;
    }

    /**
     * Objects beside whose newest generation no answer stands, or another one than was published.
     */
    private int unanswered() throws Exception {
        Map<String, String> newest = new HashMap<>();
        orders.entrySet().stream()
                .sorted(Map.Entry.comparingByValue())
                .map(Map.Entry::getKey)
                .forEach(drop -> newest.put(drop.substring(0, drop.indexOf('#')), drop));
        int unanswered = 0;
        for (Map.Entry<String, String> object : newest.entrySet()) {
            JsonNode answer = raw.answer(object.getKey());
            String said =
                    answer.path("outcome").asText() + " " + answer.path("reason").asText() + " ";
            String deployment = deployments.get(object.getValue());
            if (!answer.path("deployment").asText().equals(deployment)
                    || outcomes.getOrDefault(deployment, Set.of()).stream()
                            .noneMatch(it -> it.startsWith(said))) {
                System.err.println("unanswered: " + object + " " + answer);
                unanswered++;
            }
        }
        return unanswered;
    }

    private boolean says(String said, String record) {
        try {
            JsonNode stored = raw.ledgerObject(record);
            String reason = stored.path("verdict").path("reason").asText();
            return stored.path("stage").asText().equals("DONE")
                    && said.split(" ", -1)[1].equals(reason);
        } catch (Exception e) {
            throw new IllegalStateException("cannot read " + record, e);
        }
    }

    private int backwards() {
        Map<String, String> byRevision = ordersByRevision();
        int backwards = 0;
        for (Map.Entry<String, List<String>> service : liveRevisions.entrySet()) {
            List<String> seen = service.getValue().stream().map(r -> order(byRevision, r)).toList();
            if (!seen.equals(seen.stream().sorted().toList())) {
                System.err.println("backwards: " + service);
                backwards++;
            }
        }
        return backwards;
    }

    /** A revision is named after the last ten characters of its deployment, and its attempt. */
    private static String order(Map<String, String> byRevision, String revision) {
        String[] parts = revision.split("-", -1);
        String order = byRevision.get(parts[parts.length - 2]);
        if (order == null) {
            throw new IllegalStateException("no drop made the revision " + revision);
        }
        return order;
    }

    private Map<String, String> ordersByRevision() {
        Map<String, String> byRevision = new HashMap<>();
        deployments.forEach(
                (drop, deployment) ->
                        byRevision.put(
                                deployment.substring(deployment.length() - 10),
                                orders.getOrDefault(drop, "")));
        return byRevision;
    }

    /** Services whose live revision is not of the newest drop that ended LIVE. */
    private int notTheNewest() {
        Map<String, String> newest = new HashMap<>();
        deployments.forEach(
                (drop, deployment) -> {
                    if (outcomes.getOrDefault(deployment, Set.of()).stream()
                            .anyMatch(said -> said.startsWith("LIVE "))) {
                        newest.merge(
                                drop.replaceAll("[/.].*", ""),
                                orders.getOrDefault(drop, ""),
                                (a, b) -> a.compareTo(b) < 0 ? b : a);
                    }
                });
        Map<String, String> byRevision = ordersByRevision();
        int wrong = 0;
        for (Map.Entry<String, String> service : newest.entrySet()) {
            List<String> seen =
                    liveRevisions.getOrDefault(
                            "projects/%s/locations/%s/services/%s"
                                    .formatted(cloud.project(), REGION, service.getKey()),
                            List.of());
            if (seen.isEmpty() || !order(byRevision, seen.getLast()).equals(service.getValue())) {
                System.err.println("not the newest: " + service + " " + seen);
                wrong++;
            }
        }
        return wrong;
    }
}
