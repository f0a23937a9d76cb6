package dev.slipway.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.Answer.State;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who follows a drop is told at once when the local cloud dies. */
@OnOwnInstallation
@Order(7)
@SuppressWarnings("NullAway.Init") // set before all tests
class LostCloudTest {
    private static final String SLOW_BUILD =
            "\"scripts\": {\"gcp-build\": \"node -e \\\"setTimeout(() => {}, 60000)\\\"\"}";
    private static final Duration AT_ONCE = Duration.ofSeconds(20);

    private static Installation installation;

    @BeforeAll
    static void start() throws Exception {
        installation = new Installation("");
        installation.slipway("up").exits(0);
    }

    @AfterAll
    static void stop() throws Exception {
        installation.saveLogs("LostCloudTest");
        installation.close();
    }

    @Test
    void tellsWhoFollows(@TempDir Path work) throws Exception {
        Path archive = Sample.saying("never").withPackage(SLOW_BUILD).zip(work.resolve("lost.zip"));
        CompletableFuture<Run> following =
                CompletableFuture.supplyAsync(() -> drop(archive.toString()));
        new Cloud(installation)
                .await("lost.zip", "is built", answer -> answer.state() == State.BUILDING);

        installation.killCloud();
        Run run = following.get(AT_ONCE.toMillis(), TimeUnit.MILLISECONDS).exits(3);

        assertThat(run.out())
                .contains("local-cloud is gone", "./slipway up", "./slipway status lost");
        assertThat(run.err()).isEmpty();
    }

    private static Run drop(String archive) {
        try {
            return installation.slipway("drop", archive);
        } catch (Exception e) {
            throw new CompletionException(e);
        }
    }
}
