package dev.slipway.archive;

/** What reading an archive or a folder came to. */
public sealed interface Inspection permits SourceContents, Refused {}
