package dev.slipway.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.contracts.DeploymentId;
import dev.slipway.contracts.Digest;
import dev.slipway.contracts.EventCodec;
import dev.slipway.contracts.ImagePushed;
import dev.slipway.contracts.PipelineEvent;
import dev.slipway.contracts.SourceStored;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EventHandlerTest {
    private static final EventCodec CODEC = new EventCodec("p", "inst");
    private static final ImagePushed PUSHED =
            new ImagePushed(
                    new DeploymentId("d" + "a".repeat(19)),
                    Drops.HELLO,
                    Drops.IMAGE,
                    Digest.of("manifest"),
                    1,
                    0);

    private final List<ImagePushed> handled = new ArrayList<>();
    private final EventHandler<ImagePushed> handler = handled::add;
    private final MessageHandler messages = handler.of(ImagePushed.class, CODEC);

    private static Message message(PipelineEvent event) {
        EventCodec.Encoded encoded = CODEC.encode(event);
        return new Message("m", encoded.attributes(), encoded.data());
    }

    @Test
    void handlesTheEventThatAMessageSays() {
        assertThat(messages.handle(message(PUSHED))).isEqualTo(Handled.DONE);
        assertThat(handled).containsExactly(PUSHED);
    }

    @Test
    void anEventOfAnotherKindIsUnreadableHere() {
        EventHandler<SourceStored> other = _ -> {};

        assertThat(other.of(SourceStored.class, CODEC).handle(message(PUSHED)))
                .isEqualTo(
                        Handled.unreadable(
                                "the type dev.slipway.image.pushed.v1 is not handled here"));
    }

    @Test
    void aMessageThatSaysNoEventIsUnreadable() {
        Message torn =
                new Message(
                        "m",
                        Map.of("ce-type", ImagePushed.TYPE),
                        "{".getBytes(StandardCharsets.UTF_8));

        assertThat(messages.handle(torn)).isInstanceOf(Handled.Unreadable.class);
        assertThat(handled).isEmpty();
    }

    @Test
    void whatTheHandlerThrowsIsNoReadingProblem() {
        EventHandler<ImagePushed> failing =
                _ -> {
                    throw new GatewayException(FailureKind.BUSY, "deploy", "it is busy", null);
                };

        assertThatThrownBy(() -> failing.of(ImagePushed.class, CODEC).handle(message(PUSHED)))
                .isInstanceOf(GatewayException.class)
                .hasMessage("tried to deploy but it is busy");
    }
}
