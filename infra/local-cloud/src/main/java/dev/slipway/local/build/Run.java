package dev.slipway.local.build;

import com.google.cloudbuild.v1.Build;
import java.util.Optional;

/** What makes one build's image. */
interface Run {
    /** How the build ends; empty where it was stopped. */
    Optional<Ending> execute(Build build);

    /** Ends what runs and lets nothing start any more. */
    void stop();

    /** Called when the build's record has come to its end, or this cloud stops. */
    void conclude(Build build);
}
