package dev.slipway.contracts.manifest;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Volumes, what each type of them has, and where containers see them. */
record Volumes(Given given) {
    /** Only here does Cloud Run show the sockets of Cloud SQL. */
    private static final String SOCKETS = "/cloudsql";

    /** The first of a type's keys is one that it needs; in memory it needs none. */
    private static final Map<String, List<String>> KEYS =
            Map.of(
                    "in-memory", List.of("sizeLimit"),
                    "cloud-storage", List.of("bucket", "readonly", "mountOptions"),
                    "nfs", List.of("location", "readonly"),
                    "secret", List.of("secret"),
                    "cloudsql", List.of("instances"));

    private static final Set<String> IN_SECOND_GENERATION = Set.of("cloud-storage", "nfs");

    void check() {
        Map<String, String> types = new HashMap<>();
        for (Given volume : given.items("volumes").toList()) {
            checkKeys(volume, volume.text("type", ""));
            String name = volume.text("name", "");
            if (types.put(name, volume.text("type", "")) != null && volume.has("name")) {
                volume.unfit("name", "is a second volume '" + name + "'; keep one");
            }
        }
        if (given.text("executionEnvironment", "").equals("gen1")
                && types.values().stream().anyMatch(IN_SECOND_GENERATION::contains)) {
            given.unfit(
                    "executionEnvironment",
                    "is 'gen1' with a volume of type cloud-storage or nfs, which needs gen2");
        }
        Stream.concat(Stream.of(given), given.items("containers"))
                .forEach(container -> checkMounts(container, types));
    }

    private static void checkKeys(Given volume, String type) {
        List<String> keys = KEYS.getOrDefault(type, List.of());
        if (keys.isEmpty()) {
            return;
        }
        String needed = keys.getFirst();
        if (!type.equals("in-memory") && volume.node(needed).isMissingNode()) {
            volume.problems()
                    .unfit(
                            volume.path(),
                            volume.map(),
                            "is of type " + type + " without " + needed);
        }
        volume.map()
                .fieldNames()
                .forEachRemaining(
                        key -> {
                            if (!keys.contains(key) && !Set.of("name", "type").contains(key)) {
                                volume.problems()
                                        .field(
                                                volume.at(key),
                                                "is nothing that a volume of type "
                                                        + type
                                                        + " has; it has "
                                                        + String.join(", ", keys));
                            }
                        });
    }

    private void checkMounts(Given container, Map<String, String> types) {
        Set<String> paths = new HashSet<>();
        for (Given mount : container.items("volumeMounts").toList()) {
            String volume = mount.text("volume", "");
            String path = mount.text("mountPath", "");
            if (mount.has("volume") && !types.containsKey(volume) && !given.refused("volumes")) {
                mount.unfit("volume", "is '" + volume + "', which is none of volumes");
            }
            if (mount.has("mountPath") && !paths.add(path)) {
                mount.unfit("mountPath", "is '" + path + "' a second time; keep one");
            } else if ("cloudsql".equals(types.get(volume)) && !path.equals(SOCKETS)) {
                mount.unfit("mountPath", "is '" + path + "'; allowed for cloudsql is " + SOCKETS);
            }
        }
    }
}
