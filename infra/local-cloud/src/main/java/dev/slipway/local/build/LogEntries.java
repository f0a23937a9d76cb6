package dev.slipway.local.build;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.cloudbuild.v1.Build;
import com.google.protobuf.Timestamp;
import com.google.protobuf.util.Timestamps;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.server.ServerBuilder;
import com.linecorp.armeria.server.ServiceRequestContext;
import dev.slipway.local.Callers;
import dev.slipway.local.Settings;
import dev.slipway.local.Transcoded;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.text.ParseException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The one question that {@code gcloud builds log} asks Cloud Logging ({@code entries:list} of its
 * REST API v2) where a build logs there only, as those of {@code builds:submit} do: the lines of
 * one build's log. An entry is a line; its time is the build's start.
 */
final class LogEntries {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String PATH = "exact:/logging/v2/entries:list";
    private static final int LARGEST_REQUEST_BYTES = 64 << 10;
    private static final int MOST_ENTRIES = 1000;
    private static final Pattern TERM = Pattern.compile("([a-zA-Z._]+)(>?=)\"([^\"]*)\"");
    private static final String ALLOWED =
            "logName=\"projects/PROJECT/logs/cloudbuild\" AND resource.type=\"build\" AND"
                    + " timestamp>=\"TIME\" AND resource.labels.build_id=\"ID\"";

    private final Settings settings;
    private final Callers callers;
    private final BuildStore store;
    private final BuildLogs logs;

    LogEntries(Settings settings, Callers callers, BuildStore store, BuildLogs logs) {
        this.settings = settings;
        this.callers = callers;
        this.store = store;
        this.logs = logs;
    }

    void addTo(ServerBuilder server) {
        server.route()
                .post(PATH)
                .maxRequestLength(LARGEST_REQUEST_BYTES)
                .build(
                        (ServiceRequestContext context, HttpRequest request) ->
                                serve(context, request));
    }

    private HttpResponse serve(ServiceRequestContext context, HttpRequest request) {
        return HttpResponse.of(
                request.aggregate()
                        .thenApplyAsync(
                                asked -> answer(asked.contentUtf8()),
                                context.blockingTaskExecutor()));
    }

    private HttpResponse answer(String body) {
        try {
            callers.require("logging.logEntries.list", "project", "");
            JsonNode asked = JSON.readTree(body);
            return HttpResponse.of(
                    HttpStatus.OK, MediaType.JSON_UTF_8, JSON.writeValueAsString(listed(asked)));
        } catch (StatusRuntimeException e) {
            return Transcoded.error(
                    e.getStatus().getCode(), String.valueOf(e.getStatus().getDescription()));
        } catch (JsonProcessingException e) {
            return Transcoded.error(Status.Code.INVALID_ARGUMENT, "the body is no JSON: " + e);
        } catch (IOException e) {
            return Transcoded.error(Status.Code.INTERNAL, "the log cannot be read: " + e);
        }
    }

    private ObjectNode listed(JsonNode asked) throws IOException {
        ObjectNode answer = JSON.createObjectNode();
        Optional<Build> build = wanted(terms(asked.path("filter").asText()));
        if (build.isEmpty()) {
            return answer;
        }
        List<String> lines = new String(logs.read(build.get().getId()), UTF_8).lines().toList();
        int from = Math.clamp(asked.path("pageToken").asInt(0), 0, lines.size());
        int size = Math.clamp(asked.path("pageSize").asInt(MOST_ENTRIES), 1, MOST_ENTRIES);
        int to = Math.min(lines.size(), from + size);
        ArrayNode entries = answer.putArray("entries");
        for (int number = from; number < to; number++) {
            entries.add(entry(build.get(), number, lines.get(number)));
        }
        if (to < lines.size()) {
            answer.put("nextPageToken", Integer.toString(to));
        }
        return answer;
    }

    /** What the filter's terms say, or a refusal of the first that is not known. */
    private static Map<String, String> terms(String filter) {
        Map<String, String> terms = new HashMap<>();
        for (String text : filter.split("\\s+AND\\s+", -1)) {
            Matcher term = TERM.matcher(text.strip());
            String name = term.matches() ? term.group(1) + term.group(2) : "";
            switch (name) {
                case "logName=", "resource.type=", "resource.labels.build_id=", "timestamp>=" ->
                        terms.put(name, term.group(3));
                default ->
                        throw Status.UNIMPLEMENTED
                                .withDescription(
                                        "the local cloud keeps the builds' logs alone; the filter"
                                                + " is "
                                                + ALLOWED
                                                + ", not "
                                                + filter)
                                .asRuntimeException();
            }
        }
        return terms;
    }

    private Optional<Build> wanted(Map<String, String> terms) {
        String log = "projects/" + settings.project() + "/logs/cloudbuild";
        if (!terms.getOrDefault("logName=", log).equals(log)
                || !terms.getOrDefault("resource.type=", "build").equals("build")) {
            return Optional.empty();
        }
        Timestamp since = time(terms.getOrDefault("timestamp>=", "1970-01-01T00:00:00Z"));
        return store.find(terms.getOrDefault("resource.labels.build_id=", ""))
                .filter(build -> Timestamps.compare(started(build), since) >= 0);
    }

    private static Timestamp time(String text) {
        try {
            return Timestamps.parse(text);
        } catch (ParseException e) {
            throw Status.INVALID_ARGUMENT
                    .withDescription("the filter's timestamp is no RFC 3339 time: " + text)
                    .withCause(e)
                    .asRuntimeException();
        }
    }

    private static Timestamp started(Build build) {
        return build.hasStartTime() ? build.getStartTime() : build.getCreateTime();
    }

    private ObjectNode entry(Build build, int number, String line) {
        ObjectNode entry = JSON.createObjectNode();
        entry.put("logName", "projects/" + settings.project() + "/logs/cloudbuild");
        entry.put("insertId", build.getId() + "-" + number);
        entry.put("timestamp", Timestamps.toString(started(build)));
        entry.put("textPayload", line);
        ObjectNode resource = entry.putObject("resource").put("type", "build");
        resource.putObject("labels")
                .put("build_id", build.getId())
                .put("project_id", settings.project());
        return entry;
    }
}
