package dev.slipway.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.Base64;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ServedTest {
    private static final String SERVICE = "projects/p/locations/r/services/hello";
    private static final String OLDER = "dolderdeployment0001";
    private static final String NEWER = "dnewerdeployment0002";

    private final Seen seen = Seen.nothing();
    private final Served served = new Served("projects/p/locations/r/services/", seen);

    @BeforeEach
    void bothWentLive() throws IOException {
        seen.dropped(drop(1));
        seen.dropped(drop(2));
        seen.told(message(OLDER, 1));
        seen.told(message(NEWER, 2));
    }

    @Test
    void oneAfterTheOtherIsAsItShouldBe() throws IOException {
        serves(OLDER);
        serves(NEWER);

        assertThat(served.backwards()).isZero();
        assertThat(served.notTheNewest()).isZero();
    }

    @Test
    void theOlderOneAfterTheNewerOneGoesBackwards() throws IOException {
        serves(NEWER);
        serves(OLDER);

        assertThat(served.backwards()).isOne();
        assertThat(served.notTheNewest()).isOne();
    }

    @Test
    void theOlderOneThatServesToTheEndIsNotTheNewest() throws IOException {
        serves(OLDER);

        assertThat(served.backwards()).isZero();
        assertThat(served.notTheNewest()).isOne();
    }

    @Test
    void aServiceThatNeverServedIsNotTheNewest() {
        assertThat(served.notTheNewest()).isOne();
    }

    private static JsonNode drop(int number) throws IOException {
        return json(
                """
                {"name": "hello/%1$d.tar.gz", "generation": "%1$d",
                 "timeCreated": "2026-01-01T00:00:0%1$dZ"}
                """
                        .formatted(number));
    }

    private static JsonNode message(String deployment, int drop) throws IOException {
        String event =
                """
                {"deployment": "%s", "outcome": "LIVE", "reason": "DEPLOYED",
                 "drop": {"object": "hello/%2$d.tar.gz", "generation": "%2$d"}}
                """
                        .formatted(deployment, drop);
        return json(
                """
                {"data": "%s", "attributes": {"ce-id": "event-%d"}}
                """
                        .formatted(
                                Base64.getEncoder().encodeToString(event.getBytes(UTF_8)), drop));
    }

    private void serves(String deployment) throws IOException {
        seen.serves(
                json(
                        """
                        {"name": "%s", "trafficStatuses": [{"revision": "hello-%s-1", "percent": 100}]}
                        """
                                .formatted(
                                        SERVICE, deployment.substring(deployment.length() - 10))));
    }

    private static JsonNode json(String text) throws IOException {
        return RawCloud.json(text.getBytes(UTF_8));
    }
}
