package dev.slipway.local.storage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.local.Settings;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What may be chosen of a bucket, and what its name may be. */
final class BucketSettings {
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9_-]{1,61}[a-z0-9]");
    private static final Pattern DOTTED =
            Pattern.compile("(?=.{3,222}$)[a-z0-9][a-z0-9_-]{0,62}(?:\\.[a-z0-9_-]{1,63})+");
    private static final Pattern KEY =
            Pattern.compile("projects/[^/]+/locations/([^/]+)/keyRings/[^/]+/cryptoKeys/[^/]+");
    private static final Set<String> MULTI_REGIONS = Set.of("us", "eu", "asia");
    private static final List<String> FIELDS =
            List.of(
                    "autoclass",
                    "cors",
                    "defaultEventBasedHold",
                    "encryption",
                    "iamConfiguration",
                    "labels",
                    "lifecycle",
                    "location",
                    "logging",
                    "retentionPolicy",
                    "rpo",
                    "softDeletePolicy",
                    "versioning",
                    "website");
    private static final List<String> REFUSED =
            List.of(
                    "acl",
                    "billing",
                    "customPlacementConfig",
                    "defaultObjectAcl",
                    "hierarchicalNamespace",
                    "ipFilter",
                    "objectRetention");

    private BucketSettings() {}

    static String name(ObjectNode wanted) {
        String name = Json.text(wanted.path("name"), "");
        if (name.isEmpty()) {
            throw StorageError.required("name");
        }
        boolean allowed = NAME.matcher(name).matches() || DOTTED.matcher(name).matches();
        if (!allowed || name.startsWith("goog") || name.contains("google")) {
            throw StorageError.invalid("Invalid bucket name: '" + name + "'");
        }
        return name;
    }

    static ObjectNode forInsert(ObjectNode wanted, Settings settings) {
        ObjectNode chosen = forUpdate(wanted, settings);
        if (!chosen.has("location")) {
            chosen.put("location", "US");
        }
        return chosen;
    }

    /** What an update leaves: everything that it does not name is gone, but the location. */
    static ObjectNode forUpdate(ObjectNode wanted, Settings settings) {
        refuse(wanted);
        ObjectNode chosen = wanted.deepCopy();
        chosen.retain(FIELDS);
        Patch.withoutNulls(chosen);
        String location = Json.text(chosen.path("location"), "us").toLowerCase(Locale.ROOT);
        if (!MULTI_REGIONS.contains(location) && !settings.regions().contains(location)) {
            throw StorageError.invalid("The specified location constraint is not valid.");
        }
        requireKeyIn(location, chosen);
        return chosen;
    }

    /** What a patch leaves; null removes a field. */
    static ObjectNode forPatch(ObjectNode standing, ObjectNode wanted) {
        refuse(wanted);
        ObjectNode named = wanted.deepCopy();
        named.retain(FIELDS);
        requireSameLocation(standing, named);
        named.remove("location");
        ObjectNode merged = Patch.merged(standing, named);
        requireKeyIn(Json.text(merged.path("location"), "US"), merged);
        return merged;
    }

    /** A bucket's default key is one of its own location; whether there is one cannot be told. */
    private static void requireKeyIn(String location, ObjectNode chosen) {
        JsonNode encryption = chosen.path("encryption");
        for (Map.Entry<String, JsonNode> field : encryption.properties()) {
            if (!field.getKey().equals("defaultKmsKeyName")) {
                throw StorageError.unimplemented("a bucket's encryption." + field.getKey());
            }
        }
        String key = Json.text(encryption.path("defaultKmsKeyName"), "");
        Matcher form = KEY.matcher(key);
        if (!key.isEmpty() && !form.matches()) {
            throw StorageError.invalid("Malformed Cloud KMS crypto key: " + key);
        }
        if (!key.isEmpty() && !form.group(1).equalsIgnoreCase(location)) {
            throw StorageError.invalid(
                    "Bucket location " + location + " does not match the location of key " + key);
        }
    }

    static void requireSameLocation(ObjectNode standing, ObjectNode wanted) {
        String was = Json.text(standing.path("location"), "US");
        if (!Json.text(wanted.path("location"), was).equalsIgnoreCase(was)) {
            throw StorageError.invalid("A bucket's location cannot be changed.");
        }
    }

    private static void refuse(ObjectNode wanted) {
        for (String field : REFUSED) {
            JsonNode value = wanted.path(field);
            if (!value.isMissingNode() && !value.isNull() && !value.isEmpty()) {
                throw StorageError.unimplemented("a bucket's " + field);
            }
        }
    }
}
