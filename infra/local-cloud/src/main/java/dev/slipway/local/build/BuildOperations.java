package dev.slipway.local.build;

import com.google.cloudbuild.v1.Build;
import com.google.cloudbuild.v1.BuildOperationMetadata;
import com.google.longrunning.Operation;
import com.google.protobuf.Any;
import dev.slipway.local.Settings;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The long-running operation of a build, {@code projects/P/locations/L/operations/BUILD_ID}. The
 * response is the build, however it ended, which is where {@code gcloud run deploy} reads the
 * status.
 */
final class BuildOperations {
    private static final Pattern NAME =
            Pattern.compile("projects/([^/]+)/locations/([^/]+)/operations/([^/]+)");

    private final Settings settings;
    private final BuildStore store;
    private final UnaryOperator<Build> shown;

    /** {@code shown} adds what is not kept. */
    BuildOperations(Settings settings, BuildStore store, UnaryOperator<Build> shown) {
        this.settings = settings;
        this.store = store;
        this.shown = shown;
    }

    Optional<Operation> find(String name) {
        Matcher form = NAME.matcher(name);
        return form.matches() && form.group(1).equals(settings.project())
                ? store.find(new BuildName(form.group(2), form.group(3))).map(this::of)
                : Optional.empty();
    }

    Operation of(Build kept) {
        Build build = shown.apply(kept);
        Operation.Builder operation =
                Operation.newBuilder()
                        .setName(build.getName().replace("/builds/", "/operations/"))
                        .setMetadata(
                                Any.pack(
                                        BuildOperationMetadata.newBuilder()
                                                .setBuild(build)
                                                .build()));
        if (Statuses.isFinal(build.getStatus())) {
            operation.setDone(true).setResponse(Any.pack(build));
        }
        return operation.build();
    }
}
