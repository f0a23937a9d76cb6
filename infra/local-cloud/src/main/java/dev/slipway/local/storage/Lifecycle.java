package dev.slipway.local.storage;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes what buckets' lifecycle rules say: {@code Delete} after {@code daysSinceNoncurrentTime}.
 * Rules with any other condition or action are kept and not acted on.
 */
final class Lifecycle implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Lifecycle.class);
    private static final int EVERY_MINUTES = 10;
    private static final int MICROS_PER_MILLI = 1000;

    private final Buckets buckets;
    private final Versions versions;
    private final InstantSource clock;
    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("storage-lifecycle").factory());

    Lifecycle(Buckets buckets, Versions versions, InstantSource clock) {
        this.buckets = buckets;
        this.versions = versions;
        this.clock = clock;
    }

    void start() {
        var _ = timer.scheduleWithFixedDelay(this::tick, 0, EVERY_MINUTES, TimeUnit.MINUTES);
    }

    private void tick() {
        try {
            apply();
        } catch (RuntimeException e) {
            LOG.warn("lifecycle rules are tried again in {} minutes", EVERY_MINUTES, e);
        }
    }

    /** Removes everything that is due. */
    void apply() {
        for (Bucket bucket : buckets.all()) {
            for (JsonNode rule : bucket.settings().path("lifecycle").path("rule")) {
                if (deletesNoncurrent(rule)) {
                    apply(bucket, rule.path("condition").path("daysSinceNoncurrentTime").asInt());
                }
            }
        }
    }

    private static boolean deletesNoncurrent(JsonNode rule) {
        Set<String> conditions = new TreeSet<>();
        rule.path("condition")
                .properties()
                .forEach(
                        condition -> {
                            if (!condition.getValue().isNull()) {
                                conditions.add(condition.getKey());
                            }
                        });
        conditions.remove("isLive");
        return rule.path("action").path("type").asText().equals("Delete")
                && !rule.path("condition").path("isLive").asBoolean()
                && conditions.equals(Set.of("daysSinceNoncurrentTime"));
    }

    private void apply(Bucket bucket, int days) {
        long due = clock.instant().minus(Duration.ofDays(days)).toEpochMilli() * MICROS_PER_MILLI;
        for (ObjectVersion old : versions.noncurrentUntil(bucket.name(), due)) {
            try {
                versions.delete(bucket.name(), old.name(), old.generation(), Preconditions.NONE);
            } catch (StorageError e) {
                LOG.debug("{} went by another hand", old.name(), e);
            }
        }
    }

    /** Never interrupts: that would close the file which a write is going to. */
    @Override
    public void close() {
        timer.close();
    }
}
