package dev.slipway.local.build;

import dev.slipway.local.build.language.HostSettings;
import dev.slipway.local.build.language.Languages;
import java.nio.file.Path;

/**
 * What every build is made with.
 *
 * @param work the folder of the builds' own folders
 */
record BuildTools(
        Path work,
        BuildLogs logs,
        HostSettings host,
        Sources sources,
        Languages languages,
        ImagePush images) {}
