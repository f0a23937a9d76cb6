package dev.slipway.local.build;

import com.google.cloudbuild.v1.Build;
import com.google.cloudbuild.v1.BuiltImage;
import com.google.protobuf.Timestamp;
import com.google.protobuf.util.Timestamps;
import java.text.ParseException;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What lists can be filtered by.
 *
 * @param values what a build has there
 */
record BuildField(String name, boolean isTime, Function<Build, List<String>> values) {
    private static final List<BuildField> ALL =
            List.of(
                    text("build_id", build -> List.of(build.getId())),
                    text("status", build -> List.of(build.getStatus().name())),
                    text("tags", Build::getTagsList),
                    text("images", Build::getImagesList),
                    text("project_id", build -> List.of(build.getProjectId())),
                    text("trigger_id", build -> List.of(build.getBuildTriggerId())),
                    text(
                            "source.storage_source.bucket",
                            build -> List.of(build.getSource().getStorageSource().getBucket())),
                    text(
                            "source.storage_source.object",
                            build -> List.of(build.getSource().getStorageSource().getObject())),
                    text("results.images.name", build -> images(build, BuiltImage::getName)),
                    text("results.images.digest", build -> images(build, BuiltImage::getDigest)),
                    time("create_time", Build::hasCreateTime, Build::getCreateTime),
                    time("start_time", Build::hasStartTime, Build::getStartTime),
                    time("finish_time", Build::hasFinishTime, Build::getFinishTime));

    private static BuildField text(String name, Function<Build, List<String>> values) {
        return new BuildField(name, false, values);
    }

    private static BuildField time(
            String name, Predicate<Build> has, Function<Build, Timestamp> time) {
        return new BuildField(
                name,
                true,
                build ->
                        has.test(build)
                                ? List.of(Timestamps.toString(time.apply(build)))
                                : List.of());
    }

    private static List<String> images(Build build, Function<BuiltImage, String> value) {
        return build.getResults().getImagesList().stream().map(value).toList();
    }

    static @Nullable BuildField named(String name) {
        String snake = name.replaceAll("([a-z])([A-Z])", "$1_$2").toLowerCase(Locale.ROOT);
        return ALL.stream().filter(known -> known.name.equals(snake)).findFirst().orElse(null);
    }

    static List<String> names() {
        return ALL.stream().map(BuildField::name).toList();
    }

    /** A comparison with any of a build's values; null where there is none of this kind. */
    @Nullable Predicate<Build> compare(String operator, String value) {
        if (isTime && !isTime(value)) {
            return null;
        }
        return switch (operator) {
            case "=", ":" -> build -> has(build, value, sign -> sign == 0);
            case "!=" -> build -> !has(build, value, sign -> sign == 0);
            case "<" -> isTime ? build -> has(build, value, sign -> sign < 0) : null;
            case "<=" -> isTime ? build -> has(build, value, sign -> sign <= 0) : null;
            case ">" -> isTime ? build -> has(build, value, sign -> sign > 0) : null;
            case ">=" -> isTime ? build -> has(build, value, sign -> sign >= 0) : null;
            default -> null;
        };
    }

    private boolean has(Build build, String value, Predicate<Integer> wanted) {
        return values.apply(build).stream()
                .anyMatch(
                        own ->
                                wanted.test(
                                        isTime
                                                ? Timestamps.compare(instant(own), instant(value))
                                                : own.compareTo(value)));
    }

    private static boolean isTime(String value) {
        try {
            Timestamps.parse(value);
            return true;
        } catch (ParseException _) {
            return false;
        }
    }

    private static Timestamp instant(String value) {
        try {
            return Timestamps.parse(value);
        } catch (ParseException e) {
            throw new IllegalArgumentException(value + " is no time", e);
        }
    }
}
