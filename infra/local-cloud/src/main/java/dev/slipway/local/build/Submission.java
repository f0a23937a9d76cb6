package dev.slipway.local.build;

import com.google.cloud.run.v2.StorageSource;
import com.google.cloud.run.v2.SubmitBuildRequest;
import com.google.cloud.run.v2.SubmitBuildRequest.BuildTypeCase;
import com.google.cloud.run.v2.SubmitBuildRequest.BuildpacksBuild;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** What may stand in a request to submit a build, and what it asks for. */
final class Submission {
    private static final int MOST_TAGS = 64;
    private static final int MOST_VARIABLES = 100;
    private static final int LONGEST_VALUE = 32 * 1024;
    private static final Pattern TAG = Pattern.compile("\\w[\\w.-]{0,127}");
    private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,127}");
    private static final Pattern ACCOUNT =
            Pattern.compile("projects/([^/]+)/serviceAccounts/([^/]+)");
    private static final Pattern POOL =
            Pattern.compile("projects/[^/]+/locations/[^/]+/workerPools/[^/]+");

    /** {@code REGION-docker.pkg.dev/PROJECT/REPOSITORY/IMAGE[:TAG]}. */
    private static final Pattern IMAGE =
            Pattern.compile(
                    "([a-z0-9-]+-docker\\.pkg\\.dev/[a-z0-9][a-z0-9._-]*(?:/[a-z0-9][a-z0-9._-]*){2,})"
                            + "(?::(\\w[\\w.-]{0,127}))?");

    private Submission() {}

    /**
     * Refuses a request that Cloud Run would refuse, or that asks for what is not here.
     *
     * @throws StatusRuntimeException INVALID_ARGUMENT with the field, UNIMPLEMENTED
     */
    static void check(SubmitBuildRequest request) {
        checkSource(request);
        require(
                IMAGE.matcher(request.getImageUri()).matches(),
                "image_uri",
                request.getImageUri(),
                "REGION-docker.pkg.dev/PROJECT/REPOSITORY/IMAGE");
        if (request.getBuildTypeCase() == BuildTypeCase.DOCKER_BUILD) {
            throw unimplemented("docker_build: this cloud builds from sources without Docker");
        }
        require(request.hasBuildpackBuild(), "build_type", "", "buildpack_build or docker_build");
        checkBuildpacks(request.getBuildpackBuild());
        require(
                request.getServiceAccount().isEmpty()
                        || ACCOUNT.matcher(request.getServiceAccount()).matches(),
                "service_account",
                request.getServiceAccount(),
                "projects/PROJECT/serviceAccounts/ACCOUNT");
        checkTags(request);
        checkMachine(request);
    }

    private static void checkSource(SubmitBuildRequest request) {
        StorageSource source = request.getStorageSource();
        require(request.hasStorageSource(), "source", "", "storage_source");
        require(!source.getBucket().isEmpty(), "storage_source.bucket", "", "the name of a bucket");
        require(
                !source.getObject().isEmpty(),
                "storage_source.object",
                "",
                "the name of an object");
        require(
                source.getGeneration() >= 0,
                "storage_source.generation",
                Long.toString(source.getGeneration()),
                "a generation, or 0 for the live one");
    }

    private static void checkBuildpacks(BuildpacksBuild build) {
        if (!build.getCacheImageUri().isEmpty()) {
            throw unimplemented(
                    "buildpack_build.cache_image_uri: npm's and Maven's own caches are used");
        }
        if (!build.getProjectDescriptor().isEmpty()) {
            throw unimplemented("buildpack_build.project_descriptor");
        }
        require(
                build.getEnvironmentVariablesCount() <= MOST_VARIABLES,
                "buildpack_build.environment_variables",
                build.getEnvironmentVariablesCount() + " variables",
                "at most " + MOST_VARIABLES);
        build.getEnvironmentVariablesMap()
                .forEach(
                        (name, value) ->
                                require(
                                        VARIABLE.matcher(name).matches()
                                                && value.length() <= LONGEST_VALUE
                                                && value.indexOf(0) < 0,
                                        "buildpack_build.environment_variables",
                                        name,
                                        "a name of letters, digits and _, and a value of at most "
                                                + LONGEST_VALUE
                                                + " characters"));
    }

    private static void checkTags(SubmitBuildRequest request) {
        require(
                request.getTagsCount() <= MOST_TAGS,
                "tags",
                request.getTagsCount() + " tags",
                "at most " + MOST_TAGS);
        request.getTagsList()
                .forEach(
                        tag ->
                                require(
                                        TAG.matcher(tag).matches(),
                                        "tags",
                                        tag,
                                        "letters, digits, _, . and -, 128 at most"));
    }

    private static void checkMachine(SubmitBuildRequest request) {
        if (!request.getWorkerPool().isEmpty()) {
            require(
                    POOL.matcher(request.getWorkerPool()).matches(),
                    "worker_pool",
                    request.getWorkerPool(),
                    "projects/PROJECT/locations/LOCATION/workerPools/POOL");
            throw unimplemented("worker_pool: every build runs on this machine");
        }
        require(
                request.getMachineType().isEmpty()
                        || request.getMachineType().equalsIgnoreCase("E2_HIGHCPU_8"),
                "machine_type",
                request.getMachineType(),
                "E2_HIGHCPU_8");
    }

    /** The address in a checked request's service account. */
    static Optional<String> account(SubmitBuildRequest request) {
        String account = request.getServiceAccount();
        return account.isEmpty()
                ? Optional.empty()
                : Optional.of(account.substring(account.lastIndexOf('/') + 1));
    }

    /** The variables that the build sees, with those that Cloud Run derives. */
    static Map<String, String> environment(SubmitBuildRequest request) {
        BuildpacksBuild build = request.getBuildpackBuild();
        Map<String, String> environment = new TreeMap<>(build.getEnvironmentVariablesMap());
        if (!build.getFunctionTarget().isEmpty()) {
            environment.put("GOOGLE_FUNCTION_TARGET", build.getFunctionTarget());
            environment.putIfAbsent("GOOGLE_FUNCTION_SIGNATURE_TYPE", "http");
        }
        runtime(build).ifPresent(runtime -> environment.putIfAbsent("GOOGLE_RUNTIME", runtime));
        return environment;
    }

    /** A base image names its runtime last; the general run image names none. */
    private static Optional<String> runtime(BuildpacksBuild build) {
        @SuppressWarnings("deprecation") // older clients still send it
        String asked = build.getRuntime();
        String base = build.getBaseImage().replaceFirst("[@:].*$", "");
        String last = base.substring(base.lastIndexOf('/') + 1);
        return Optional.of(asked.isEmpty() && !last.equals("run") ? last : asked)
                .filter(runtime -> !runtime.isEmpty());
    }

    private static void require(boolean is, String field, String value, String allowed) {
        if (!is) {
            throw Status.INVALID_ARGUMENT
                    .withDescription(
                            value.isEmpty()
                                    ? "%s is missing: %s is expected".formatted(field, allowed)
                                    : "invalid %s \"%s\": %s is expected"
                                            .formatted(field, value, allowed))
                    .asRuntimeException();
        }
    }

    private static StatusRuntimeException unimplemented(String what) {
        return Status.UNIMPLEMENTED
                .withDescription("the local cloud does not imitate " + what)
                .asRuntimeException();
    }
}
