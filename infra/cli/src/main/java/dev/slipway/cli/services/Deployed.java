package dev.slipway.cli.services;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.cli.installation.Cloud;
import dev.slipway.cli.terminal.Problem;
import dev.slipway.contracts.Answer;
import dev.slipway.contracts.Outcome;
import dev.slipway.contracts.ServiceKey;
import dev.slipway.contracts.ServiceName;
import dev.slipway.contracts.Shown;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What Cloud Run shows now, which answers do not tell: they say how each deployment ended.
 *
 * @param byRegion the services of each region that could be read
 */
public record Deployed(Map<String, Map<String, Service>> byRegion) {
    private static final int MOST_PAGES = 20;
    private static final int ID_IN_REVISION = 10;

    /**
     * A service as programs read it.
     *
     * @param revisions those that have traffic by the status
     */
    public record Document(boolean held, List<String> revisions, String url) {}

    /** Reads these regions; who may not read Cloud Run goes without. */
    public static Deployed in(Cloud cloud, Collection<String> regions) {
        Map<String, Map<String, Service>> byRegion = new HashMap<>();
        for (String region : regions) {
            read(Api.run(cloud), cloud.project(), region)
                    .ifPresent(found -> byRegion.put(region, found));
        }
        return new Deployed(Map.copyOf(byRegion));
    }

    /** Reads the regions of these answers. */
    public static Deployed around(Cloud cloud, List<Answer> answers) {
        return in(
                cloud,
                answers.stream()
                        .flatMap(answer -> Stream.ofNullable(answer.region()))
                        .distinct()
                        .toList());
    }

    private static Optional<Map<String, Service>> read(Api run, String project, String region) {
        String path = "projects/" + project + "/locations/" + region + "/services";
        Map<String, Service> found = new HashMap<>();
        try {
            String token = "";
            for (int page = 0; page < MOST_PAGES; page++) {
                JsonNode read =
                        run.get(path + "?pageSize=500" + token)
                                .orElseThrow(() -> Problem.failed(path + " is not there", ""));
                read.path("services").forEach(each -> keep(each, region, found));
                if (read.path("nextPageToken").asText().isEmpty()) {
                    return Optional.of(Map.copyOf(found));
                }
                token = "&pageToken=" + read.path("nextPageToken").asText();
            }
            return Optional.empty();
        } catch (Problem _) {
            return Optional.empty();
        }
    }

    private static void keep(JsonNode read, String region, Map<String, Service> found) {
        String name = read.path("name").asText();
        ServiceName.parse(name.substring(name.lastIndexOf('/') + 1))
                .map(service -> new ServiceKey(region, service))
                .ifPresent(key -> found.put(key.service().value(), Service.of(key, read)));
    }

    /** What somebody who reads this answer has to know besides; nothing where there is nothing. */
    public Optional<String> note(Answer answer) {
        Optional<Service> found = service(answer);
        if (found.isEmpty()) {
            boolean gone =
                    answer.outcome() != null
                            && answer.outcome().succeeded()
                            && byRegion.containsKey(String.valueOf(answer.region()));
            return gone ? Optional.of("not deployed any more") : Optional.empty();
        }
        Service service = found.get();
        List<String> notes = new ArrayList<>();
        if (service.held()) {
            notes.add("held: ./slipway release " + service.key().service());
        }
        if (answer.outcome() == Outcome.LIVE && !isOf(answer, service.live())) {
            notes.add("serves " + Shown.of(String.join(", ", service.live())));
        }
        return notes.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", notes));
    }

    private Optional<Service> service(Answer answer) {
        return Optional.ofNullable(byRegion.get(String.valueOf(answer.region())))
                .map(region -> region.get(String.valueOf(answer.service())));
    }

    /** A revision's name has the end of its deployment's id. */
    private static boolean isOf(Answer answer, List<String> revisions) {
        String id = answer.deployment();
        String end = "-" + id.substring(Math.max(0, id.length() - ID_IN_REVISION)) + "-";
        return revisions.isEmpty() || revisions.stream().anyMatch(it -> it.contains(end));
    }

    /** The services of these answers, by region and name. */
    public Map<String, Document> documents(List<Answer> answers) {
        Map<String, Document> documents = new TreeMap<>();
        for (Answer answer : answers) {
            service(answer)
                    .ifPresent(found -> documents.put(found.key().toString(), found.document()));
        }
        return documents;
    }
}
