package dev.slipway.upload.decide;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Which bucket a source is staged in. */
public sealed interface StagingChoice {
    /** This one, which is the project's own. */
    record Use(String bucket) implements StagingChoice {}

    /** This one, once it was made. */
    record Create(String bucket) implements StagingChoice {}

    /**
     * None.
     *
     * @param tried what was tried
     * @param why it cannot be, and what to do
     */
    record Refuse(String tried, String why) implements StagingChoice {}

    /**
     * A bucket in the project's own list.
     *
     * @param key the full name of its default key; null: the platform's own
     * @param retention whether it has a retention policy
     */
    record Listed(String name, @Nullable String key, boolean retention) {}

    /** What names to list: those that begin with one of these decide. */
    static Set<String> prefixes(StagingPlan plan, OperatorStaging operator) {
        Set<String> prefixes = new LinkedHashSet<>();
        boolean keyed = operator.keyIn(plan.region()).isPresent();
        if (keyed && plan.keyedPrefix() != null) {
            prefixes.add(plan.keyedPrefix());
        }
        operator.bucketIn(plan.region())
                .or(() -> Optional.of(plan.bucket()).filter(_ -> !keyed))
                .ifPresent(prefixes::add);
        return prefixes;
    }

    /**
     * The choice.
     *
     * @param listed the project's own buckets, at least those of {@link #prefixes}
     */
    static StagingChoice of(StagingPlan plan, OperatorStaging operator, List<Listed> listed) {
        Optional<String> key = operator.keyIn(plan.region());
        Optional<StagingChoice> named =
                operator.bucketIn(plan.region()).map(name -> operators(name, key, listed));
        if (key.isEmpty()) {
            return named.orElseGet(() -> paths(plan.bucket(), listed));
        }
        String prefix = plan.keyedPrefix();
        if (prefix == null) {
            return named.orElseGet(() -> nameless(key.get()));
        }
        List<Listed> known = startingWith(prefix, listed);
        List<Listed> fitting =
                known.stream().filter(bucket -> key.get().equals(bucket.key)).toList();
        return fitting.size() == 1
                ? usable(fitting.getFirst())
                : named.orElseGet(() -> undecided(prefix, key.get(), known, fitting));
    }

    private static StagingChoice paths(String name, List<Listed> listed) {
        return find(name, listed).map(StagingChoice::usable).orElseGet(() -> new Create(name));
    }

    private static StagingChoice operators(String name, Optional<String> key, List<Listed> listed) {
        Optional<Listed> found = find(name, listed);
        if (found.isEmpty()) {
            return new Refuse(
                    "use the staging bucket " + name,
                    "this project has none of that name; create it, or set "
                            + OperatorStaging.BUCKET_SETTING
                            + " to another");
        }
        if (key.isPresent() && !key.get().equals(found.get().key)) {
            return new Refuse(
                    "use the staging bucket " + name,
                    "it has "
                            + keyOf(found.get())
                            + " and not "
                            + key.get()
                            + "; change it, or set "
                            + OperatorStaging.BUCKET_SETTING
                            + " to another");
        }
        return usable(found.get());
    }

    private static StagingChoice nameless(String key) {
        return new Refuse(
                "stage a source with the key " + key,
                "profile run has no bucket for that; set "
                        + OperatorStaging.BUCKET_SETTING
                        + " to a bucket whose default key it is");
    }

    private static StagingChoice undecided(
            String prefix, String key, List<Listed> known, List<Listed> fitting) {
        String found =
                fitting.isEmpty()
                        ? "none has it (there "
                                + (known.isEmpty() ? "are none" : "are " + words(known))
                                + ")"
                        : "several have it (" + words(fitting) + ")";
        return new Refuse(
                "find the one staging bucket " + prefix + "… with the key " + key,
                found
                        + "; set "
                        + OperatorStaging.BUCKET_SETTING
                        + " to a bucket whose default key it is");
    }

    private static String words(List<Listed> buckets) {
        return buckets.stream()
                .map(bucket -> bucket.name + " with " + keyOf(bucket))
                .collect(Collectors.joining(", "));
    }

    private static String keyOf(Listed bucket) {
        return bucket.key == null ? "no default key" : "the default key " + bucket.key;
    }

    /** What builds read has to be deletable by who owns it; Google's own path sets none either. */
    private static StagingChoice usable(Listed bucket) {
        return bucket.retention
                ? new Refuse(
                        "use the staging bucket " + bucket.name,
                        "it has a retention policy; remove the policy")
                : new Use(bucket.name);
    }

    private static Optional<Listed> find(String name, List<Listed> listed) {
        return listed.stream().filter(bucket -> bucket.name.equals(name)).findFirst();
    }

    private static List<Listed> startingWith(String prefix, List<Listed> listed) {
        return listed.stream().filter(bucket -> bucket.name.startsWith(prefix)).toList();
    }
}
