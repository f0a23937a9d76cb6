package dev.slipway.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Holds what a campaign has seen against what the cloud keeps.
 *
 * @param services what stands before the name of each service
 */
record Judgement(RawCloud raw, String services, Seen seen) {
    void print() throws Exception {
        Figures.print("drops", seen.orders().size(), "drops");
        Figures.print("lost", lost(), "drops");
        Figures.print("unanswered", unanswered(), "objects");
        Figures.print("doubled", (double) seen.doubled(), "deployments");
        Served served = new Served(services, seen);
        Figures.print("backwards", served.backwards(), "services");
        Figures.print("not-the-newest", served.notTheNewest(), "services");
        int dead = 0;
        for (String subscription : raw.deadLetters()) {
            dead += raw.take(subscription).size();
        }
        Figures.print("dead-letters", dead, "messages");
        Figures.print("open-markers", raw.open().size(), "markers");
    }

    private int lost() throws Exception {
        Set<String> records = new HashSet<>(raw.ledger("deployments/"));
        int lost = 0;
        for (String drop : seen.orders().keySet()) {
            String deployment = seen.deployments().get(drop);
            String record = "deployments/" + deployment;
            if (deployment == null
                    || !records.contains(record)
                    || !seen.outcomes().getOrDefault(deployment, Set.of()).stream()
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
        seen.orders().entrySet().stream()
                .sorted(Map.Entry.comparingByValue())
                .map(Map.Entry::getKey)
                .forEach(drop -> newest.put(drop.substring(0, drop.indexOf('#')), drop));
        int unanswered = 0;
        for (Map.Entry<String, String> object : newest.entrySet()) {
            JsonNode answer = raw.answer(object.getKey()).orElse(MissingNode.getInstance());
            String said =
                    answer.path("outcome").asText() + " " + answer.path("reason").asText() + " ";
            String deployment = seen.deployments().get(object.getValue());
            if (!answer.path("deployment").asText().equals(deployment)
                    || seen.outcomes().getOrDefault(deployment, Set.of()).stream()
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
}
