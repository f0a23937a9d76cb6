package dev.slipway.cli.installation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ProcessesTest {
    private final Processes processes =
            new Processes(
                    InstantSource.system(), duration -> LockSupport.parkNanos(duration.toNanos()));
    private @Nullable Process child;

    @BeforeEach
    void start() throws IOException {
        child = new ProcessBuilder("sleep", "600").start();
    }

    @AfterEach
    void end() {
        child().destroyForcibly();
    }

    private Process child() {
        return java.util.Objects.requireNonNull(child);
    }

    private Started noted() {
        return Processes.noted("sleep", child().toHandle(), "");
    }

    @Test
    void stopsTheProcessThatWasNotedDown() {
        Started noted = noted();

        assertThat(processes.running(noted)).isTrue();
        assertThat(processes.stop(noted, Duration.ofSeconds(10)))
                .isEqualTo(Processes.Stopped.BY_ITSELF);
        assertThat(processes.running(noted)).isFalse();
    }

    @Test
    void neverTouchesAProcessThatGotThePidLater() {
        Started noted = noted();
        Started earlier = new Started("other", noted.pid(), noted.startedAt().minusSeconds(60), "");

        assertThat(processes.stop(earlier, Duration.ofSeconds(10)))
                .isEqualTo(Processes.Stopped.NOT_RUNNING);
        assertThat(child().isAlive()).isTrue();
    }

    @Test
    void killsAProcessThatDoesNotWantToEnd() throws IOException, InterruptedException {
        child().destroyForcibly().waitFor();
        child =
                new ProcessBuilder(
                                "sh", "-c", "trap '' TERM; echo ready; while :; do sleep 1; done")
                        .start();
        assertThat(child().inputReader().readLine()).isEqualTo("ready");

        assertThat(processes.stop(noted(), Duration.ofMillis(300)))
                .isEqualTo(Processes.Stopped.KILLED);
    }
}
