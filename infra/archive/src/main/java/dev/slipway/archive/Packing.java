package dev.slipway.archive;

/** What packing an archive or a folder anew came to. */
public sealed interface Packing permits Packed, Refused {}
