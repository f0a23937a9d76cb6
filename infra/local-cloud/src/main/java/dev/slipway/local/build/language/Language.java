package dev.slipway.local.build.language;

import java.io.IOException;

/** How the sources of one language become an application. */
public interface Language {
    /**
     * Builds the source where it lies.
     *
     * @throws BuildFailed if the source, or a program that the build needs, is to blame
     * @throws IOException if this machine's files cannot be read or written
     * @throws BuildStopped if somebody stopped the build
     */
    Application build(Source source) throws BuildFailed, BuildStopped, IOException;
}
