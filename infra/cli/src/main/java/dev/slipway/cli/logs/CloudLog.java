package dev.slipway.cli.logs;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.cli.installation.Cloud;
import dev.slipway.cli.services.Api;
import dev.slipway.contracts.ServiceKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * Entries of Cloud Logging, the newest so many at each asking (entries.list). They come some
 * seconds late, and not quite in order.
 */
public final class CloudLog implements Log {
    private final Api logging;
    private final String project;
    private final String filter;
    private final int limit;
    private final Set<String> told = new HashSet<>();

    private CloudLog(Cloud cloud, String filter, @Nullable Instant since, int limit) {
        this.logging = Api.logging(cloud);
        this.project = cloud.project();
        this.filter = filter + (since == null ? "" : " AND timestamp>=\"" + since + "\"");
        this.limit = limit;
    }

    /**
     * What a revision's instances wrote. The names are Cloud Run's own, so they hold no quotes.
     *
     * @param since only later entries; null for all
     * @param limit how many entries at most at each asking
     */
    public static CloudLog of(
            Cloud cloud, ServiceKey key, String revision, @Nullable Instant since, int limit) {
        String filter =
                "resource.type=\"cloud_run_revision\" AND resource.labels.location=\"%s\""
                                .formatted(key.region())
                        + " AND resource.labels.service_name=\"%s\"".formatted(key.service())
                        + " AND resource.labels.revision_name=\"%s\"".formatted(revision);
        return new CloudLog(cloud, filter, since, limit);
    }

    /** What a build wrote. */
    public static CloudLog ofBuild(Cloud cloud, String build, @Nullable Instant since, int limit) {
        String id = build.substring(build.lastIndexOf('/') + 1);
        return new CloudLog(
                cloud,
                "resource.type=\"build\" AND resource.labels.build_id=\"%s\"".formatted(id),
                since,
                limit);
    }

    @Override
    public List<String> news() {
        Map<String, Object> question = new LinkedHashMap<>();
        question.put("resourceNames", List.of("projects/" + project));
        question.put("filter", filter);
        question.put("orderBy", "timestamp desc");
        question.put("pageSize", limit);
        JsonNode answer = logging.post("entries:list", question);
        List<JsonNode> entries = new ArrayList<>();
        StreamSupport.stream(answer.path("entries").spliterator(), false)
                .filter(entry -> told.add(entry.path("insertId").asText()))
                .forEach(entries::add);
        entries.sort(Comparator.comparing(entry -> entry.path("timestamp").asText()));
        return entries.stream().map(CloudLog::text).filter(text -> !text.isBlank()).toList();
    }

    private static String text(JsonNode entry) {
        String said =
                entry.path("textPayload")
                        .asText(entry.path("jsonPayload").path("message").asText());
        JsonNode request = entry.path("httpRequest");
        return said.isEmpty() && request.isObject()
                ? request.path("requestMethod").asText()
                        + " "
                        + request.path("status").asText()
                        + " "
                        + request.path("requestUrl").asText()
                : said;
    }
}
