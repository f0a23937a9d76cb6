package dev.slipway.kit;

/**
 * Handles what a subscription delivers. Handlers cannot acknowledge, so they cannot do it too
 * early.
 */
@FunctionalInterface
public interface MessageHandler {
    /** Returns once everything that the message asks for is durable. */
    Handled handle(Message message);
}
