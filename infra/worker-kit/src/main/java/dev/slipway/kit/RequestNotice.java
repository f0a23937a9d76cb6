package dev.slipway.kit;

import dev.slipway.contracts.ObjectVersion;

/**
 * That something happened to an object of the ledger bucket. It is a hint only.
 *
 * @param created whether it says that this generation came to be
 */
public record RequestNotice(boolean created, ObjectVersion version) {}
