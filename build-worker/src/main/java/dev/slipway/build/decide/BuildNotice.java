package dev.slipway.build.decide;

import java.util.List;
import java.util.Optional;

/**
 * That a build of the project changed its status. It is a hint only: notices come late, twice, out
 * of order, and about everybody's builds.
 */
public record BuildNotice(String name, BuildSeen.Status status, List<String> tags) {
    /** Copies the tags. */
    public BuildNotice {
        tags = List.copyOf(tags);
    }

    /** Our tag on it, if it is a build of this installation. */
    public Optional<BuildTag> ours(String installation) {
        return tags.stream().flatMap(tag -> BuildTag.parse(installation, tag).stream()).findFirst();
    }
}
