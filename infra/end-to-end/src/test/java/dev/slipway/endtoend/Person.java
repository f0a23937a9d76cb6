package dev.slipway.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.contracts.Answer;
import dev.slipway.contracts.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Somebody who types commands and looks at what became of a service.
 *
 * @param work where archives are made
 */
record Person(Installation installation, Path work) {
    private static final Duration LONGEST = Duration.ofMinutes(2);

    /** Runs {@code ./slipway <words>}. */
    Run types(String... words) throws Exception {
        return installation.slipway(words);
    }

    /**
     * The same in the installation's project, in a shell that {@code up --env} has pointed here.
     */
    Run typesForItsProject(String... words) throws Exception {
        Map<String, String> environment = new HashMap<>(installation.exports());
        environment.putAll(installation.environment());
        List<String> command = new ArrayList<>(List.of("./slipway"));
        command.addAll(List.of(words));
        command.addAll(List.of("--project", Cloud.PROJECT));
        return Run.of(Installation.checkout(), environment, LONGEST, command);
    }

    /** Drops a sample as {@code <service>.zip}. */
    Run drops(Sample sample, String service, String... options) throws Exception {
        Path archive = sample.zip(work.resolve(service + ".zip"));
        List<String> words = new ArrayList<>(List.of("drop", archive.toString()));
        words.addAll(List.of(options));
        return types(words.toArray(String[]::new));
    }

    /** Drops a sample that goes live and says this then. */
    Answer deploys(Sample sample, String service, String text) throws Exception {
        drops(sample, service).exits(0);
        Answer answer = new Cloud(installation).answer(service + ".zip").orElseThrow();
        assertThat(Web.text(String.valueOf(answer.url()))).isEqualTo(text);
        return answer;
    }

    /** The revision that has the traffic. */
    String serving(String service) throws Exception {
        String text =
                Web.text(
                        "%s/run/v2/projects/%s/locations/%s/services/%s"
                                .formatted(
                                        installation.endpoint(),
                                        Cloud.PROJECT,
                                        Cloud.REGION,
                                        service));
        return document(text).at("/trafficStatuses/0/revision").asText();
    }

    /** The last document that a command printed. */
    static JsonNode last(Run run) throws IOException {
        return document(run.lastLine());
    }

    static JsonNode document(String text) throws IOException {
        return Json.read(text.getBytes(StandardCharsets.UTF_8), JsonNode.class);
    }
}
