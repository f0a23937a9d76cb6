package dev.slipway.upload.decide;

import dev.slipway.contracts.ObjectVersion;
import org.jspecify.annotations.Nullable;

/**
 * That something happened to an object. It is a hint only: notices come late, twice and out of
 * order.
 *
 * @param created whether it says that this generation came to be
 * @param told what the message itself says of the object; storage is asked first
 */
public record DropNotice(boolean created, ObjectVersion version, @Nullable Drop told) {}
