package dev.slipway.upload.decide;

import dev.slipway.contracts.Reason;
import dev.slipway.contracts.ServiceKey;
import dev.slipway.contracts.ServiceName;
import dev.slipway.contracts.Shown;
import dev.slipway.contracts.Verdict;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where a drop goes, by its object's name alone: {@code [<region>/]<service>.<suffix>} or {@code
 * [<region>/]<service>/<anything>.<suffix>}.
 */
public sealed interface DropName {
    /** To this service. */
    record To(ServiceKey service) implements DropName {}

    /** It is an archive, but its name yields no service. */
    record Refused(Verdict verdict) implements DropName {}

    /** It is none of ours. */
    record Ignored(Why why) implements DropName {}

    /** Why an object is none of ours. */
    enum Why {
        /** Slipway's own answer to a drop. */
        ANSWER,
        /** A folder's marker: its name ends with a slash. */
        FOLDER,
        /** A part of an upload that gcloud or gsutil composes afterwards. */
        UPLOAD_PART,
        /** No archive by its suffix. */
        OTHER_SUFFIX
    }

    /** What an archive's name ends with; the longer ones first. */
    List<String> SUFFIXES = List.of(".tar.gz", ".tgz", ".tar", ".zip");

    /** What Slipway's own answers start with. */
    String ANSWERS = "status/";

    /** gcloud: storage/parallel_composite_upload_component_prefix; gsutil has one of its own. */
    List<String> UPLOAD_PARTS =
            List.of(
                    "gcloud/tmp/parallel_composite_uploads/",
                    "gsutil/tmp/parallel_composite_uploads/");

    /** The form of Google's region names, all continents. */
    Pattern REGION =
            Pattern.compile(
                    "(africa|asia|australia|europe|me|northamerica|southamerica|us)"
                            + "-(north|south|east|west|central|northeast|northwest|southeast|southwest)"
                            + "\\d{1,2}");

    /**
     * Reads a name.
     *
     * @param regions that the operator allows; the first is the default
     */
    static DropName of(String object, List<String> regions) {
        return ignored(object)
                .<DropName>map(Ignored::new)
                .orElseGet(() -> archive(withoutSuffix(object), regions));
    }

    private static Optional<Why> ignored(String object) {
        String fromRoot = object.startsWith("/") ? object.substring(1) : object;
        if (object.startsWith(ANSWERS)) {
            return Optional.of(Why.ANSWER);
        }
        if (object.endsWith("/")) {
            return Optional.of(Why.FOLDER);
        }
        if (UPLOAD_PARTS.stream().anyMatch(fromRoot::startsWith)) {
            return Optional.of(Why.UPLOAD_PART);
        }
        return SUFFIXES.stream().noneMatch(object::endsWith)
                ? Optional.of(Why.OTHER_SUFFIX)
                : Optional.empty();
    }

    private static String withoutSuffix(String object) {
        return SUFFIXES.stream()
                .filter(object::endsWith)
                .findFirst()
                .map(suffix -> object.substring(0, object.length() - suffix.length()))
                .orElse(object);
    }

    private static DropName archive(String name, List<String> regions) {
        String[] segments = name.split("/", -1);
        boolean inFolder = segments.length > 1;
        if (inFolder && regions.contains(segments[0])) {
            return to(segments[0], segments[1]);
        }
        if (inFolder && REGION.matcher(segments[0]).matches()) {
            return new Refused(regionNotAllowed(segments[0], regions));
        }
        return to(regions.getFirst(), segments[0]);
    }

    private static DropName to(String region, String service) {
        return ServiceName.parse(service)
                .<DropName>map(name -> new To(new ServiceKey(region, name)))
                .orElseGet(() -> new Refused(nameInvalid(service)));
    }

    private static Verdict nameInvalid(String service) {
        return Verdict.of(
                Reason.NAME_INVALID,
                "The object's name says the service '"
                        + Shown.of(service)
                        + "'; a service's name starts with a-z, goes on with a-z, 0-9 and -, ends"
                        + " with no -, and has fewer than 50 characters.");
    }

    /** Else one deployment to a region that is not served would become a service of its name. */
    private static Verdict regionNotAllowed(String region, List<String> regions) {
        return Verdict.of(
                Reason.REGION_NOT_ALLOWED,
                "The object's name says the region '"
                        + region
                        + "'; your operator allows "
                        + String.join(", ", regions)
                        + ".");
    }
}
