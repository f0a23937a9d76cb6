package dev.slipway.ledger;

import dev.slipway.contracts.Digest;
import dev.slipway.contracts.ObjectVersion;

/**
 * What was verified.
 *
 * @param staged the canonical archive in the staging bucket
 * @param digest of the canonical tree without {@code slipway.yaml}
 * @param buildDigest of everything else that the image depends on
 * @param files how many files the tree has
 * @param bytes how many bytes they have together
 */
public record Source(
        ObjectVersion staged, Digest digest, Digest buildDigest, long files, long bytes) {}
