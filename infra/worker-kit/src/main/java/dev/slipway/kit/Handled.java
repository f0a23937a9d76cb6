package dev.slipway.kit;

/** What a handler made of a message. An exception means: not now, deliver it again. */
public sealed interface Handled {
    /** Effect, state and next event are durable; the message can go. */
    Handled DONE = new Done();

    /** The message is not, and never will be, one that we can read. */
    static Handled unreadable(String reason) {
        return new Unreadable(reason);
    }

    /** See {@link #DONE}. */
    record Done() implements Handled {}

    /** It goes to the subscription's dead letter with the reason. */
    record Unreadable(String reason) implements Handled {}
}
