package dev.slipway.simulation;

/** A message in one subscription. */
final class Letter {
    final String subscription;
    final Object content;
    int deliveries;
    int refusals;
    boolean acknowledged;

    Letter(String subscription, Object content) {
        this.subscription = subscription;
        this.content = content;
    }

    @Override
    public String toString() {
        return subscription + " " + content;
    }
}
