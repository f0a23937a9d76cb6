package dev.slipway.kit;

import java.util.Map;

/**
 * What a subscription delivered, once or again.
 *
 * @param id Pub/Sub's own; duplicates of one fact may come under different ids
 */
public record Message(String id, Map<String, String> attributes, byte[] data) {}
