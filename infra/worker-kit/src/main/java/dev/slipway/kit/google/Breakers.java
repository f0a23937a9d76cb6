package dev.slipway.kit.google;

import dev.slipway.kit.Breaker;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/** One breaker for each API that this worker asks, and a gauge of each. */
@Singleton
public class Breakers {
    static final String METER = "slipway.breaker.open";

    private final InstantSource clock;
    private final RandomGenerator random;
    private final MeterRegistry meters;
    private final List<Breaker> all = new CopyOnWriteArrayList<>();
    private volatile Consumer<Breaker> storm = _ -> {};

    Breakers(InstantSource clock, RandomGenerator random, MeterRegistry meters) {
        this.clock = clock;
        this.random = random;
        this.meters = meters;
    }

    /** Of an API without which the stage can do nothing: nothing is pulled while it is open. */
    public Breaker vital(String api) {
        return kept(new Breaker(api, clock, random, opened -> storm.accept(opened)));
    }

    /** Of an API that only some of the work needs. */
    public Breaker of(String api) {
        return kept(new Breaker(api, clock, random, _ -> {}));
    }

    private Breaker kept(Breaker breaker) {
        all.add(breaker);
        Gauge.builder(METER, breaker, it -> it.isOpen() ? 1 : 0)
                .description("Whether an API failed each time of late and is not asked")
                .tag("api", breaker.api())
                .register(meters);
        return breaker;
    }

    /** Who is told when a vital one opens. */
    void tell(Consumer<Breaker> told) {
        storm = told;
    }

    /** All of them. */
    List<Breaker> all() {
        return all;
    }
}
