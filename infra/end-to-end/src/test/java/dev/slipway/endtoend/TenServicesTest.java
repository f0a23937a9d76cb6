package dev.slipway.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.storage.Blob;
import dev.slipway.contracts.Answer;
import dev.slipway.contracts.Outcome;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ten services at once. */
@Order(5)
@OnSharedInstallation
class TenServicesTest {
    private static final int SERVICES = 10;

    @Test
    void allAreLiveAndAnswer(Installation installation, @TempDir Path work) throws Exception {
        Cloud cloud = new Cloud(installation);
        Map<String, Blob> drops = new LinkedHashMap<>();
        for (int number = 1; number <= SERVICES; number++) {
            String name = "ten-" + number;
            Path archive = Sample.saying("I am " + name).zip(work.resolve(name + ".zip"));
            drops.put(name, cloud.upload(archive, name + ".zip"));
        }

        for (Map.Entry<String, Blob> drop : drops.entrySet()) {
            Answer answer = cloud.awaitOutcome(drop.getValue());
            assertThat(answer.outcome()).as(answer.toString()).isEqualTo(Outcome.LIVE);
            assertThat(answer.service()).isEqualTo(drop.getKey());
            assertThat(Web.text(String.valueOf(answer.url()))).isEqualTo("I am " + drop.getKey());
        }
    }
}
