package dev.slipway.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.Request;
import dev.slipway.upload.Archives;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** I12: what is done costs as many calls after many deployments as after few. */
class HistoryTest {
    /** More than a rollback looks at. */
    private static final int FEW = 60;

    private static final int MANY = 120;
    private static final Duration UNTIL_ALL_IS_LOOKED_AFTER = Duration.ofHours(1);

    @TempDir private Path folder = Path.of("");
    private Chain chain = new Chain(folder);
    private int deployed;

    @BeforeEach
    void begin() {
        Simulate.silence();
        chain = new Chain(folder);
        deployUntil(FEW);
    }

    private void deployUntil(int number) {
        while (deployed < number) {
            deployed++;
            chain.hello("code-" + deployed);
        }
    }

    /** The calls for this, now and when there is much more history. */
    private void assertCostStays(Runnable task) {
        Map<String, Integer> early = cost(task);
        deployUntil(MANY);
        Map<String, Integer> late = cost(task);

        assertThat(early).isNotEmpty();
        assertThat(late).isEqualTo(early);
    }

    private Map<String, Integer> cost(Runnable task) {
        chain.pass(UNTIL_ALL_IS_LOOKED_AFTER);
        return chain.calls(task);
    }

    @Test
    void ofADeployment() {
        assertCostStays(() -> deployUntil(deployed + 1));
    }

    @Test
    void ofADropThatIsNoArchive() {
        assertCostStays(() -> chain.drop("hello/bad-" + deployed + ".zip", new byte[0]));
    }

    @Test
    void ofTheSameOnceMore() {
        assertCostStays(
                () ->
                        chain.drop(
                                "hello/same-" + deployed + ".zip",
                                Archives.function("code-" + deployed)));
    }

    @Test
    void ofARollback() {
        assertCostStays(
                () -> {
                    chain.ask(Request.rollback(null));
                    deployUntil(deployed + 1);
                });
    }

    @Test
    void ofLookingAfterWhatIsOver() {
        assertCostStays(() -> chain.pass(Duration.ofHours(2)));
    }
}
