package dev.slipway.cli.installation;

import java.time.Instant;

/**
 * A process that {@code up} started and {@code down} stops.
 *
 * @param startedAt as the operating system says it; a process with this pid and another start is
 *     somebody else's
 * @param healthUrl answers 200 once the process can work
 */
public record Started(String name, long pid, Instant startedAt, String healthUrl) {}
