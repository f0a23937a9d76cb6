package dev.slipway.local.run;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * An image whose layers lie unpacked below {@code root}; the rest is its configuration (OCI image
 * spec, {@code config}).
 */
record PulledImage(
        String digest,
        Path root,
        List<String> entrypoint,
        List<String> command,
        String workingDirectory,
        Map<String, String> environment) {}
