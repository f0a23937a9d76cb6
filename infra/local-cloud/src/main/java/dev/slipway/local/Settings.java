package dev.slipway.local;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * How this cloud is set up.
 *
 * @param home the directory of the installation's state; this program keeps its own below {@code
 *     cloud/}
 * @param port the only port, on loopback; 0 takes a free one
 * @param project the one project's id
 * @param projectNumber the project's number
 * @param installation the first part of the chain's names, which tells who may do what
 * @param regions the regions that exist
 * @param concurrentBuilds how many builds run at once; more wait as QUEUED
 * @param buildQuota how many builds may be unfinished in a region before a new one is refused with
 *     RESOURCE_EXHAUSTED; 0 is no limit
 * @param startupTimeout how long a revision may take to listen on its port (Cloud Run: 240 s)
 * @param idleTimeout how long an instance without requests is kept
 * @param instantBuilds builds nothing: every build succeeds at once with the same tiny image
 * @param instantServices runs nothing: every revision is ready at once and answers 501
 */
public record Settings(
        Path home,
        int port,
        String project,
        long projectNumber,
        String installation,
        List<String> regions,
        int concurrentBuilds,
        int buildQuota,
        Duration startupTimeout,
        Duration idleTimeout,
        boolean instantBuilds,
        boolean instantServices) {
    /** The settings that {@code slipway up} uses, below one directory. */
    public static Settings defaults(Path home) {
        return new Settings(
                home,
                0,
                "local-project",
                100000000001L,
                "slipway",
                List.of("europe-west1", "us-central1"),
                2,
                0,
                Duration.ofMinutes(4),
                Duration.ofMinutes(15),
                false,
                false);
    }
}
