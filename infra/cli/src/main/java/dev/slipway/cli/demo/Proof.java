package dev.slipway.cli.demo;

import java.time.Duration;

/**
 * That a service works.
 *
 * @param sent what it was sent, in words
 * @param seen what it answered, or logged
 * @param after from when it was sent
 */
public record Proof(String service, String sent, String seen, Duration after) {}
