package dev.slipway.deploy;

import dev.slipway.contracts.Reason;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;

/** How many rollouts were begun and how they ended. */
@Singleton
record DeployCounters(MeterRegistry meters) {
    void begun() {
        count("begun");
    }

    void written() {
        count("written");
    }

    void repeated() {
        count("repeated");
    }

    void triggered() {
        count("triggered");
    }

    void deleted() {
        count("deleted");
    }

    /** A verdict waits for a permission to write the service. */
    void unclosed() {
        count("unclosed");
    }

    void ended(Reason reason) {
        meters.counter("slipway.deploys.finished", "result", reason.name()).increment();
    }

    private void count(String what) {
        meters.counter("slipway.deploys." + what).increment();
    }
}
