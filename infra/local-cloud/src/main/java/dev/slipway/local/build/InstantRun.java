package dev.slipway.local.build;

import com.google.cloud.run.v2.SubmitBuildRequest;
import com.google.cloudbuild.v1.Build;
import com.google.cloudbuild.v1.Build.Status;
import dev.slipway.local.InstantImages;
import java.io.IOException;
import java.util.Optional;

/**
 * A build that builds nothing: it succeeds at once with the same tiny image, whatever the source.
 * It is for measuring what everything but the build costs.
 */
final class InstantRun implements Run {
    private final SubmitBuildRequest request;
    private final InstantImages images;

    InstantRun(SubmitBuildRequest request, InstantImages images) {
        this.request = request;
        this.images = images;
    }

    @Override
    public Optional<Ending> execute(Build build) {
        try {
            return Optional.of(Ending.success(images.put(request.getImageUri())));
        } catch (IOException e) {
            return Optional.of(
                    Ending.of(Status.INTERNAL_ERROR, "The instant image was not kept: " + e));
        }
    }

    @Override
    public void stop() {}

    @Override
    public void conclude(Build build) {}
}
