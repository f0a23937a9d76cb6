package dev.slipway.endtoend;

import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** What was rolled back stays so, wherever a newer deployment of the service is meanwhile. */
@OnOwnInstallation
@Order(7)
class RolledBackTest {
    @Test
    void nothingComesBackByItself() throws Exception {
        Benchmark.passes(Benchmark.runs("rollback-stages", "never"));
    }
}
