package dev.slipway.local.pubsub;

import dev.slipway.local.Figure;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** How many messages went which way since the start, by topic and by subscription. */
final class Traffic {
    private static final String PUBLISHED = "messages_published_total";
    private static final String DELIVERED = "messages_delivered_total";
    private static final String ACKNOWLEDGED = "messages_acknowledged_total";

    private final Map<Counted, LongAdder> counts = new ConcurrentHashMap<>();

    private record Counted(String what, String label, String name) {}

    void published(String topic, int messages) {
        count(PUBLISHED, "topic", topic, messages);
    }

    void delivered(String subscription) {
        count(DELIVERED, "subscription", subscription, 1);
    }

    void acknowledged(String subscription) {
        count(ACKNOWLEDGED, "subscription", subscription, 1);
    }

    private void count(String what, String label, String name, int messages) {
        counts.computeIfAbsent(new Counted(what, label, name), _ -> new LongAdder()).add(messages);
    }

    List<Figure> figures() {
        return counts.entrySet().stream()
                .map(
                        entry ->
                                new Figure(
                                        entry.getKey().what(),
                                        Map.of(entry.getKey().label(), shortName(entry.getKey())),
                                        entry.getValue().sum()))
                .toList();
    }

    private static String shortName(Counted counted) {
        return counted.name().substring(counted.name().lastIndexOf('/') + 1);
    }
}
