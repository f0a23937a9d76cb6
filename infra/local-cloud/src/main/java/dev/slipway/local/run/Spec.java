package dev.slipway.local.run;

import com.google.cloud.run.v2.RevisionTemplate;
import com.google.cloud.run.v2.Service;
import com.google.protobuf.FieldMask;
import com.google.protobuf.util.FieldMaskUtil;
import com.google.protobuf.util.FieldMaskUtil.MergeOptions;

/** The part of a service that callers write; the rest is output only. */
final class Spec {
    private static final FieldMask WRITABLE =
            FieldMaskUtil.fromString(
                    Service.class,
                    "description,labels,annotations,client,client_version,ingress,launch_stage,"
                            + "binary_authorization,template,traffic,scaling,invoker_iam_disabled,"
                            + "default_uri_disabled,iap_enabled,multi_region_settings,"
                            + "custom_audiences,build_config");
    private static final MergeOptions REPLACE =
            new MergeOptions()
                    .setReplaceMessageFields(true)
                    .setReplaceRepeatedFields(true)
                    .setReplacePrimitiveFields(true);

    private Spec() {}

    static Service of(Service service) {
        return merge(WRITABLE, service, Service.getDefaultInstance());
    }

    /** The stored spec with what the mask names taken from {@code asked}; no mask is everything. */
    static Service merged(Service stored, Service asked, FieldMask mask) {
        if (mask.getPathsCount() == 0 || mask.getPathsList().contains("*")) {
            return of(asked);
        }
        for (String path : mask.getPathsList()) {
            if (!FieldMaskUtil.isValid(Service.class, path)) {
                throw Refused.invalid("update_mask", "'" + path + "' is no field of a Service");
            }
        }
        FieldMask fields = FieldMaskUtil.intersection(FieldMaskUtil.normalize(mask), WRITABLE);
        return merge(fields, asked, of(stored));
    }

    /** A template without its name: what makes two revisions alike. */
    static RevisionTemplate configuration(RevisionTemplate template) {
        return template.toBuilder().clearRevision().build();
    }

    private static Service merge(FieldMask fields, Service from, Service into) {
        Service.Builder merged = into.toBuilder();
        FieldMaskUtil.merge(fields, from, merged, REPLACE);
        return merged.build();
    }
}
