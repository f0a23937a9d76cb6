package dev.slipway.upload;

import dev.slipway.kit.WorkerArchitecture;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    @Test
    void everyPlaceKeepsItsRules() {
        new WorkerArchitecture("dev.slipway.upload").check();
    }
}
