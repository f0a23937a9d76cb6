package dev.slipway.local;

import java.util.Map;

/**
 * A number that only grows, as {@code /metrics} shows it.
 *
 * @param name as Prometheus names things, without {@code slipway_local_}; ends in {@code _total}
 * @param labels in the order in which they are shown
 */
public record Figure(String name, Map<String, String> labels, double value) {}
