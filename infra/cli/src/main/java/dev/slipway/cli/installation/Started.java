package dev.slipway.cli.installation;

import java.time.Instant;

/**
 * A process that {@code up} started and {@code down} stops.
 *
 * @param name {@code local-cloud}, {@code build-worker}, or {@code build-worker-2} for one more
 * @param startedAt as the operating system says it; a process with this pid and another start is
 *     somebody else's
 * @param healthUrl answers 200 once the process can work
 */
public record Started(String name, long pid, Instant startedAt, String healthUrl) {
    private static final String WORKER = "-worker";

    /** What the worker with this number of a stage is called, counted from 1. */
    static String workerName(String stage, int number) {
        return stage + WORKER + (number == 1 ? "" : "-" + number);
    }

    /** The stage of a worker, by identity id; empty for other processes. */
    String stage() {
        int end = name.indexOf(WORKER);
        return end < 0 ? "" : name.substring(0, end);
    }

    /** Which worker of its stage it is, counted from 1. */
    int number() {
        String last = name.substring(name.lastIndexOf('-') + 1);
        return last.matches("[0-9]{1,4}") ? Integer.parseInt(last) : 1;
    }
}
