package dev.slipway.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What a campaign has seen: its drops, what was told of them, and what served.
 *
 * @param orders of the drops, by object and generation
 * @param deployments by object and generation of their drop
 * @param outcomes different ones that were told of a deployment
 * @param liveRevisions of a service that had its full traffic, one after the other
 */
record Seen(
        Map<String, String> orders,
        Map<String, String> deployments,
        Map<String, Set<String>> outcomes,
        Map<String, List<String>> liveRevisions) {
    static Seen nothing() {
        return new Seen(
                new ConcurrentHashMap<>(), new HashMap<>(), new HashMap<>(), new HashMap<>());
    }

    /** Notes down an object as storage describes it after the upload. */
    void dropped(JsonNode put) {
        orders.put(
                key(put),
                "%013d-%020d-%s"
                        .formatted(
                                Instant.parse(put.path("timeCreated").asText()).toEpochMilli(),
                                put.path("generation").asLong(),
                                put.path("name").asText()));
    }

    /** Notes down a message of the topic deployment-finished. */
    void told(JsonNode message) throws IOException {
        JsonNode event = RawCloud.json(Base64.getDecoder().decode(message.path("data").asText()));
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

    /** Notes down which revision of a service has its full traffic, by the service's status. */
    void serves(JsonNode service) {
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

    /** What was told of a drop so far: outcome, reason and event, each different one. */
    Set<String> outcomesOf(JsonNode put) {
        String deployment = deployments.get(key(put));
        return deployment == null ? Set.of() : outcomes.getOrDefault(deployment, Set.of());
    }

    /** How many deployments were told more than one thing, or one thing by two events. */
    long doubled() {
        return outcomes.values().stream().filter(all -> all.size() > 1).count();
    }

    boolean isEveryDropTold() {
        return deployments.keySet().containsAll(orders.keySet());
    }

    private static String key(JsonNode object) {
        String name = object.has("object") ? "object" : "name";
        return object.path(name).asText() + "#" + object.path("generation").asText();
    }
}
