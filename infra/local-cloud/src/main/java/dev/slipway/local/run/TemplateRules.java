package dev.slipway.local.run;

import com.google.cloud.run.v2.RevisionTemplate;
import com.google.protobuf.util.Durations;
import java.util.regex.Pattern;

/** What Cloud Run accepts of a revision's template, and of that what is imitated here. */
final class TemplateRules {
    private static final String FIELD = "service.template";
    private static final Pattern LABEL = Pattern.compile("[a-z]([-a-z0-9]*[a-z0-9])?");
    private static final int LONGEST_REVISION = 63;
    private static final int MOST_CONCURRENCY = 1000;
    private static final int LONGEST_TIMEOUT_SECONDS = 3600;

    private TemplateRules() {}

    static void check(ServiceName name, RevisionTemplate template) {
        refuseWhatIsNotImitated(template);
        checkRevision(name, template.getRevision());
        ServiceRules.checkLabels(FIELD + ".labels", template.getLabelsMap());
        ServiceRules.checkAnnotations(FIELD + ".annotations", template.getAnnotationsMap());
        checkNumbers(template);
        if (template.getContainersCount() == 0) {
            throw Refused.invalid(FIELD + ".containers", "exactly one is required");
        }
        if (template.getContainersCount() > 1) {
            throw Refused.notImitated(FIELD + ".containers[1]");
        }
        ContainerRules.check(FIELD + ".containers[0]", template);
    }

    private static void refuseWhatIsNotImitated(RevisionTemplate template) {
        if (template.hasVpcAccess()) {
            throw Refused.notImitated(FIELD + ".vpc_access");
        }
        if (template.getVolumesCount() > 0) {
            throw Refused.notImitated(FIELD + ".volumes");
        }
        if (!template.getEncryptionKey().isEmpty()) {
            throw Refused.notImitated(FIELD + ".encryption_key");
        }
        if (template.getEncryptionKeyRevocationActionValue() != 0) {
            throw Refused.notImitated(FIELD + ".encryption_key_revocation_action");
        }
        if (template.hasEncryptionKeyShutdownDuration()) {
            throw Refused.notImitated(FIELD + ".encryption_key_shutdown_duration");
        }
        if (template.hasServiceMesh()) {
            throw Refused.notImitated(FIELD + ".service_mesh");
        }
        if (template.hasNodeSelector() || template.hasGpuZonalRedundancyDisabled()) {
            throw Refused.notImitated(FIELD + ".node_selector");
        }
    }

    private static void checkRevision(ServiceName name, String revision) {
        if (revision.isEmpty()) {
            return;
        }
        String prefix = name.id() + "-";
        if (!revision.startsWith(prefix)
                || !LABEL.matcher(revision).matches()
                || revision.length() > LONGEST_REVISION) {
            throw Refused.invalid(
                    FIELD + ".revision",
                    ("'%s' must be prefixed by '%s', hold only lower-case letters, digits and"
                                    + " hyphens, not end with a hyphen, and have at most 63 characters")
                            .formatted(revision, prefix));
        }
    }

    private static void checkNumbers(RevisionTemplate template) {
        int concurrency = template.getMaxInstanceRequestConcurrency();
        if (concurrency < 1 || concurrency > MOST_CONCURRENCY) {
            throw Refused.invalid(
                    FIELD + ".max_instance_request_concurrency",
                    "is from 1 to 1000, not " + concurrency);
        }
        if (!Durations.isValid(template.getTimeout())
                || Durations.compare(template.getTimeout(), Durations.fromSeconds(1)) < 0
                || Durations.compare(
                                template.getTimeout(),
                                Durations.fromSeconds(LONGEST_TIMEOUT_SECONDS))
                        > 0) {
            throw Refused.invalid(
                    FIELD + ".timeout",
                    "is from 1s to 3600s, not "
                            + template.getTimeout().getSeconds()
                            + "."
                            + template.getTimeout().getNanos());
        }
        int least = template.getScaling().getMinInstanceCount();
        int most = template.getScaling().getMaxInstanceCount();
        if (least < 0 || most < 1 || least > most) {
            throw Refused.invalid(
                    FIELD + ".scaling",
                    "0 ≤ min_instance_count ≤ max_instance_count, and the latter at least 1; found %d and %d"
                            .formatted(least, most));
        }
    }
}
