package dev.slipway.local.run;

import com.google.cloud.run.v2.Service;
import com.google.cloud.run.v2.ServiceScaling.ScalingMode;
import com.google.cloud.run.v2.TrafficTarget;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** What Cloud Run accepts of a service, and of that what is imitated here. */
final class ServiceRules {
    private static final Pattern ID = Pattern.compile("[a-z]([-a-z0-9]*[a-z0-9])?");
    private static final int LONGEST_ID = 49;
    private static final int LONGEST_DESCRIPTION = 512;
    private static final int MOST_LABELS = 64;
    private static final int MOST_ANNOTATION_BYTES = 256 << 10;
    private static final Pattern LABEL_KEY =
            Pattern.compile("[\\p{Ll}\\p{Lo}][\\p{Ll}\\p{Lo}\\p{N}_-]{0,62}");
    private static final Pattern LABEL_VALUE = Pattern.compile("[\\p{Ll}\\p{Lo}\\p{N}_-]{0,63}");
    private static final Pattern ANNOTATION_KEY =
            Pattern.compile(
                    "([a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?");
    private static final List<String> RESERVED =
            List.of(
                    "run.googleapis.com",
                    "cloud.googleapis.com",
                    "serving.knative.dev",
                    "autoscaling.knative.dev");

    private ServiceRules() {}

    static void checkId(String id) {
        if (!ID.matcher(id).matches() || id.length() > LONGEST_ID) {
            throw Refused.invalid(
                    "service_id",
                    ("'%s' must begin with a lower-case letter, hold only lower-case letters, digits"
                                    + " and hyphens, not end with a hyphen, and have fewer than 50 characters")
                            .formatted(id));
        }
    }

    static void check(ServiceName name, Service spec) {
        refuseWhatIsNotImitated(spec);
        if (spec.getDescription().length() > LONGEST_DESCRIPTION) {
            throw Refused.invalid("service.description", "at most 512 characters");
        }
        checkLabels("service.labels", spec.getLabelsMap());
        checkAnnotations("service.annotations", spec.getAnnotationsMap());
        if (!spec.hasTemplate()) {
            throw Refused.invalid("service.template", "is required");
        }
        TemplateRules.check(name, spec.getTemplate());
        checkTraffic(spec.getTrafficList());
    }

    private static void refuseWhatIsNotImitated(Service spec) {
        if (spec.hasBinaryAuthorization()) {
            throw Refused.notImitated("service.binary_authorization");
        }
        if (spec.getDefaultUriDisabled()) {
            throw Refused.notImitated("service.default_uri_disabled");
        }
        if (spec.getIapEnabled()) {
            throw Refused.notImitated("service.iap_enabled");
        }
        if (spec.hasMultiRegionSettings()) {
            throw Refused.notImitated("service.multi_region_settings");
        }
        if (spec.getScaling().getScalingMode() == ScalingMode.MANUAL) {
            throw Refused.notImitated("service.scaling.scaling_mode MANUAL");
        }
        if (spec.getScaling().getMinInstanceCount() < 0) {
            throw Refused.invalid("service.scaling.min_instance_count", "is 0 or more");
        }
    }

    static void checkLabels(String field, Map<String, String> labels) {
        refuseReserved(field, labels);
        if (labels.size() > MOST_LABELS) {
            throw Refused.invalid(field, "at most 64, found " + labels.size());
        }
        labels.forEach(
                (key, value) -> {
                    if (!LABEL_KEY.matcher(key).matches()
                            || !LABEL_VALUE.matcher(value).matches()) {
                        throw Refused.invalid(
                                field,
                                "'%s: %s' is none: lower-case letters, digits, _ and -, the key begins with a letter, each at most 63 characters"
                                        .formatted(key, value));
                    }
                });
    }

    static void checkAnnotations(String field, Map<String, String> annotations) {
        refuseReserved(field, annotations);
        int bytes = 0;
        for (Map.Entry<String, String> annotation : annotations.entrySet()) {
            if (!ANNOTATION_KEY.matcher(annotation.getKey()).matches()) {
                throw Refused.invalid(
                        field, "'" + annotation.getKey() + "' is no key: [PREFIX/]NAME");
            }
            bytes += annotation.getKey().length();
            bytes += annotation.getValue().getBytes(StandardCharsets.UTF_8).length;
        }
        if (bytes > MOST_ANNOTATION_BYTES) {
            throw Refused.invalid(field, "at most 256 KiB in all, found " + bytes + " bytes");
        }
    }

    private static void refuseReserved(String field, Map<String, String> pairs) {
        for (String key : pairs.keySet()) {
            String namespace = key.contains("/") ? key.substring(0, key.indexOf('/')) : key;
            for (String reserved : RESERVED) {
                if (namespace.equals(reserved) || namespace.endsWith("." + reserved)) {
                    throw Refused.invalid(
                            field,
                            "'%s' is of a namespace that v2 does not support: %s"
                                    .formatted(key, RESERVED));
                }
            }
        }
    }

    private static void checkTraffic(List<TrafficTarget> traffic) {
        int sum = 0;
        for (int i = 0; i < traffic.size(); i++) {
            check("service.traffic[" + i + "]", traffic.get(i));
            sum += traffic.get(i).getPercent();
        }
        if (sum != 100) {
            throw Refused.invalid("service.traffic", "the percents add up to 100, not " + sum);
        }
    }

    private static void check(String field, TrafficTarget target) {
        if (!target.getTag().isEmpty()) {
            throw Refused.notImitated(field + ".tag");
        }
        if (target.getPercent() < 0 || target.getPercent() > 100) {
            throw Refused.invalid(
                    field + ".percent", "is from 0 to 100, not " + target.getPercent());
        }
        String revision = target.getRevision();
        switch (target.getType()) {
            case TRAFFIC_TARGET_ALLOCATION_TYPE_LATEST -> {
                if (!revision.isEmpty()) {
                    throw Refused.invalid(field + ".revision", "is empty where the type is LATEST");
                }
            }
            case TRAFFIC_TARGET_ALLOCATION_TYPE_REVISION -> {
                if (revision.isEmpty() || revision.contains("/")) {
                    throw Refused.invalid(
                            field + ".revision",
                            "is a revision's short name where the type is REVISION, not '"
                                    + revision
                                    + "'");
                }
            }
            case TRAFFIC_TARGET_ALLOCATION_TYPE_UNSPECIFIED, UNRECOGNIZED ->
                    throw Refused.invalid(field + ".type", "is LATEST or REVISION");
        }
    }
}
