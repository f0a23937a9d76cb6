package dev.slipway.build;

import dev.slipway.contracts.Reason;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;

/** How many builds were begun and how they ended. */
@Singleton
record BuildCounters(MeterRegistry meters) {
    void submitted() {
        count("submitted");
    }

    void adopted() {
        count("adopted");
    }

    void cancelled() {
        count("cancelled");
    }

    void repeated() {
        count("repeated");
    }

    void pushed() {
        finished("PUSHED");
    }

    void reused() {
        finished("REUSED");
    }

    void ended(Reason reason) {
        finished(reason.name());
    }

    private void count(String what) {
        meters.counter("slipway.builds." + what).increment();
    }

    private void finished(String result) {
        meters.counter("slipway.builds.finished", "result", result).increment();
    }
}
