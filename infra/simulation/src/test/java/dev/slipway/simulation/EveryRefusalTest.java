package dev.slipway.simulation;

import static dev.slipway.simulation.Wording.assertReadsWell;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.DeploymentId;
import dev.slipway.contracts.ObjectVersion;
import dev.slipway.contracts.RequestAnswer;
import dev.slipway.contracts.RequestAnswer.Refusal;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Each reason to refuse a request is reached by the real handlers, and reads well. */
class EveryRefusalTest {
    @TempDir private Path folder = Path.of("");

    @BeforeAll
    static void begin() {
        Simulate.silence();
    }

    private static Stream<Arguments> everyWay() {
        return Arrays.stream(Refusal.values())
                .flatMap(
                        refusal ->
                                RequestStories.of(refusal).stream()
                                        .map(story -> Arguments.of(refusal, story)));
    }

    @ParameterizedTest
    @MethodSource("everyWay")
    void isAnswered(Refusal refusal, Story<ObjectVersion> story) {
        Chain chain = new Chain(folder);

        ObjectVersion request = story.live().apply(chain);

        RequestAnswer answer = chain.answer(request);
        assertThat(answer.request()).isEqualTo(DeploymentId.of(request));
        assertThat(answer.state()).isEqualTo(RequestAnswer.State.DONE);
        assertThat(answer.outcome()).isEqualTo(RequestAnswer.Outcome.REFUSED);
        assertThat(answer.refusal()).as(answer.message()).isEqualTo(refusal);
        assertThat(answer.turn()).isEqualTo(refusal.turn());
        assertThat(answer.nextStep()).isEqualTo(refusal.nextStep());
        assertThat(answer.message()).contains(story.names());
        assertReadsWell(answer.message());
        assertThat(chain.isOpen(DeploymentId.of(request))).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void hasAWayToIt(Refusal refusal) {
        assertThat(RequestStories.of(refusal)).isNotEmpty();
        assertReadsWell(refusal.nextStep());
    }
}
