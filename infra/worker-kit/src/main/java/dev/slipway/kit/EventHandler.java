package dev.slipway.kit;

import dev.slipway.contracts.EventCodec;
import dev.slipway.contracts.PipelineEvent;
import dev.slipway.contracts.UnreadableEvent;

/** Handles one of our own events. */
@FunctionalInterface
public interface EventHandler<E extends PipelineEvent> {
    /** Returns once everything that the event asks for is durable. */
    void handle(E event);

    /** This handler for a subscription that delivers events of one kind. */
    default MessageHandler of(Class<E> kind, EventCodec codec) {
        return message -> {
            try {
                PipelineEvent event = codec.decode(message.attributes(), message.data());
                if (!kind.isInstance(event)) {
                    return Handled.unreadable("the type " + event.type() + " is not handled here");
                }
                handle(kind.cast(event));
                return Handled.DONE;
            } catch (UnreadableEvent e) {
                return Handled.unreadable(String.valueOf(e.getMessage()));
            }
        };
    }
}
