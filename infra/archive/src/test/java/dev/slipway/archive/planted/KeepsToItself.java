package dev.slipway.archive.planted;

import java.util.List;

/** A class as it should be. */
record KeepsToItself(List<String> words) {}
