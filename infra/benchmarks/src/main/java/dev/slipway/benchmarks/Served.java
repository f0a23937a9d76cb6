package dev.slipway.benchmarks;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Whether what served, one after the other, is what was dropped, one after the other.
 *
 * @param services what stands before the name of each service
 */
record Served(String services, Seen seen) {
    /** Services of which an older drop served after a newer one. */
    int backwards() {
        Map<String, String> byRevision = ordersByRevision();
        int backwards = 0;
        for (Map.Entry<String, List<String>> service : seen.liveRevisions().entrySet()) {
            List<String> served =
                    service.getValue().stream().map(it -> order(byRevision, it)).toList();
            if (!served.equals(served.stream().sorted().toList())) {
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
        seen.deployments()
                .forEach(
                        (drop, deployment) ->
                                byRevision.put(
                                        deployment.substring(deployment.length() - 10),
                                        seen.orders().getOrDefault(drop, "")));
        return byRevision;
    }

    /** Services whose live revision is not of the newest drop that ended LIVE. */
    int notTheNewest() {
        Map<String, String> newest = new HashMap<>();
        seen.deployments()
                .forEach(
                        (drop, deployment) -> {
                            if (seen.outcomes().getOrDefault(deployment, Set.of()).stream()
                                    .anyMatch(said -> said.startsWith("LIVE "))) {
                                newest.merge(
                                        drop.replaceAll("[/.].*", ""),
                                        seen.orders().getOrDefault(drop, ""),
                                        (a, b) -> a.compareTo(b) < 0 ? b : a);
                            }
                        });
        Map<String, String> byRevision = ordersByRevision();
        int wrong = 0;
        for (Map.Entry<String, String> service : newest.entrySet()) {
            List<String> served =
                    seen.liveRevisions().getOrDefault(services + service.getKey(), List.of());
            if (served.isEmpty()
                    || !order(byRevision, served.getLast()).equals(service.getValue())) {
                System.err.println("not the newest: " + service + " " + served);
                wrong++;
            }
        }
        return wrong;
    }
}
