package dev.slipway.cli.services;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.contracts.ServiceKey;
import java.util.List;
import java.util.stream.StreamSupport;

/**
 * A service as Cloud Run shows it.
 *
 * @param url where it answers; empty before it does for the first time
 * @param live the revisions that have traffic by the status, by name
 * @param newest the revision that was made last, ready or not; empty where there is none
 * @param held whether deployments wait for a release
 */
public record Service(ServiceKey key, String url, List<String> live, String newest, boolean held) {
    private static final String HELD = "slipway.dev/held";
    private static final String ON = "on ";

    static Service of(ServiceKey key, JsonNode read) {
        String newest = read.path("latestCreatedRevision").asText();
        List<String> live =
                StreamSupport.stream(read.path("trafficStatuses").spliterator(), false)
                        .filter(target -> target.path("percent").asInt() > 0)
                        .map(target -> target.path("revision").asText())
                        .filter(revision -> !revision.isEmpty())
                        .toList();
        return new Service(
                key,
                read.path("uri").asText(),
                live,
                newest.substring(newest.lastIndexOf('/') + 1),
                read.path("annotations").path(HELD).asText().startsWith(ON));
    }

    /** As programs read it. */
    Deployed.Document document() {
        return new Deployed.Document(held, live, url);
    }

    /** The revisions whose logs matter now: those that serve, or else the newest. */
    public List<String> current() {
        if (!live.isEmpty()) {
            return live;
        }
        return newest.isEmpty() ? List.of() : List.of(newest);
    }
}
