package dev.slipway.deploy.decide;

import java.time.Duration;

/**
 * How a subscription delivers.
 *
 * @param maxDeliveryAttempts 0 where it never puts anything aside
 * @param keepsUndelivered whether what it puts aside goes to the installation's own topic for that
 */
public record Delivery(
        int maxDeliveryAttempts,
        Duration minimumBackoff,
        Duration maximumBackoff,
        boolean keepsUndelivered) {}
