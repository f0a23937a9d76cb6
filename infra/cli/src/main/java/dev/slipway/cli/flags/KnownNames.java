package dev.slipway.cli.flags;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Options of {@code gcloud run deploy} and {@code gcloud functions deploy} (528) that {@code drop}
 * knows and does not take, so that they are not called unknown.
 */
final class KnownNames {
    /** What a deployment could have, and Slipway does not deploy yet. */
    private static final List<String> NOT_YET =
            List.of(
                    "--add-cloudsql-instances",
                    "--add-custom-audiences",
                    "--add-volume",
                    "--add-volume-mount",
                    "--args",
                    "--automatic-updates",
                    "--base-image",
                    "--binary-authorization",
                    "--breakglass",
                    "--build-service-account",
                    "--build-worker-pool",
                    "--channel",
                    "--clear-base-image",
                    "--clear-binary-authorization",
                    "--clear-build-service-account",
                    "--clear-build-worker-pool",
                    "--clear-cloudsql-instances",
                    "--clear-custom-audiences",
                    "--clear-docker-repository",
                    "--clear-encryption-key-shutdown-hours",
                    "--clear-key",
                    "--clear-kms-key",
                    "--clear-network",
                    "--clear-network-tags",
                    "--clear-post-key-revocation-action-type",
                    "--clear-secrets",
                    "--clear-volume-mounts",
                    "--clear-volumes",
                    "--clear-vpc-connector",
                    "--command",
                    "--container",
                    "--cpu-boost",
                    "--cpu-throttling",
                    "--custom-audiences",
                    "--default-url",
                    "--depends-on",
                    "--deploy-health-check",
                    "--description",
                    "--destination-run-path",
                    "--docker-repository",
                    "--egress-settings",
                    "--encryption-key-shutdown-hours",
                    "--event-data-content-type",
                    "--event-filters-path-pattern",
                    "--execution-environment",
                    "--gpu",
                    "--gpu-type",
                    "--gpu-zonal-redundancy",
                    "--iap",
                    "--image",
                    "--ingress",
                    "--ingress-settings",
                    "--invoker-iam-check",
                    "--key",
                    "--kms-key",
                    "--launch-stage",
                    "--liveness-probe",
                    "--max",
                    "--mesh",
                    "--min",
                    "--network",
                    "--network-tags",
                    "--post-key-revocation-action-type",
                    "--readiness-probe",
                    "--regions",
                    "--remove-cloudsql-instances",
                    "--remove-custom-audiences",
                    "--remove-secrets",
                    "--remove-volume",
                    "--remove-volume-mount",
                    "--retry",
                    "--revision-suffix",
                    "--run-service-account",
                    "--runtime-update-policy",
                    "--scaling",
                    "--security-level",
                    "--serve-all-traffic-latest-revision",
                    "--service-account",
                    "--session-affinity",
                    "--set-cloudsql-instances",
                    "--set-custom-audiences",
                    "--set-secrets",
                    "--subnet",
                    "--tag",
                    "--threat-detection",
                    "--to-latest",
                    "--traffic",
                    "--trigger-channel",
                    "--trigger-event-filters-path-pattern",
                    "--trigger-location",
                    "--trigger-service-account",
                    "--update-secrets",
                    "--use-http2",
                    "--vpc-connector",
                    "--vpc-egress");

    /** What is said otherwise, or has no meaning here; and how it is said instead. */
    private static final Map<String, String> ELSEWHERE =
            Map.of(
                    "--source",
                    "Name the folder or archive itself: ./slipway drop FOLDER.",
                    "--stage-bucket",
                    "Where sources are staged is the operator's to say; leave it out.",
                    "--ignore-file",
                    "Put the rules into .gcloudignore of the folder.",
                    "--allow-unencrypted-build",
                    "It is consent given at gcloud's terminal; leave it out.",
                    "--format",
                    "Ask for JSON with --json.",
                    "--no-gen2",
                    "Slipway deploys to Cloud Run, which is what gen2 means; leave it out.",
                    "--account",
                    "Slipway uses application-default credentials; leave it out.");

    /** What drop does anyway. */
    static final List<String> AS_IT_IS = List.of("--gen2", "--quiet");

    private KnownNames() {}

    /** Every such option, and the next step for who typed it. */
    static Map<String, String> all() {
        Map<String, String> all = new LinkedHashMap<>(ELSEWHERE);
        for (String name : NOT_YET) {
            String step = "Leave it out; ./slipway drop --help lists those that work.";
            all.put(name, step);
            all.put("--no-" + name.substring(2), step);
        }
        return all;
    }

    static boolean isNotYet(String name) {
        return NOT_YET.contains(name) || NOT_YET.contains(name.replaceFirst("^--no-", "--"));
    }
}
