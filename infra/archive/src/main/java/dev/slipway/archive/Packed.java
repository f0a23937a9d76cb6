package dev.slipway.archive;

/**
 * A source tree that was checked and written as a canonical tar.gz.
 *
 * @param sourceDigest {@code sha256:} and 64 hexadecimal digits over path, executable bit, size and
 *     content of every file but the manifest at the root. The same source has the same digest
 *     however it was packed.
 */
public record Packed(SourceContents contents, String sourceDigest) implements Packing {}
