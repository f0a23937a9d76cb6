package dev.slipway.kit.planted.decide;

import java.nio.file.Path;

/** A decision that does I/O. */
record ReadsAFile(Path file) {}
