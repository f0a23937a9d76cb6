package dev.slipway.upload;

import dev.slipway.contracts.Reason;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;

/** How many drops came and how verifying them ended. */
@Singleton
record UploadCounters(MeterRegistry meters) {
    /** An object or an event that is none of ours. */
    void ignored(String why) {
        meters.counter("slipway.drops.ignored", "why", why).increment();
    }

    void received() {
        meters.counter("slipway.drops.received").increment();
    }

    /** One that no message told of in time. */
    void found() {
        meters.counter("slipway.drops.found").increment();
    }

    void verified() {
        finished("VERIFIED");
    }

    void ended(Reason reason) {
        finished(reason.name());
    }

    private void finished(String result) {
        meters.counter("slipway.drops.finished", "result", result).increment();
    }
}
