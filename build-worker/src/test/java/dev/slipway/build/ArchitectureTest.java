package dev.slipway.build;

import dev.slipway.kit.WorkerArchitecture;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    @Test
    void everyPlaceKeepsItsRules() {
        new WorkerArchitecture("dev.slipway.build").check();
    }
}
