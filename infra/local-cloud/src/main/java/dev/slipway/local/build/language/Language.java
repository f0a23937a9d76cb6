package dev.slipway.local.build.language;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** How the sources of one language become an application. */
public interface Language {
    /** The first part of Google's runtime ids, for example {@code java} of {@code java21}. */
    String id();

    /** What {@link #evidence} looks for, in words. */
    String marks();

    /** A file at the source's root that shows this language; empty where there is none. */
    Optional<String> evidence(Path directory) throws IOException;

    /**
     * Builds the source where it lies.
     *
     * @throws BuildFailed if the source, or a program that the build needs, is to blame
     * @throws IOException if this machine's files cannot be read or written
     * @throws BuildStopped if somebody stopped the build
     */
    Application build(Source source) throws BuildFailed, BuildStopped, IOException;
}
