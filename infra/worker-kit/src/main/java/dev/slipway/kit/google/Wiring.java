package dev.slipway.kit.google;

import com.google.cloud.storage.Storage;
import dev.slipway.contracts.EventCodec;
import dev.slipway.contracts.Topology;
import dev.slipway.kit.Answers;
import dev.slipway.kit.Blocked;
import dev.slipway.kit.Ending;
import dev.slipway.kit.Later;
import dev.slipway.kit.Outbox;
import dev.slipway.kit.RunningBuilds;
import dev.slipway.kit.SlipwayConfig;
import dev.slipway.ledger.Backoff;
import dev.slipway.ledger.Ledger;
import dev.slipway.ledger.Pause;
import dev.slipway.ledger.google.CloudStorageObjectStore;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/**
 * Where the clock, randomness, waiting and the stores come from; the only place that makes real
 * ones.
 */
@Singleton
public class Wiring {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int TOKEN_BYTES = 12;

    /** A state that another one follows within this time is not shown. */
    private static final long SHOWN_AFTER_MILLIS = 500;

    @Produces
    @Singleton
    Topology topology(SlipwayConfig config) {
        return Topology.of(config.project(), config.installation());
    }

    @Produces
    @Singleton
    EventCodec codec(SlipwayConfig config) {
        return new EventCodec(config.project(), config.installation());
    }

    @Produces
    @Singleton
    Storage storage(GoogleAccess access) {
        return access.storage();
    }

    @Produces
    @Singleton
    InstantSource clock() {
        return InstantSource.system();
    }

    @Produces
    @Singleton
    RandomGenerator random() {
        return RANDOM;
    }

    @Produces
    @Singleton
    Pause pause() {
        return duration -> {
            try {
                Thread.sleep(duration);
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        };
    }

    @Produces
    @Singleton
    Backoff backoff(Pause pause, RandomGenerator random) {
        return new Backoff(pause, random);
    }

    @Produces
    @Singleton
    Ledger ledger(Storage storage, Topology topology, Backoff backoff, MeterRegistry meters) {
        String bucket = topology.bucket("ledger").name();
        return new Ledger(
                new CloudStorageObjectStore(storage, bucket),
                Wiring::token,
                backoff,
                new UnreadableObjects(meters));
    }

    @Produces
    @Singleton
    Answers answers(Storage storage, Topology topology, Backoff backoff) {
        return new Answers(
                new CloudStorageObjectStore(storage, topology.bucket("drop").name()),
                backoff,
                later());
    }

    /** One thread: what nobody waits for must not take the place of what somebody does. */
    private static Later later() {
        ScheduledExecutorService thread =
                Executors.newSingleThreadScheduledExecutor(
                        Thread.ofPlatform().name("progress").daemon().factory());
        return task -> {
            var _ = thread.schedule(task, SHOWN_AFTER_MILLIS, TimeUnit.MILLISECONDS);
        };
    }

    @Produces
    @Singleton
    Ending ending(Ledger ledger, Outbox outbox, Answers answers, Instance<RunningBuilds> builds) {
        return new Ending(
                ledger, outbox, answers, builds.isResolvable() ? builds.get() : RunningBuilds.NONE);
    }

    @Produces
    @Singleton
    Blocked blocked(Ledger ledger, Topology topology, Answers answers) {
        return new Blocked(ledger, topology.bucket("ledger").name(), answers);
    }

    static String token() {
        byte[] bytes = new byte[TOKEN_BYTES];
        RANDOM.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
